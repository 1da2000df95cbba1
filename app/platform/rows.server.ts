import {
  boolArray,
  float4Array,
  int4Array,
  int8Array,
  jsonbArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from "./binary-arrays";
import { columnOf, type Columns, type SqlType } from "./columns";
import type { Sql } from "./sql.server";

/** A row with the shop that it belongs to. */
export type OfShop<Row extends object> = Row & { shopId: number };

/** A table that rows can be written into. */
export type Table<Row extends object> = { table: string; columns: Columns<Row> };

/** Each type's way into a parameter. What a row holds is of its column's type: `Columns` sees to it. */
const ENCODERS: Record<SqlType, (values: readonly never[]) => Buffer> = {
  text: textArray,
  int: int4Array,
  bigint: int8Array,
  real: float4Array,
  boolean: boolArray,
  timestamptz: timestamptzArray,
  uuid: uuidArray,
  jsonb: (values) => jsonbArray(values.map((value) => JSON.stringify(value))),
};

/** Inserts rows in one statement: a parameter for each column, an array of its values. */
export async function insertRows<Row extends object>(
  sql: Sql,
  { table, columns }: Table<Row>,
  rows: readonly OfShop<Row>[],
): Promise<void> {
  if (rows.length === 0) return;
  const all: [string, SqlType][] = [["shopId", "int"], ...Object.entries<SqlType>(columns)];
  const names = all.map(([field]) => columnOf(field)).join(", ");
  const arrays = all.map(([, type], index) => `$${index + 1}::${type}[]`).join(", ");
  await sql.run(
    `insert into ${table} (${names}) select * from unnest(${arrays})`,
    all.map(([field, type]) => ENCODERS[type](valuesOf(rows, field))),
  );
}

const valuesOf = (rows: readonly object[], field: string): never[] =>
  rows.map((row) => (row as Record<string, never>)[field] as never);

/** The largest number that a column of a type can hold, and that JavaScript can tell from the next. */
const MOST: Partial<Record<SqlType, number>> = {
  int: 2 ** 31 - 1,
  bigint: Number.MAX_SAFE_INTEGER,
  real: 3.4e38,
};

/** What throws for a row that its table could not take, so that only its own visit is set aside for it. */
export function checkFor<Row extends object>({ table, columns }: Table<Row>) {
  const numeric = Object.entries<SqlType>(columns).flatMap(([field, type]) =>
    MOST[type] === undefined ? [] : [{ field, most: MOST[type], isWhole: type !== "real" }],
  );
  /** @throws {RangeError} a number that is none, or is too large for its column */
  return (row: Row): void => {
    for (const { field, most, isWhole } of numeric) {
      const value = (row as Record<string, unknown>)[field];
      if (typeof value !== "number") continue;
      if (!(Math.abs(value) <= most) || (isWhole && !Number.isInteger(value)))
        throw new RangeError(`${table}.${columnOf(field)} cannot hold ${value}`);
    }
  };
}

/** Pairs of a shop and a text, such as clients, as two parameters for `unnest($1::int[], $2::text[])`. */
export const keysOf = <Key extends { shopId: number }>(
  keys: readonly Key[],
  textOf: (key: Key) => string,
): Buffer[] => [int4Array(keys.map(({ shopId }) => shopId)), textArray(keys.map(textOf))];
