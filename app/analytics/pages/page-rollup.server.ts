import { Prisma } from "@prisma/client";
import { ofChosenSessions } from "../filters.server";
import {
  BUCKET_NAMES,
  COUNTED,
  FIRST_BUCKET,
  percentilesOfRows,
} from "../rollups/histogram.server";
import type { Rollup, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";

const NONE = Prisma.sql`''::text collate "C"`;
const TYPE = Prisma.sql`f.page_type collate "C"`;

/** What a row is of: all pages, those of a type, or one page. A question names its level, so that facts are not
 * grouped by others. Texts are sorted as bytes, as the table has them. */
export const LEVELS = {
  all: { path: NONE, pageType: NONE },
  type: { path: NONE, pageType: TYPE },
  path: { path: Prisma.sql`rollup_value(f.path) collate "C"`, pageType: TYPE },
} as const;
export type Level = keyof typeof LEVELS;

/** A level's name as SQL: no parameter, for what is planned depends on it. */
export const levelOf = (level: Level): Prisma.Sql => Prisma.raw(`'${level}'::text collate "C"`);

/** People's page views `f` of a stretch of time, in the sessions that filters choose. */
export const viewsIn = ({ shopId, from, to, filters }: Stretch): Prisma.Sql => Prisma.sql`
  f.shop_id = ${shopId}::int and f.viewed_at >= ${from}::timestamptz
  and f.viewed_at < ${to}::timestamptz and not f.is_bot and ${ofChosenSessions(filters, { from, to })}`;

const SUMS = Prisma.sql`
  count(*) as row_count, count(*) filter (where f.is_exit) as exit_rows, sum(${WEIGHT}) as views,
  coalesce(sum(${WEIGHT}) filter (where not f.is_repeat), 0) as unique_views,
  coalesce(sum(${WEIGHT}) filter (where f.is_exit), 0) as exits,
  coalesce(sum(${WEIGHT} * f.visible_ms), 0) as visible_ms,
  coalesce(sum(${WEIGHT}) filter (where f.visible_ms is not null), 0) as told_visible,
  coalesce(sum(${WEIGHT} * f.scroll_percent), 0) as scroll_percent,
  coalesce(sum(${WEIGHT}) filter (where f.scroll_percent is not null), 0) as told_scroll,
  coalesce(sum(${WEIGHT}) filter (where f.first_interaction_ms is not null), 0)
    as told_interaction,
  sum(${WEIGHT} * f.rage_click_count) as rage_clicks,
  sum(${WEIGHT} * f.dead_click_count) as dead_clicks`;

/** Page views, summed at one level. */
export const pagesAt = (level: Level): Rollup => ({
  table: "page_rollups",
  hasChoices: true,
  keys: ["level", "path", "page_type"],
  sums: [
    ...["row_count", "exit_rows", "views", "unique_views", "exits", "visible_ms", "told_visible"],
    ...["scroll_percent", "told_scroll", "told_interaction", "rage_clicks", "dead_clicks"],
  ],
  facts: (stretch, of) => {
    const { path, pageType } = LEVELS[level];
    return Prisma.sql`
      select ${of(Prisma.sql`f.viewed_at`)} as of, ${levelOf(level)} as level, ${path} as path,
             ${pageType} as page_type, ${SUMS}
      from page_views f where ${viewsIn(stretch)} group by 1, 3, 4`;
  },
});

/** Histograms, at one level, of how long pages were visible, and of when somebody first did something. */
export const pageTimesAt = (level: Level): Rollup => ({
  table: "page_time_rollups",
  hasChoices: true,
  keys: ["level", "path", "page_type", "measure", "first_bucket"],
  sums: BUCKET_NAMES,
  facts: (stretch, of) => {
    const { path, pageType } = LEVELS[level];
    return Prisma.sql`
      select of, ${levelOf(level)} as level, path, page_type, measure,
             ${FIRST_BUCKET} as first_bucket, ${COUNTED}
      from (
        select ${of(Prisma.sql`f.viewed_at`)} as of, ${path} as path, ${pageType} as page_type, measure,
               duration_bucket(ms) as bucket, sum(${WEIGHT}) as weight
        from (select * from page_views f where ${viewsIn(stretch)}) as f cross join lateral
          (values ('visible' collate "C", f.visible_ms), ('interaction', f.first_interaction_ms))
            as t(measure, ms)
        where ms is not null group by 1, 2, 3, 4, 5
      ) as bucket group by of, path, page_type, measure, first_bucket`;
  },
});

/** Rows of every level: what is told of a type, and of all, is the sum of its pages. */
function atEveryLevel({ facts, ...pages }: Rollup): Rollup {
  const more = pages.keys.slice(3);
  const sums = pages.sums.map((name) => `sum(${name}) as ${name}`);
  const columns = Prisma.raw([...more, ...sums].join(", "));
  const by = (...names: readonly string[]) => Prisma.raw([...names, ...more].join(", "));
  const named = Prisma.raw(["of", "level", ...pages.keys.slice(1), ...pages.sums].join(", "));
  return {
    ...pages,
    facts: (stretch, of) => Prisma.sql`
      with page as materialized (${facts(stretch, of)}), type as materialized (
        select of, ${levelOf("type")} as level, ${NONE} as path, page_type, ${columns} from page group by ${by("of", "page_type")}
      )
      select ${named} from page union all select ${named} from type union all
      select of, ${levelOf("all")}, ${NONE}, ${NONE}, ${columns} from type group by ${by("of")}`,
  };
}

/** Page views, summed. */
export const PAGES: Rollup = atEveryLevel(pagesAt("path"));

/** Histograms of their times. */
export const PAGE_TIMES: Rollup = atEveryLevel(pageTimesAt("path"));

/** Percentiles of such histograms, as SQL: `of`, `measure`, and the `median` and the 90th percentile, `p90`, in
 * milliseconds.
 * @param parts rows of PAGE_TIMES; what they are `of` may be another column */
export const timePercentiles = (parts: Prisma.Sql): Prisma.Sql =>
  percentilesOfRows(parts, { keys: ["of", "measure"], shares: { median: 0.5, p90: 0.9 } });
