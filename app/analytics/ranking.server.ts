import { Prisma } from "@prisma/client";
import { z } from "zod";
import { readCursor, writeCursor } from "~/platform/cursor.server";

const PLACE = z.tuple([z.string(), z.string()]);

/** Whether a row of a ranking comes after the page before: the higher rank comes first, of equal ones the
 * key that sorts first.
 * @param rank, key columns; the rank is a float8 and never null
 * @throws {InvalidInput} the cursor is none of a ranking's */
export function ranksAfter(
  cursor: string | undefined,
  { rank, key }: { rank: Prisma.Sql; key: Prisma.Sql },
): Prisma.Sql {
  if (cursor === undefined) return Prisma.sql`true`;
  const [value, name] = readCursor(cursor, PLACE);
  const last = Prisma.sql`${value}::text::float8`;
  return Prisma.sql`(${rank} < ${last} or (${rank} = ${last} and ${key} > ${name}::text))`;
}

/** The first rows of a ranking, and where it goes on.
 * @param found one row more than are wanted, where there are as many */
export function pageOf<Row extends { rank: number }>(
  found: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { rows: Row[]; next: string | null } {
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? writeCursor([String(last.rank), keyOf(last)]) : null };
}
