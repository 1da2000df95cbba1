import { z } from "zod";
import { readCursor, writeCursor } from "~/platform/cursor.server";

type Ranked = { of: string };
type Ranking<Row> = {
  /** What the rows are ranked by, highest first; what is unknown comes last. */
  value: (row: Row) => number | null;
  limit: number;
  /** `next` of the page before. */
  cursor?: string | undefined;
};

const number = z.string().refine((text) => text !== "" && !Number.isNaN(Number(text)));
const Place = z.tuple([number, z.string()]);

/** A page of rows by their rank, those of one rank by what they are of.
 * @throws {InvalidInput} the cursor is none of ours */
export function rank<Row extends Ranked>(
  rows: readonly Row[],
  { value, limit, cursor }: Ranking<Row>,
): { rows: Row[]; next: string | null } {
  const places = rows.map((row) => ({ row, of: row.of, value: value(row) ?? -Infinity }));
  places.sort(byPlace);
  const after = cursor === undefined ? null : placeOf(cursor);
  const rest = after ? places.filter((place) => byPlace(place, after) > 0) : places;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next = last && rest.length > limit ? writeCursor([String(last.value), last.of]) : null;
  return { rows: page.map(({ row }) => row), next };
}

type Placed = { value: number; of: string };

function placeOf(cursor: string): Placed {
  const [value, of] = readCursor(cursor, Place);
  return { value: Number(value), of };
}

const byPlace = (one: Placed, other: Placed): number => {
  if (one.value !== other.value) return other.value > one.value ? 1 : -1;
  if (one.of === other.of) return 0;
  return one.of < other.of ? -1 : 1;
};
