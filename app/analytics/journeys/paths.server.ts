import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import type { Question } from "../report";
import { WEIGHT } from "../weighing.server";
import type { Direction } from "./directions";

const PATHS: Record<Direction, string> = { entry: "first_paths", purchase: "paths_to_purchase" };

/** Each session of a question by the paths of its pages, as many as it keeps of them: `pages, weight, bought`. */
export function byPaths({ shopId, view }: Question, direction: Direction): Prisma.Sql {
  const paths = Prisma.raw(`s.${PATHS[direction]}`);
  return Prisma.sql`
    select ${paths} as pages, ${WEIGHT} as weight, ${WEIGHT} * (s.stage = 5)::int as bought
    from sessions s where ${sessionsIn(shopId, view.period, view.filters)} and ${paths} is not null`;
}
