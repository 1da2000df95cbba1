import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import type { Rollup } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";
import { DIRECTIONS, type Direction } from "./directions";

const PAGES: Record<Direction, string> = { entry: "first_pages", purchase: "pages_to_purchase" };

/** Sessions by the kinds of their pages, as many as a session keeps of them, in some directions. */
export const journeysTo = (directions: readonly Direction[]): Rollup => {
  const pages = directions.map((direction) => `('${direction}', s.${PAGES[direction]})`).join(", ");
  return {
    table: "journey_rollups",
    keys: ["direction", "pages"],
    sums: ["sessions", "purchases"],
    facts: ({ shopId, filters, ...period }, of) => Prisma.sql`
      select of, direction, pages, sum(weight) as sessions,
             coalesce(sum(weight) filter (where stage = 5), 0) as purchases
      from (
        select ${of(Prisma.sql`s.started_at`)} as of, ${WEIGHT} as weight, s.stage, way.*
        from sessions s cross join lateral (values ${Prisma.raw(pages)}) as way(direction, pages)
        where ${sessionsIn(shopId, period, filters)} and way.pages is not null
      ) as session group by of, direction, pages`,
  };
};

/** Journeys in every direction. */
export const JOURNEY_ROLLUP = journeysTo(DIRECTIONS);
