import { Prisma } from "@prisma/client";
import { ofChosenSessions } from "../filters.server";
import {
  BUCKET_NAMES,
  COUNTED,
  FIRST_BUCKET,
  percentilesOfRows,
} from "../rollups/histogram.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";

const NONE = Prisma.sql`''::text collate "C"`;
const TYPE = Prisma.sql`f.page_type collate "C"`;

/** What a row is of: all pages, those of a type, or one page. A query names its level, so that facts are
 * not grouped by the others. Texts are sorted as bytes, as the table has them. */
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
  and f.viewed_at < ${to}::timestamptz and not f.is_bot and ${ofChosenSessions(filters)}`;

/** The rows of every level, one after the other. */
const onLevels = (query: (level: Level, of: (typeof LEVELS)[Level]) => Prisma.Sql): Prisma.Sql =>
  Prisma.join(
    (["all", "type", "path"] as const).map((level) => query(level, LEVELS[level])),
    " union all ",
  );

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

/** Page views, summed. */
export const PAGES: Rollup = {
  table: "page_rollups",
  keys: ["level", "path", "page_type"],
  sums: [
    ...["row_count", "exit_rows", "views", "unique_views", "exits", "visible_ms", "told_visible"],
    ...["scroll_percent", "told_scroll", "told_interaction", "rage_clicks", "dead_clicks"],
  ],
  facts: (stretch, of) =>
    onLevels(
      (level, { path, pageType }) => Prisma.sql`
        select ${of(Prisma.sql`f.viewed_at`)} as of, ${levelOf(level)} as level, ${path} as path,
               ${pageType} as page_type, ${SUMS}
        from page_views f where ${viewsIn(stretch)} group by 1, 3, 4`,
    ),
};

/** Histograms of how long pages were visible, and of when somebody first did something. */
export const PAGE_TIMES: Rollup = {
  table: "page_time_rollups",
  keys: ["level", "path", "page_type", "measure", "first_bucket"],
  sums: BUCKET_NAMES,
  facts: (stretch, of) => onLevels((level, keys) => histograms(level, keys, { of, stretch })),
};

const histograms = (
  level: Level,
  { path, pageType }: (typeof LEVELS)[Level],
  { of, stretch }: { of: NameOf; stretch: Stretch },
): Prisma.Sql => Prisma.sql`
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

/** Percentiles of such histograms, as SQL: `of`, `measure`, and the `median` and the 90th percentile, `p90`, in
 * milliseconds.
 * @param parts rows of PAGE_TIMES; what they are `of` may be another column */
export const timePercentiles = (parts: Prisma.Sql): Prisma.Sql =>
  percentilesOfRows(parts, { keys: ["of", "measure"], shares: { median: 0.5, p90: 0.9 } });
