import { Prisma } from "@prisma/client";
import { ofChosenSessions } from "../filters.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";

/** Checkouts `f` that began in a stretch of time, without those of bots. Filters choose by the session of
 * the last step. */
export const checkoutsIn = ({ shopId, from, to, filters }: Stretch): Prisma.Sql => Prisma.sql`
  f.shop_id = ${shopId}::int and f.started_at >= ${from}::timestamptz
  and f.started_at < ${to}::timestamptz and not f.is_bot and ${ofChosenSessions(filters)}`;

/** When each step was reached. */
const TIMES = Prisma.sql`
  array[f.started_at, f.contact_at, f.address_at, f.shipping_at, f.payment_at, f.completed_at]`;

/** The last step that a checkout `f` came to. */
export const FURTHEST = Prisma.sql`
  case when f.completed_at is not null then 6 when f.payment_at is not null then 5
       when f.shipping_at is not null then 4 when f.address_at is not null then 3
       when f.contact_at is not null then 2 else 1 end`;

/** A row of counts for each step, with bucket -1, and of those that went on from it by how long it took. */
const facts = (asked: Stretch, of: NameOf): Prisma.Sql => Prisma.sql`
  with came as materialized (
    select ${of(Prisma.sql`f.started_at`)} as of, ${WEIGHT} as weight, ${TIMES} as times,
           ${FURTHEST} as furthest
    from checkouts f where ${checkoutsIn(asked)}
  ), steps as (
    select of, weight, furthest, place, times[place] as at,
           (select min(later) from unnest(times[place + 1:]) as later) as next_at
    from came cross join generate_series(1, furthest) as place
  )
  select of, place, -1 as bucket, sum(weight) as reached,
         coalesce(sum(weight) filter (where at is null), 0) as skipped,
         coalesce(sum(weight) filter (where furthest = place and place < 6), 0) as ended,
         0::float8 as went_on
  from steps group by of, place
  union all
  select of, place, duration_bucket((extract(epoch from next_at - at) * 1000)::bigint) as bucket,
         0, 0, 0, sum(weight)
  from steps where at is not null and next_at is not null group by 1, 2, 3`;

/** How far checkouts came, as far as that does not hang on the time. */
export const CHECKOUT_ROLLUP: Rollup = {
  ...{ table: "checkout_rollups", keys: ["place", "bucket"] },
  ...{ sums: ["reached", "skipped", "ended", "went_on"], facts },
};
