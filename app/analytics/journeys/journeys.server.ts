import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import { MOST_PAGES, THEN } from "~/projections/journey";
import { withMemory } from "../memory.server";
import type { Question, RowOf, Told } from "../report";
import { askRollups, type PartsOf } from "../rollups/reading.server";
import { PAGE_PARAMETERS, serve } from "../serve";
import { readParameters } from "../view";
import { JOURNEYS } from "./definitions";
import { DIRECTIONS, NAMED_BY } from "./directions";
import { journeysTo } from "./journey-rollup.server";
import { byPaths } from "./paths.server";

export const JOURNEY_PARAMETERS = {
  direction: z
    .enum(DIRECTIONS)
    .default("entry")
    .describe("entry: a session's first pages. purchase: the last ones before its purchase."),
  pages: z
    .enum(NAMED_BY)
    .default("type")
    .describe("What a page is named by: its type, such as product, or its path."),
  length: z.coerce
    .number()
    .int()
    .min(2)
    .max(MOST_PAGES)
    .default(MOST_PAGES)
    .describe("Pages of a journey, at most."),
  starts: z.string().max(2_048).optional().describe("Only journeys whose first page is this."),
  ...PAGE_PARAMETERS,
};
type Asked = z.output<z.ZodObject<typeof JOURNEY_PARAMETERS>>;

export type Journey = RowOf<typeof JOURNEYS.columns>;

/** What an address asks to see of journeys.
 * @throws {InvalidInput} */
export const readJourneys = (search: URLSearchParams): Asked =>
  readParameters(z.object(JOURNEY_PARAMETERS), search);

const PLACE = z.tuple([z.coerce.number(), z.string()]);

/** A shop's journeys, the commonest first. Each session of the period has one: all its pages are its own, also those
 * after midnight. */
export async function journeys(db: Db, question: Question, asked: Asked): Promise<Told<Journey>> {
  const after = asked.cursor === undefined ? null : readCursor(asked.cursor, PLACE);
  const beyond = after
    ? Prisma.sql`where (-sessions, pages) > (${-after[0]}::int, ${after[1]}::text)`
    : Prisma.empty;
  const counted = (journey: Prisma.Sql) => Prisma.sql`
    with ${journey}, counted as (
      select pages, max(length)::int as length, round(sum(weight))::int as sessions,
             round(min(everyone))::int as "all", sum(weight) / min(everyone) as share,
             round(sum(bought))::int as purchases
      from journey cross join (select sum(weight) as everyone from journey) as total
      where ${asked.starts ?? null}::text is null or first = ${asked.starts ?? null}::text
      group by pages
    )
    select pages, length, sessions, "all", share, purchases from counted ${beyond}
    order by -sessions, pages limit ${asked.limit + 1}`;
  const found =
    asked.pages === "type"
      ? await askRollups<Journey>(db, { question, steps: [] }, (partsOf) =>
          counted(byKinds(asked, partsOf)),
        )
      : await withMemory(db, (tx) => tx.$queryRaw<Journey[]>(counted(byPaths(question, asked))));
  const rows = found.slice(0, asked.limit);
  const last = found.length > asked.limit ? rows.at(-1) : undefined;
  return { rows, next: last ? writeCursor([String(last.sessions), last.pages]) : null };
}

/** Sessions by kinds of pages: `pages, length, first, weight, bought`. */
function byKinds({ direction, length }: Asked, partsOf: PartsOf): Prisma.Sql {
  const last = Prisma.sql`greatest(1, cardinality(pages) - ${length - 1}::int)`;
  const shown =
    direction === "entry" ? Prisma.sql`pages[:${length}::int]` : Prisma.sql`pages[${last}:]`;
  return Prisma.sql`full_journey as (
    select string_to_array(pages, ${THEN}::text) as pages, sum(sessions) as weight, sum(purchases) as bought
    from ${partsOf(journeysTo([direction]))} as part where direction = ${direction}::text
    group by part.pages
  ), journey as (
    select array_to_string(shown, ${THEN}::text) as pages, cardinality(shown) as length,
           shown[1] as first, weight, bought
    from (select ${shown} as shown, weight, bought from full_journey) as cut
  )`;
}

export const JOURNEY_REPORTS = [serve(JOURNEYS, JOURNEY_PARAMETERS, journeys)];
