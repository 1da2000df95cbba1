import { Prisma } from "@prisma/client";

/** The middle of a bucket of `duration_bucket`, in milliseconds. */
export const middleOf = (bucket: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(case when ${bucket} <= 0 then 0 else 1.05::float8 ^ (${bucket} - 0.5::float8) end)`;

export type Wanted = {
  /** What tells histograms apart: columns of the buckets. */
  keys: readonly string[];
  /** Columns of the answer, each with the share of values that do not exceed what is looked for. */
  shares: Readonly<Record<string, number>>;
};

/** Percentiles of histograms, as a query for the keys and a column for each share: between two values as
 * `percentile_cont` has it, each value counted as often as its bucket says.
 * @param buckets a query for the keys, `value` and `weight`, one row for each bucket of each histogram */
export function percentilesOf(buckets: Prisma.Sql, { keys, shares }: Wanted): Prisma.Sql {
  const by = Prisma.raw(keys.join(", "));
  return Prisma.sql`
    select ${by}, ${columnsOf(shares)}
    from (
      select ${by}, value, sum(weight) over (partition by ${by} order by value) as until,
             sum(weight) over (partition by ${by}) as total
      from (${buckets}) as bucket where weight > ${Prisma.raw(EPSILON)}
    ) as ranked group by ${by}`;
}

/** What lies in a bucket counts as its middle. */
const MIDDLES: Prisma.Sql = middleOf(Prisma.raw("(first_bucket + place::int - 1)"));
/** What lies in a bucket counts as its mean: rows also have the `amounts` of their buckets. */
export const MEANS: Prisma.Sql = Prisma.raw(
  "amounts[place] / case when b.weight <> 0 then b.weight end",
);

/** The same of histograms that come by rows of buckets: only those that a percentile lies in are taken apart.
 * @param rows a query for the keys, `first_bucket`, `weights` of it and of those that follow, and their sum, `weight`
 * @param value what counts as what lies in a bucket; it rises with the buckets */
export function percentilesOfParts(
  rows: Prisma.Sql,
  { keys, shares }: Wanted,
  value: Prisma.Sql = MIDDLES,
): Prisma.Sql {
  const by = Prisma.raw(keys.join(", "));
  const places = Object.values(shares).flatMap(liesWithin);
  return Prisma.sql`
    select ${by}, ${columnsOf(shares)}
    from (
      select ${by}, ${value} as value, b.weight, total, until - ranked.weight
             + sum(b.weight) over (partition by ${by}, first_bucket order by place) as until
      from (
        select part.*, sum(weight) over (partition by ${by}) as total,
               sum(weight) over (partition by ${by} order by first_bucket) as until
        from (${rows}) as part
      ) as ranked cross join lateral unnest(weights) with ordinality as b(weight, place)
      where ${Prisma.raw(places.join(" or "))}
    ) as bucket where weight > ${Prisma.raw(EPSILON)} group by ${by}`;
}

const columnsOf = (shares: Wanted["shares"]): Prisma.Sql =>
  Prisma.raw(
    Object.entries(shares)
      .map(([name, share]) => `${between(share)} as "${name}"`)
      .join(", "),
  );

/** Sums of weights are not exact. */
const EPSILON = "1e-6";

/** The place of a percentile among all, counted from 0. */
const placeOf = (share: number, total: string) => `${share}::float8 * greatest(0, ${total} - 1)`;

/** The values at a place among all and at the next one, in proportion. */
function between(share: number): string {
  const valueAt = (which: "floor" | "ceil") =>
    `min(value) filter (where until > ${which}(${placeOf(share, "total")}) + ${EPSILON})`;
  const place = placeOf(share, "min(total)");
  const beyond = `(${place} - floor(${place}))`;
  return `${valueAt("floor")} * (1 - ${beyond}) + ${valueAt("ceil")} * ${beyond}`;
}

/** Whether either of them is in a row; one that ends or begins there counts as well. */
const liesWithin = (share: number): string[] =>
  ["floor", "ceil"].map((which) => {
    const place = `${which}(${placeOf(share, "total")})`;
    return `(until > ${place} and until - ranked.weight <= ${place} + 2 * ${EPSILON})`;
  });
