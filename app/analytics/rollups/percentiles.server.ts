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
  const columns = Object.entries(shares).map(([name, share]) =>
    Prisma.raw(`${between(share)} as "${name}"`),
  );
  return Prisma.sql`
    select ${by}, ${Prisma.join(columns)}
    from (
      select ${by}, value, sum(weight) over (partition by ${by} order by value) as until,
             sum(weight) over (partition by ${by}) as total
      from (${buckets}) as bucket where weight > ${Prisma.raw(EPSILON)}
    ) as ranked group by ${by}`;
}

/** Sums of weights are not exact. */
const EPSILON = "1e-6";

/** The values at a place among all, counted from 0, and at the next one, in proportion. */
function between(share: number): string {
  const place = (total: string) => `${share}::float8 * greatest(0, ${total} - 1)`;
  const valueAt = (which: "floor" | "ceil") =>
    `min(value) filter (where until > ${which}(${place("total")}) + ${EPSILON})`;
  const beyond = `(${place("min(total)")} - floor(${place("min(total)")}))`;
  return `${valueAt("floor")} * (1 - ${beyond}) + ${valueAt("ceil")} * ${beyond}`;
}
