import { Prisma } from "@prisma/client";
import { percentilesOfParts, type Wanted } from "./percentiles.server";

/** How many buckets of a histogram a row holds: most times of one thing are within a few rows. */
export const IN_A_ROW = 14;
export const BUCKET_NAMES = Array.from({ length: IN_A_ROW }, (_, place) => `b${place}`);
export const BUCKETS = Prisma.raw(BUCKET_NAMES.join(", "));

/** The `first_bucket` of the row that holds a `bucket`. */
export const FIRST_BUCKET = Prisma.raw(`(bucket - bucket % ${IN_A_ROW})`);

/** The columns of such a row: sums of one of the columns of rows with a `bucket`.
 * @param names of the columns, one for each bucket */
export const spread = (column: string, names: readonly string[]): Prisma.Sql =>
  Prisma.raw(
    names
      .map((name, place) => {
        const isOfIt = `bucket % ${IN_A_ROW} = ${place}`;
        return `coalesce(sum(${column}) filter (where ${isOfIt}), 0) as ${name}`;
      })
      .join(", "),
  );

/** How much is in each bucket of such a row, of rows with a `bucket` and a `weight`. */
export const COUNTED = spread("weight", BUCKET_NAMES);

const SUMMED = Prisma.raw(BUCKET_NAMES.map((name) => `sum(${name}) as ${name}`).join(", "));
const ALL_BUCKETS = Prisma.raw(BUCKET_NAMES.join(" + "));

/** Puts buckets into such rows: the keys, `first_bucket` and the columns.
 * @param buckets a query for the keys, `bucket` and `weight` */
export function rowsOf(buckets: Prisma.Sql, keys: readonly string[]): Prisma.Sql {
  const by = Prisma.raw(keys.join(", "));
  return Prisma.sql`
    select ${by}, ${FIRST_BUCKET} as first_bucket, ${COUNTED}
    from (${buckets}) as bucket group by ${by}, first_bucket`;
}

/** Percentiles of such rows, several of one histogram added up, in milliseconds. */
export const percentilesOfRows = (rows: Prisma.Sql, wanted: Wanted): Prisma.Sql =>
  percentilesOfParts(
    Prisma.sql`
      select *, array[${BUCKETS}] as weights, ${ALL_BUCKETS} as weight from (${added(rows, wanted.keys)}) as summed`,
    wanted,
  );

/** Rows with the same buckets as one. */
function added(rows: Prisma.Sql, keys: readonly string[]): Prisma.Sql {
  const by = Prisma.raw(keys.join(", "));
  return Prisma.sql`
    select ${by}, first_bucket, ${SUMMED} from (${rows}) as part group by ${by}, first_bucket`;
}
