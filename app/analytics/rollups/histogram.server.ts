import { Prisma } from "@prisma/client";
import { percentilesOfParts, type Wanted } from "./percentiles.server";

/** How many buckets of a histogram a row holds: most times of one thing are within a few rows. */
const IN_A_ROW = 14;
export const BUCKET_NAMES = Array.from({ length: IN_A_ROW }, (_, place) => `b${place}`);
export const BUCKETS = Prisma.raw(BUCKET_NAMES.join(", "));

/** The `first_bucket` of the row that holds a `bucket`. */
export const FIRST_BUCKET = Prisma.raw(`(bucket - bucket % ${IN_A_ROW})`);

/** The columns of such a row, of rows with a `bucket` and a `weight`. */
export const COUNTED = Prisma.raw(
  BUCKET_NAMES.map(
    (name, place) =>
      `coalesce(sum(weight) filter (where bucket % ${IN_A_ROW} = ${place}), 0) as ${name}`,
  ).join(", "),
);

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

/** Histograms of rows that hold many buckets each, as a query for the keys, `bucket` and `weight`.
 * @param keys what tells histograms apart: columns of the rows */
export const bucketsOf = (rows: Prisma.Sql, keys: readonly string[]): Prisma.Sql => Prisma.sql`
  select ${Prisma.raw(keys.join(", "))}, first_bucket + place::int - 1 as bucket, weight
  from (${added(rows, keys)}) as summed
  cross join unnest(array[${BUCKETS}]) with ordinality as t(weight, place)
  where weight <> 0`;
