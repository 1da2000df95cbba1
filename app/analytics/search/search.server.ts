import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import { DIMENSION_NAMES } from "../filters";
import { startsOf, type By } from "../groups.server";
import type { Question, RowOf, Told } from "../report";
import { askBy } from "../rollups/by.server";
import { PAGE_PARAMETERS, serve } from "../serve";
import { readParameters, type View } from "../view";
import { RANKS, SEARCH, type Rank } from "./definitions";
import { searchRollupOf, type Level } from "./rollup.server";

export const SEARCH_PARAMETERS = {
  by: z
    .enum(["query", "all", "step", ...DIMENSION_NAMES])
    .default("query")
    .describe("What the rows are of: a query, all searches, a step of time, or a dimension."),
  rank: z
    .enum(RANKS)
    .default("searches")
    .describe("What is highest comes first; rows without any are left out, of steps none is."),
  ...PAGE_PARAMETERS,
};
export type SearchAsked = {
  by: "query" | By;
  rank: Rank;
  limit: number;
  cursor?: string | undefined;
};

/** What an address asks to see of searches.
 * @throws {InvalidInput} */
export const readSearch = (search: URLSearchParams): SearchAsked =>
  readParameters(z.object(SEARCH_PARAMETERS), search);

export type SearchRow = RowOf<typeof SEARCH.columns>;

const PLACE = z.tuple([z.coerce.number(), z.string()]);

/** A search counts when its session started, as an order that came of it does. Of all, and of each step of
 * time, there is a row, also without a search. */
export async function search(
  db: Database,
  question: Question,
  asked: SearchAsked,
): Promise<Told<SearchRow>> {
  const { by, rank, limit } = asked;
  if (by === "all" || by === "step")
    return {
      rows: complete(await count(db, question, { by, page: Prisma.empty }), question.view, by),
    };
  const after = asked.cursor === undefined ? null : readCursor(asked.cursor, PLACE);
  const name = Prisma.raw(`"${rank}"`);
  const beyond = after
    ? Prisma.sql`and (-${name}, of) > (${-after[0]}::float8, ${after[1]}::text)`
    : Prisma.empty;
  const page = Prisma.sql`where ${name} > 0 ${beyond} order by -${name}, of limit ${limit + 1}`;
  const found = await count(db, question, { by, page });
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? writeCursor([String(last[rank]), last.of]) : null };
}

type Counting = { by: SearchAsked["by"]; page: Prisma.Sql };

const count = (db: Database, question: Question, { by, page }: Counting): Promise<SearchRow[]> => {
  const level = by === "query" ? "query" : "all";
  return askBy(db, { question, by: by === "query" ? "all" : by }, (partsOf) =>
    told(partsOf(searchRollupOf([level])), level, page),
  );
};

/** @param level what of the parts is told */
const told = (parts: Prisma.Sql, level: Level, page: Prisma.Sql): Prisma.Sql => Prisma.sql`
  with sums as (
    select ${Prisma.raw(level === "query" ? "part.query" : "part.of")} as of, sum(searches) as searches,
           sum(sessions) as sessions, sum(zero) as zero, sum(clicks) as clicks,
           sum(unclicked) as unclicked, sum(positions) as positions,
           sum(refinements) as refinements, sum(converted) as converted, sum(revenue) as revenue
    from ${parts} as part where part.level = ${level}::text group by 1
  ), told as (
    select of, round(searches)::int as searches, round(sessions)::int as sessions,
           round(zero)::int as "zeroResults", zero / searches as "zeroResultShare",
           round(clicks)::int as clicks, round(unclicked)::int as "noClicks",
           unclicked / nullif(clicks + unclicked, 0) as "noClickShare",
           positions / nullif(clicks, 0) as "clickedPosition", round(refinements)::int as refinements,
           round(converted)::int as "convertedSessions",
           converted / sessions as "conversionRate", revenue
    from sums
  )
  select of, searches, sessions, "zeroResults", "zeroResultShare", clicks, "noClicks", "noClickShare",
         "clickedPosition", refinements, "convertedSessions", "conversionRate", revenue
  from told ${page}`;

function complete(found: SearchRow[], view: View, by: "all" | "step"): SearchRow[] {
  const known = new Map(found.map((row) => [row.of, row]));
  const names = by === "all" ? ["all"] : startsOf(view);
  return names.map((of) => known.get(of) ?? withoutSearches(of));
}

const withoutSearches = (of: string): SearchRow => ({
  ...{ of, searches: 0, sessions: 0, zeroResults: 0, zeroResultShare: null, clicks: 0 },
  ...{ noClicks: 0, noClickShare: null, clickedPosition: null, refinements: 0 },
  ...{ convertedSessions: 0, conversionRate: null, revenue: 0 },
});

export const SEARCH_REPORTS = [serve(SEARCH, SEARCH_PARAMETERS, search)];
