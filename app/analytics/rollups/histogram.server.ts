import { Prisma } from "@prisma/client";

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

const SUMMED = Prisma.raw(BUCKET_NAMES.map((name) => `sum(${name})`).join(", "));

/** Histograms of rows that hold many buckets each, as a query for the keys, `bucket` and `weight`.
 * @param keys what tells histograms apart: columns of the rows */
export function bucketsOf(rows: Prisma.Sql, keys: readonly string[]): Prisma.Sql {
  const by = Prisma.raw(keys.join(", "));
  return Prisma.sql`
    select ${by}, first_bucket + place::int - 1 as bucket, weight
    from (
      select ${by}, first_bucket, array[${SUMMED}] as weights
      from (${rows}) as part group by ${by}, first_bucket
    ) as summed cross join unnest(weights) with ordinality as t(weight, place)
    where weight <> 0`;
}
