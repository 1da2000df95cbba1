import { Prisma } from "@prisma/client";
import { FILTER_NAMES } from "../filters";
import type { Question } from "../report";
import { COUNTED, FIRST_BUCKET } from "../rollups/histogram.server";
import type { Rollup } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";
import { FROM_TABLE, levelOf, PAGE_TIMES, PAGES, sumsOf, timesOf } from "./page-rollup.server";

/** What a question asks of page views: sums, times, and the common table expressions that both read, with a comma. */
export type PageRollups = { pages: Rollup; times: Rollup; found: Prisma.Sql };

/** Of all that there is. */
export const KEPT: PageRollups = { pages: PAGES, times: PAGE_TIMES, found: Prisma.empty };

const isFiltered = ({ view: { filters } }: Question): boolean =>
  FILTER_NAMES.some((name) => filters[name] !== undefined);

const viewsOf = ({ shopId, view: { period, filters } }: Question): Prisma.Sql =>
  FROM_TABLE({ shopId, from: period.from, to: period.to, filters });

/** What tells all pages, or the types of them, over a whole period. Those that filters choose are found once: they are
 * counted by both of their times, from which sums and histograms come. */
export function pagesTogether(question: Question, level: "all" | "type"): PageRollups {
  if (!isFiltered(question)) return KEPT;
  const pageType = Prisma.raw(
    level === "type" ? `f.page_type collate "C"` : `''::text collate "C"`,
  );
  const found = Prisma.sql`viewed as materialized (
    select ${pageType} as page_type, f.sample_rate, duration_bucket(f.visible_ms) as visible,
           duration_bucket(f.first_interaction_ms) as interaction, count(*) as views,
           count(*) filter (where f.is_exit) as exits,
           count(*) filter (where not f.is_repeat) as unique_views,
           sum(f.visible_ms) as visible_ms, sum(f.scroll_percent) as scroll_percent,
           count(f.scroll_percent) as told_scroll, sum(f.rage_click_count) as rage_clicks,
           sum(f.dead_click_count) as dead_clicks
    from ${viewsOf(question)} group by 1, 2, 3, 4
  ),`;
  const named = Prisma.sql`'all'::text collate "C" as of, ${levelOf(level)} as level,
    ''::text collate "C" as path, page_type`;
  return {
    pages: {
      ...PAGES,
      facts: () => Prisma.sql`select ${named}, ${SUMS} from viewed group by page_type`,
    },
    times: {
      ...PAGE_TIMES,
      facts: () => Prisma.sql`
        select ${named}, measure, ${FIRST_BUCKET} as first_bucket, ${COUNTED}
        from (
          select page_type, measure, bucket, ${WEIGHT} * views as weight
          from viewed cross join lateral
            (values ('visible' collate "C", visible), ('interaction', interaction)) as t(measure, bucket)
          where bucket is not null
        ) as bucket group by page_type, measure, ${FIRST_BUCKET}`,
    },
    found,
  };
}

const sumOf = (column: string, name = column) =>
  Prisma.sql`coalesce(sum(${WEIGHT} * ${Prisma.raw(column)}), 0)::float8 as ${Prisma.raw(name)}`;

const SUMS = Prisma.sql`
  sum(views)::bigint as row_count, sum(exits)::bigint as exit_rows, ${sumOf("views")},
  ${sumOf("unique_views")}, ${sumOf("exits")}, ${sumOf("visible_ms")},
  coalesce(sum(${WEIGHT} * views) filter (where visible is not null), 0) as told_visible,
  ${sumOf("scroll_percent")}, ${sumOf("told_scroll")},
  coalesce(sum(${WEIGHT} * views) filter (where interaction is not null), 0) as told_interaction,
  ${sumOf("rage_clicks")}, ${sumOf("dead_clicks")}`;

/** What tells single pages. Those views that filters choose are found once, and times taken of few of them.
 * @param wanted a query for the paths whose times are asked for */
export function pagesApart(
  question: Question,
  wanted: Prisma.Sql,
): PageRollups & { ofWanted: Prisma.Sql } {
  if (!isFiltered(question))
    return { ...KEPT, ofWanted: Prisma.sql`path = any (array(${wanted}))` };
  return {
    pages: sumsOf(() => Prisma.sql`viewed f where true`),
    times: timesOf(() => Prisma.sql`viewed f where rollup_value(f.path) in (${wanted})`),
    found: Prisma.sql`viewed as materialized (
      select path, page_type, viewed_at, sample_rate, is_exit, is_repeat, visible_ms, scroll_percent,
             first_interaction_ms, rage_click_count, dead_click_count
      from ${viewsOf(question)}
    ),`,
    ofWanted: Prisma.sql`true`,
  };
}
