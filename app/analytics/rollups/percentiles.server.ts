import { Prisma } from "@prisma/client";

/** The share of values that do not exceed what is looked for. */
type Share = 0.5 | 0.9;

/** The middle of a bucket of `duration_bucket`, in milliseconds. */
export const middleOf = (bucket: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(case when ${bucket} <= 0 then 0 else 1.05::float8 ^ (${bucket} - 0.5::float8) end)`;

/** Percentiles of a histogram, as a query for `of` and `value`: between two values as
 * `percentile_cont` has it, each value counted as often as its bucket says.
 * @param buckets a query for `of`, `value` and `weight`, one row for each bucket of each */
export const percentileOf = (buckets: Prisma.Sql, share: Share): Prisma.Sql => Prisma.sql`
  select of, min(value) filter (where until > floor(place) + ${EPSILON}) * (1 - (place - floor(place)))
           + min(value) filter (where until > ceil(place) + ${EPSILON}) * (place - floor(place)) as value
  from (
    select of, value, until, ${share}::float8 * greatest(0, total - 1) as place
    from (
      select of, value, sum(weight) over (partition by of order by value) as until,
             sum(weight) over (partition by of) as total
      from (${buckets}) as bucket where weight > ${EPSILON}
    ) as ranked
  ) as placed group by of, place`;

/** Sums of weights are not exact. */
const EPSILON = Prisma.raw("1e-6");
