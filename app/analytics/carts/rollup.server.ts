import { Prisma } from "@prisma/client";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { cartsIn, STATE } from "./chosen.server";

/** The session in which a cart `k` began, `s`. */
const WITH_SESSION = Prisma.sql`
  join cart_actions a on a.shop_id = k.shop_id and a.event_id = k.cart_id
  join sessions s on s.shop_id = a.shop_id and s.session_id = a.session_id`;

type Names = { of: NameOf; withSession: boolean };

/** Carts that began in a stretch of time, as `k`, with what they are `of` and what each stands for. */
export const begunCarts = (asked: Stretch, { of, withSession }: Names): Prisma.Sql => Prisma.sql`
  select k.*, ${of(Prisma.sql`k.started_at`)} as of, (1::real / k.sample_rate)::float8 as weight
  from carts k ${withSession ? WITH_SESSION : Prisma.empty} where ${cartsIn(asked)}`;

/** In how long a cart came to its last change, as a bucket. */
export const USED_FOR = Prisma.sql`
  duration_bucket((extract(epoch from k.last_action_at - k.started_at) * 1000)::bigint)`;

const states = (asked: Stretch, names: Names): Prisma.Sql => Prisma.sql`
  select k.of, ${STATE} as state, case ${STATE} when 'left' then ${USED_FOR} else 0 end as bucket,
         sum(k.weight) as carts,
         coalesce(sum(k.weight) filter (
           where k.recovered_at is not null or k.abandoned_at is not null), 0) as left_once,
         coalesce(sum(k.weight) filter (where k.recovered_at is not null), 0) as recovered
  from (${begunCarts(asked, names)}) as k group by 1, 2, 3`;

const values = (asked: Stretch, names: Names): Prisma.Sql => Prisma.sql`
  select k.of, coalesce(k.currency, '') as currency,
         case when k.value_minor is null then -1 else amount_bin(greatest(0, k.value_minor)) end as bin,
         sum(k.weight) as carts, coalesce(sum(k.weight * k.value_minor), 0) as value
  from (${begunCarts(asked, names)}) as k where k.item_count > 0 group by 1, 2, 3`;

/** What became of carts, as far as it does not hang on the time: `left` are those that are abandoned, or
 * will be.
 * @param withSession names are of the session in which a cart began */
export const cartRollupOf = (withSession: boolean): Rollup => ({
  ...{
    table: "cart_rollups",
    keys: ["state", "bucket"],
    sums: ["carts", "left_once", "recovered"],
  },
  facts: (asked, of) => states(asked, { of, withSession }),
});

/** What carts are worth, by currency and by bins of values; -1 is the bin of those that nobody knows of. */
export const valueRollupOf = (withSession: boolean): Rollup => ({
  ...{ table: "cart_value_rollups", keys: ["currency", "bin"], sums: ["carts", "value"] },
  facts: (asked, of) => values(asked, { of, withSession }),
});

export const CART_ROLLUPS = [cartRollupOf(false), valueRollupOf(false)];
