import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import { during } from "../rollups/during.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";

/** What searches are counted of: all of them, or each query by itself. */
export type Level = "all" | "query";

/** A query that is too long for an index is cut, in kept sums and out of them. */
const QUERIES: Record<Level, Prisma.Sql> = {
  all: Prisma.sql`''`,
  query: Prisma.sql`rollup_value(f.query)`,
};

/** Searches of the sessions that started in a stretch of time, summed: `of`, `level`, `query` and the sums. */
export const searchRollupOf = (levels: readonly Level[]): Rollup => ({
  ...{ table: "search_rollups", keys: ["level", "query"] },
  hasChoices: true,
  sums: [
    ...["searches", "sessions", "zero", "clicks", "unclicked", "positions", "refinements"],
    ...["converted", "revenue"],
  ],
  facts: (asked, of) => facts(asked, of, levels),
});

/** Kept of all searches, and of each query. */
export const SEARCH_ROLLUP = searchRollupOf(["all", "query"]);

const facts = (asked: Stretch, of: NameOf, levels: readonly Level[]): Prisma.Sql => Prisma.sql`
  with made as materialized (
    select ${of(Prisma.sql`s.started_at`)} as of, k.level, k.query, f.event_id, f.session_id,
           f.searched_at, f.result_count, f.clicked_position, f.refines,
           f.clicked_product_id is not null as is_clicked, (1::real / f.sample_rate)::float8 as weight
    from searches f join sessions s on s.shop_id = f.shop_id and s.session_id = f.session_id
    cross join lateral (values ${Prisma.join(levels.map(valuesOf))}) as k(level, query)
    where f.shop_id = ${asked.shopId}::int and ${during(asked, "f.searched_at")}
      and ${sessionsIn(asked.shopId, asked, asked.filters)}
  ), refined as (
    select distinct refines as event_id from made where refines is not null
  ), visited as (
    select of, level, query, session_id, min(weight) as weight, min(searched_at) as since
    from made group by of, level, query, session_id
  ), brought as (
    select of, level, query, visited.session_id, sum(o.revenue_minor) as revenue
    from visited join orders o on o.shop_id = ${asked.shopId}::int
      and o.session_id = visited.session_id and o.placed_at >= visited.since
    where not o.is_test and o.cancelled_at is null group by 1, 2, 3, 4
  ), sessions_sum as materialized (
    select of, level, query, sum(weight) as sessions,
           coalesce(sum(weight) filter (where revenue is not null), 0) as converted,
           coalesce(sum(revenue), 0)::float8 as revenue
    from visited left join brought using (of, level, query, session_id) group by 1, 2, 3
  ), searches_sum as materialized (
    select of, level, query, sum(weight) as searches,
           coalesce(sum(weight) filter (where result_count = 0), 0) as zero,
           coalesce(sum(weight) filter (where is_clicked), 0) as clicks,
           coalesce(sum(weight) filter (where result_count > 0 and not is_clicked), 0) as unclicked,
           coalesce(sum(weight * clicked_position) filter (where is_clicked), 0) as positions,
           coalesce(sum(weight) filter (where refined.event_id is not null), 0) as refinements
    from made left join refined using (event_id) group by 1, 2, 3
  )
  select of, level, query, searches, sessions, zero, clicks, unclicked, positions, refinements,
         converted, revenue
  from searches_sum join sessions_sum using (of, level, query)`;

const valuesOf = (level: Level) => Prisma.sql`(${level}::text, ${QUERIES[level]})`;
