import { Prisma } from "@prisma/client";
import { z } from "zod";
import { readCursor } from "~/platform/cursor.server";
import { MOST_PAGES, nameOfPath, THEN } from "~/projections/journey";
import type { RowOf } from "../report";
import type { JOURNEYS } from "./definitions";
import type { Direction } from "./directions";

/** Which journeys are wanted. */
export type Listing = {
  direction: Direction;
  /** Of how many pages, at most. */
  length: number;
  /** The first page of each. */
  starts?: string | undefined;
  limit: number;
  /** `next` of the list before. */
  cursor?: string | undefined;
};

export type Row = RowOf<typeof JOURNEYS.columns>;
/** A row, or one whose name was cut, so that its pages are not known. */
export type NamedRow = Row | (Omit<Row, "length"> & { length: null });

const PLACE = z.tuple([z.coerce.number(), z.string()]);

/** The last journey of the list before: its sessions and its pages; null of the first list. */
export const placeBefore = ({
  cursor,
}: Pick<Listing, "cursor">): [sessions: number, pages: string] | null =>
  cursor === undefined ? null : readCursor(cursor, PLACE);

/** Whether a journey's first page is the one that is wanted; an index of `pages` as bytes finds those. */
export function begins({ starts }: Pick<Listing, "starts">): Prisma.Sql {
  if (starts === undefined) return Prisma.sql`true`;
  const first = nameOfPath(starts);
  return Prisma.sql`(pages = ${first}::text or starts_with(pages, ${first + THEN}::text))`;
}

/** Journeys with the sums of their sessions: `pages, is_cut, weight, bought, everyone`.
 * @param full journeys of as many pages as are kept: `pages, weight, bought` */
export const counted = (full: Prisma.Sql, asked: Listing): Prisma.Sql => Prisma.sql`
  select pages, false as is_cut, sum(weight) as weight, sum(bought) as bought,
         sum(sum(weight)) over () as everyone
  from (${shortened(full, asked)}) as journey group by pages`;

/** Journeys with only the first or the last so many of their pages. */
function shortened(full: Prisma.Sql, { direction, length }: Listing): Prisma.Sql {
  if (length === MOST_PAGES) return full;
  const last = Prisma.sql`greatest(1, cardinality(pages) - ${length - 1}::int)`;
  const shown =
    direction === "entry" ? Prisma.sql`pages[:${length}::int]` : Prisma.sql`pages[${last}:]`;
  return Prisma.sql`
    select array_to_string(${shown}, ${THEN}::text) as pages, weight, bought
    from (select string_to_array(pages, ${THEN}::text) as pages, weight, bought
          from (${full}) as full_journey) as parted`;
}

/** Rows of a report, one more than are wanted where there are as many. A journey whose name was cut comes before all
 * others that are as common, whatever it begins with: where one is among the rows, they may be others.
 * @param sums `pages, is_cut, weight, bought, everyone` */
export function listed(sums: Prisma.Sql, asked: Listing): Prisma.Sql {
  const before = placeBefore(asked);
  const beyond = before
    ? Prisma.sql`(-sessions, pages) > (${-before[0]}::int, ${before[1]}::text)`
    : Prisma.sql`true`;
  return Prisma.sql`
    with counted as (
      select *, round(weight)::int as sessions from (${sums}) as journey
    ), listed as (
      select * from counted where is_cut or (${begins(asked)} and ${beyond})
      order by -sessions, is_cut desc, pages limit ${asked.limit + 1}
    )
    select pages,
           case when not is_cut then cardinality(string_to_array(pages, ${THEN}::text)) end as length,
           sessions, round(everyone)::int as "all", weight / everyone as share,
           round(bought)::int as purchases
    from listed order by -sessions, is_cut desc, pages`;
}
