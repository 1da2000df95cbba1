import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import { DIMENSION_NAMES } from "../filters";
import { chosen } from "../filters.server";
import { groupOf, startsOf, type By } from "../groups.server";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { readParameters, type View } from "../view";
import { RANKS, SEARCH, type Rank } from "./definitions";

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

/** A search counts when it was made, and for the session that it was made in. Of all, and of each step of time, there is a
 * row, also without a search. */
export async function search(
  db: Db,
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

const count = (db: Db, { shopId, view }: Question, { by, page }: Counting) => db.$queryRaw<
  SearchRow[]
>`
  with made as materialized (
    select ${by === "query" ? Prisma.raw("f.query") : groupOf(view, by, Prisma.sql`f.searched_at`)} as of,
           f.event_id, f.session_id, f.searched_at, f.result_count, f.clicked_position,
           f.clicked_product_id is not null as is_clicked, f.refines,
           (1::real / f.sample_rate)::float8 as weight
    from searches f join sessions s on s.shop_id = f.shop_id and s.session_id = f.session_id
    where f.shop_id = ${shopId}::int and f.searched_at >= ${view.period.from}::timestamptz
      and f.searched_at < ${view.period.to}::timestamptz and not f.is_bot and ${chosen(view.filters)}
  ), refined as (
    select distinct f.refines as event_id from searches f
    where f.shop_id = ${shopId}::int and f.refines is not null
      and f.searched_at >= ${view.period.from}::timestamptz
      and f.searched_at < ${view.period.to}::timestamptz + interval '5 minutes'
  ), visited as (
    select of, session_id, min(weight) as weight, min(searched_at) as since
    from made group by of, session_id
  ), brought as (
    select visited.of, visited.session_id, sum(o.revenue_minor) as revenue
    from visited join orders o on o.shop_id = ${shopId}::int and o.session_id = visited.session_id
      and o.placed_at >= visited.since
    where not o.is_test and o.cancelled_at is null group by visited.of, visited.session_id
  ), sessions_sum as (
    select of, sum(weight) as sessions, sum(weight) filter (where revenue is not null) as converted,
           coalesce(sum(revenue), 0) as revenue
    from visited left join brought using (of, session_id) group by of
  ), searches_sum as (
    select of, sum(weight) as searches, coalesce(sum(weight) filter (where result_count = 0), 0) as zero,
           coalesce(sum(weight) filter (where is_clicked), 0) as clicks,
           coalesce(sum(weight) filter (where result_count > 0 and not is_clicked), 0) as unclicked,
           sum(weight * clicked_position) filter (where is_clicked) as positions,
           coalesce(sum(weight) filter (where refined.event_id is not null), 0) as refinements
    from made left join refined using (event_id) group by of
  ), told as (
    select of, round(searches)::int as searches, round(sessions)::int as sessions,
           round(zero)::int as "zeroResults", zero / searches as "zeroResultShare",
           round(clicks)::int as clicks, round(unclicked)::int as "noClicks",
           unclicked / nullif(clicks + unclicked, 0) as "noClickShare",
           positions / nullif(clicks, 0) as "clickedPosition", round(refinements)::int as refinements,
           coalesce(round(converted), 0)::int as "convertedSessions",
           coalesce(converted, 0) / sessions as "conversionRate", revenue::float8 as revenue
    from searches_sum join sessions_sum using (of)
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
