import { Prisma } from "@prisma/client";
import { FILTER_NAMES } from "../filters";
import type { Question } from "../report";
import { COUNTED, FIRST_BUCKET } from "../rollups/histogram.server";
import type { TilingOf } from "../rollups/reading.server";
import type { Rollup, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";
import { levelOf, LEVELS, pagesAt, pageTimesAt, viewsIn, type Level } from "./page-rollup.server";

/** What a question asks of page views: sums, times, and the common table expressions that both read, with a comma. */
export type PageRollups = { pages: Rollup; times: Rollup; viewed: Prisma.Sql };

/** What is kept of a level, or else counted stretch by stretch. */
export const keptPages = (level: Level): PageRollups => ({
  ...{ pages: pagesAt(level), times: pageTimesAt(level), viewed: Prisma.empty },
});

/** What tells pages over a whole period. Views that filters choose are found once where they are not kept: they are
 * counted by both of their times, by as many processes as look for them, and sums and histograms come from the counts. */
export function pagesOf(question: Question, level: Level, tilingOf: TilingOf): PageRollups {
  const { filters } = question.view;
  const isFiltered = FILTER_NAMES.some((name) => filters[name] !== undefined);
  const kept = keptPages(level);
  const { live } = tilingOf(kept.pages);
  if (!isFiltered || live.length === 0) return kept;
  const found = live.map((stretch) =>
    viewsBy(level, { shopId: question.shopId, ...stretch, filters }),
  );
  const named = Prisma.sql`'all'::text collate "C" as of, ${levelOf(level)} as level, path, page_type`;
  return {
    pages: {
      ...kept.pages,
      facts: ({ from }) => Prisma.sql`
        select ${named}, ${SUMS} from viewed where ${isSince(from)} group by path, page_type`,
    },
    times: {
      ...kept.times,
      facts: ({ from }) => Prisma.sql`
        select ${named}, measure, ${FIRST_BUCKET} as first_bucket, ${COUNTED}
        from (
          select path, page_type, measure, bucket, ${WEIGHT} * views as weight
          from viewed cross join lateral
            (values ('visible' collate "C", visible), ('interaction', interaction)) as t(measure, bucket)
          where ${isSince(from)} and bucket is not null
        ) as bucket group by path, page_type, measure, ${FIRST_BUCKET}`,
    },
    viewed: Prisma.sql`viewed as materialized (${Prisma.join(found, " union all ")}),`,
  };
}

const isSince = (from: Date): Prisma.Sql => Prisma.sql`since = ${from}::timestamptz`;

/** The views of a stretch, counted. */
function viewsBy(level: Level, stretch: Stretch): Prisma.Sql {
  const { path, pageType } = LEVELS[level];
  return Prisma.sql`
    select ${stretch.from}::timestamptz as since, ${path} as path, ${pageType} as page_type,
           f.sample_rate, duration_bucket(f.visible_ms) as visible,
           duration_bucket(f.first_interaction_ms) as interaction, count(*) as views,
           count(*) filter (where f.is_exit) as exits,
           count(*) filter (where not f.is_repeat) as unique_views,
           sum(f.visible_ms) as visible_ms, sum(f.scroll_percent) as scroll_percent,
           count(f.scroll_percent) as told_scroll, sum(f.rage_click_count) as rage_clicks,
           sum(f.dead_click_count) as dead_clicks
    from page_views f where ${viewsIn(stretch)} group by 2, 3, 4, 5, 6`;
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
