import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { writeCursor } from "~/platform/cursor.server";
import { MOST_PAGES } from "~/projections/journey";
import type { Question, RowOf, Told } from "../report";
import { askRollups, type PartsOf } from "../rollups/reading.server";
import { PAGE_PARAMETERS, serve } from "../serve";
import { readParameters } from "../view";
import { JOURNEYS } from "./definitions";
import { DIRECTIONS, NAMED_BY, type Direction } from "./directions";
import { journeysTo } from "./journey-rollup.server";
import { counted, listed, type Row } from "./listing.server";
import { journeysByPath } from "./paths.server";

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

/** A shop's journeys, the commonest first. Each session of the period has one: all its pages are its own, also those
 * after midnight. */
export async function journeys(
  db: Database,
  question: Question,
  asked: Asked,
): Promise<Told<Journey>> {
  const found =
    asked.pages === "path"
      ? await journeysByPath(db, question, asked)
      : await askRollups<Row>(db, { question, steps: [] }, (partsOf) =>
          listed(counted(byKinds(asked.direction, partsOf), asked), asked),
        );
  const rows = found.slice(0, asked.limit);
  const last = found.length > asked.limit ? rows.at(-1) : undefined;
  return { rows, next: last ? writeCursor([String(last.sessions), last.pages]) : null };
}

/** Sessions by kinds of pages, as many as a session keeps of them: `pages, weight, bought`. */
const byKinds = (direction: Direction, partsOf: PartsOf): Prisma.Sql => Prisma.sql`
  select part.pages, sum(sessions) as weight, sum(purchases) as bought
  from ${partsOf(journeysTo([direction]))} as part where direction = ${direction}::text
  group by part.pages`;

export const JOURNEY_REPORTS = [serve(JOURNEYS, JOURNEY_PARAMETERS, journeys)];
