import { Prisma } from "@prisma/client";
import { middleOf, percentilesOf, type Wanted } from "./percentiles.server";

/** How many buckets of a histogram a row of kept times holds: most times are within a few rows. */
const IN_A_ROW = 14;

/** The columns of a row, beside its `first_bucket`. */
export const BUCKET_NAMES: readonly string[] = Array.from(
  { length: IN_A_ROW },
  (_, place) => `b${place}`,
);

/** Puts buckets into rows: the keys, `first_bucket` and the columns.
 * @param buckets a query for the keys, `bucket` and `weight` */
export const packed = (buckets: Prisma.Sql, keys: readonly string[]): Prisma.Sql => Prisma.sql`
  select ${list(keys)}, bucket - bucket % ${Prisma.raw(String(IN_A_ROW))} as first_bucket, ${COUNTED}
  from (${buckets}) as bucket group by ${list(keys)}, first_bucket`;

/** Percentiles of such rows, several of one histogram added up, in milliseconds.
 * @param rows a query for the keys, `first_bucket` and the columns */
export const percentilesOfPacked = (rows: Prisma.Sql, { keys, shares }: Wanted): Prisma.Sql =>
  percentilesOf(
    Prisma.sql`
      select ${list(keys)}, ${middleOf(Prisma.raw("(first_bucket + place::int - 1)"))} as value, weight
      from (
        select ${list(keys)}, first_bucket, array[${SUMMED}] as weights
        from (${rows}) as part group by ${list(keys)}, first_bucket
      ) as summed cross join unnest(weights) with ordinality as t(weight, place)`,
    { keys, shares },
  );

const list = (names: readonly string[]) => Prisma.raw(names.join(", "));

const COUNTED = Prisma.raw(
  BUCKET_NAMES.map(
    (name, place) =>
      `coalesce(sum(weight) filter (where bucket % ${IN_A_ROW} = ${place}), 0) as ${name}`,
  ).join(", "),
);

const SUMMED = Prisma.raw(BUCKET_NAMES.map((name) => `sum(${name})`).join(", "));
