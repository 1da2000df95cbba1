import { Prisma } from "@prisma/client";
import { COUNTS, ordersIn } from "../revenue/orders.server";
import { zoneOf } from "../rollups/apart.server";
import { BUCKET_NAMES, rowsOf } from "../rollups/histogram.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";

/** Orders by which of its customer's each was, `place`, and on which day the one before was: different customers
 * of a period are the orders whose one before was not in it. */
export const CUSTOMER_ORDERS: Rollup = {
  ...{ basis: "visitors", table: "customer_order_rollups", sums: ["orders"] },
  keys: ["previous_day", "place"],
  facts: (asked, of) => Prisma.sql`
    with ${zoneOf(asked.shopId)}
    select of, coalesce((previous at time zone zone.name)::date, '-infinity') as previous_day, place,
           count(*)::float8 as orders
    from zone cross join (${placedIn(asked, of)}) as placed group by 1, 2, 3`,
};

/** How long after the customer's order before each came. */
export const ORDER_GAPS: Rollup = {
  ...{ basis: "visitors", table: "order_gap_rollups", keys: ["first_bucket"], sums: BUCKET_NAMES },
  facts: (asked, of) =>
    rowsOf(
      Prisma.sql`
        select of, duration_bucket((extract(epoch from at - previous) * 1000)::bigint) as bucket,
               count(*)::float8 as weight
        from (${placedIn(asked, of)}) as placed where place > 1 group by 1, 2`,
      ["of"],
    ),
};

export const CUSTOMER_ROLLUPS: readonly Rollup[] = [CUSTOMER_ORDERS, ORDER_GAPS];

/** The orders of a stretch that name a customer, each with when the customer's order before was and which one it
 * is: the first, the second or a later one. */
const placedIn = (asked: Stretch, of: NameOf): Prisma.Sql => Prisma.sql`
  select ${of(Prisma.sql`came.at`)} as of, came.at, before.previous, before.place
  from (
    select f.order_id as id, f.customer_id as person, f.placed_at as at
    from orders f where ${ordersIn(asked.shopId, asked, asked.filters)} and f.customer_id is not null
    offset 0
  ) as came cross join lateral (
    select max(at) as previous, 1 + count(*)::int as place
    from (
      select f.placed_at as at from orders f
      where f.shop_id = ${asked.shopId}::int and f.customer_id = came.person and ${COUNTS}
        and (f.placed_at, f.order_id) < (came.at, came.id)
      order by f.placed_at desc, f.order_id desc limit 2
    ) as earlier
  ) as before`;
