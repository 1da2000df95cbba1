import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import { MOST_PAGES, nameOfPath, THEN } from "~/projections/journey";
import { askWithMemory } from "../memory.server";
import type { Question, RowOf, Told } from "../report";
import { askRollups, type PartsOf } from "../rollups/reading.server";
import { PAGE_PARAMETERS, serve } from "../serve";
import { readParameters } from "../view";
import { JOURNEYS } from "./definitions";
import { DIRECTIONS, NAMED_BY, type Direction } from "./directions";
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
export async function journeys(
  db: Database,
  question: Question,
  asked: Asked,
): Promise<Told<Journey>> {
  const count = (full: Prisma.Sql) => counted(full, asked);
  const found =
    asked.pages === "type"
      ? await askRollups<Journey>(db, { question, steps: [] }, (partsOf) =>
          count(byKinds(asked.direction, partsOf)),
        )
      : await askWithMemory<Journey>(db, count(byPaths(question, asked.direction)));
  const rows = found.slice(0, asked.limit);
  const last = found.length > asked.limit ? rows.at(-1) : undefined;
  return { rows, next: last ? writeCursor([String(last.sessions), last.pages]) : null };
}

/** Sessions by kinds of pages, as many as a session keeps of them: `pages, weight, bought`. */
const byKinds = (direction: Direction, partsOf: PartsOf): Prisma.Sql => Prisma.sql`
  select part.pages, sum(sessions) as weight, sum(purchases) as bought
  from ${partsOf(journeysTo([direction]))} as part where direction = ${direction}::text
  group by part.pages`;

/** Rows of a report.
 * @param full journeys of as many pages as are kept: `pages, weight, bought` */
function counted(full: Prisma.Sql, asked: Asked): Prisma.Sql {
  const after = asked.cursor === undefined ? null : readCursor(asked.cursor, PLACE);
  const beyond = after
    ? Prisma.sql`(-sessions, pages) > (${-after[0]}::int, ${after[1]}::text)`
    : Prisma.sql`true`;
  const begins =
    asked.starts === undefined
      ? Prisma.sql`true`
      : Prisma.sql`split_part(pages, ${THEN}::text, 1) = ${nameOfPath(asked.starts)}::text`;
  return Prisma.sql`
    with counted as (
      select pages, round(sum(weight))::int as sessions, sum(weight) as weight, sum(bought) as bought,
             sum(sum(weight)) over () as everyone
      from (${cut(full, asked)}) as journey group by pages
    ), listed as (
      select * from counted where ${begins} and ${beyond}
      order by -sessions, pages limit ${asked.limit + 1}
    )
    select pages, cardinality(string_to_array(pages, ${THEN}::text)) as length, sessions,
           round(everyone)::int as "all", weight / everyone as share, round(bought)::int as purchases
    from listed order by -sessions, pages`;
}

/** Journeys with only the first or the last so many of their pages. */
function cut(full: Prisma.Sql, { direction, length }: Asked): Prisma.Sql {
  if (length === MOST_PAGES) return full;
  const last = Prisma.sql`greatest(1, cardinality(pages) - ${length - 1}::int)`;
  const shown =
    direction === "entry" ? Prisma.sql`pages[:${length}::int]` : Prisma.sql`pages[${last}:]`;
  return Prisma.sql`
    select array_to_string(${shown}, ${THEN}::text) as pages, weight, bought
    from (select string_to_array(pages, ${THEN}::text) as pages, weight, bought
          from (${full}) as full_journey) as parted`;
}

export const JOURNEY_REPORTS = [serve(JOURNEYS, JOURNEY_PARAMETERS, journeys)];
