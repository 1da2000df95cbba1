import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";
import { DIRECTIONS, type Direction } from "./directions";

/** Where a session keeps the paths of its pages, as many as it keeps of them. */
export const PATHS: Record<Direction, string> = {
  entry: "first_paths",
  purchase: "paths_to_purchase",
};

/** Sessions by the paths of their pages in some directions, of each journey on the level `whole`, or `cut` where it does
 * not fit into an index; and on the level `rate` those that have any by their sample rates. Texts are sorted as bytes,
 * as the table has them. */
export const pathJourneysTo = (directions: readonly Direction[]): Rollup => ({
  table: "path_journey_rollups",
  keys: ["direction", "level", "pages"],
  sums: ["row_count", "sessions", "purchases"],
  facts: (stretch, of) => Prisma.sql`
    select of, direction, case when journey_name(pages) = pages then 'whole' else 'cut' end
             collate "C" as level, journey_name(pages) as pages, row_count, sessions, purchases
    from (${sessionsBy(Prisma.sql`way.pages collate "C"`, directions, { stretch, of })}) as journey
    union all
    select of, direction, 'rate'::text collate "C", pages::text collate "C", row_count, sessions, purchases
    from (${sessionsBy(Prisma.sql`s.sample_rate`, directions, { stretch, of })}) as rate`,
});

/** Sessions that have a journey, by something as `pages`. */
function sessionsBy(
  by: Prisma.Sql,
  directions: readonly Direction[],
  { stretch: { shopId, filters, ...period }, of }: { stretch: Stretch; of: NameOf },
): Prisma.Sql {
  const ways = directions.map((direction) => `('${direction}', s.${PATHS[direction]})`).join(", ");
  return Prisma.sql`
    select of, direction, pages, count(*) as row_count, sum(weight) as sessions,
           coalesce(sum(weight) filter (where stage = 5), 0) as purchases
    from (
      select ${of(Prisma.sql`s.started_at`)} as of, way.direction collate "C" as direction,
             ${by} as pages, ${WEIGHT} as weight, s.stage
      from sessions s cross join lateral (values ${Prisma.raw(ways)}) as way(direction, pages)
      where ${sessionsIn(shopId, period, filters)} and way.pages is not null
    ) as session group by of, direction, pages`;
}

/** Journeys by path in every direction. */
export const PATH_JOURNEY_ROLLUP = pathJourneysTo(DIRECTIONS);
