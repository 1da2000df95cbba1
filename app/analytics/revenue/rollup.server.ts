import { Prisma } from "@prisma/client";
import { FILTER_NAMES, type FilterName } from "../filters";
import { dimensionOf } from "../filters.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { ordersIn, ordersOf } from "./orders.server";

/** What bookings are told apart by: nothing, or what their orders' sessions have in common. */
export type Apart = "all" | FilterName;
const APART: readonly Apart[] = ["all", ...FILTER_NAMES];

/** What is added up of bookings. */
export const BOOKED: readonly string[] = [
  ...["orders", "gross_minor", "discount_minor", "refund_minor"],
  ...["tax_minor", "shipping_minor", "units"],
];
export const SUMMED = Prisma.raw(
  BOOKED.map((name) => `sum(${name})::float8 as ${name}`).join(", "),
);

/** What was booked in a stretch of time: orders that were placed, and refunds that were paid back, each
 * with its order's keys. */
export const bookingsIn = (asked: Stretch, of: NameOf): Prisma.Sql => Prisma.sql`
  select ${of(Prisma.sql`f.placed_at`)} as of, f.shop_id, f.order_id, f.customer_id, f.placed_at,
         f.session_id, 1 as orders, f.total_minor + f.discount_minor as gross_minor,
         f.discount_minor, 0 as refund_minor, f.tax_minor, f.shipping_minor, f.item_count as units
  from orders f where ${ordersIn(asked.shopId, asked, asked.filters)}
  union all
  select ${of(Prisma.sql`r.refunded_at`)}, f.shop_id, f.order_id, f.customer_id, f.placed_at,
         f.session_id, 0, 0, 0, r.total_minor, 0, 0, 0
  from refunds r join orders f using (shop_id, order_id)
  where r.shop_id = ${asked.shopId}::int and r.refunded_at >= ${asked.from}::timestamptz
    and r.refunded_at < ${asked.to}::timestamptz and ${ordersOf(asked.shopId, asked.filters)}`;

const SESSION = Prisma.sql`
  left join sessions s on s.shop_id = booked.shop_id and s.session_id = booked.session_id`;

/** What orders of no known session are told by, and no filter chooses. */
const UNSEEN = "unseen";

/** A dimension's value as a key can hold it. */
const valueOf = (apart: Apart): Prisma.Sql =>
  apart === "all"
    ? Prisma.sql`'all'::text`
    : Prisma.sql`case when s.session_id is null then ${UNSEEN}::text
                      else rollup_value(${dimensionOf(apart, "UTC")}) end`;

/** What orders brought, told apart. */
const revenueBy = (facts: Rollup["facts"], apart?: Apart): Rollup => ({
  ...{ table: "revenue_rollups", keys: ["dimension", "value"], sums: BOOKED },
  ...{ facts, isKeptOf: (value) => apart === "all" && value !== UNSEEN },
});

/** The same told apart by one thing, so that facts are read only as far as it needs them. */
export const revenueApart = (apart: Apart): Rollup =>
  revenueBy(
    (asked, of) => Prisma.sql`
      select of, ${apart}::text as dimension, value, ${SUMMED}
      from (
        select booked.*, ${valueOf(apart)} as value
        from (${bookingsIn(asked, of)}) as booked ${apart === "all" ? Prisma.empty : SESSION}
      ) as booking group by of, value`,
    apart,
  );

/** What orders brought, as a whole and told apart by each thing. */
export const REVENUE_ROLLUP = revenueBy(
  (asked, of) => Prisma.sql`
    select of, dimension, value, ${SUMMED}
    from (
      select booked.*, parts.*
      from (${bookingsIn(asked, of)}) as booked ${SESSION}
      cross join lateral unnest(
        ${APART}::text[], array[${Prisma.join(APART.map(valueOf))}]) as parts(dimension, value)
    ) as booking group by of, dimension, value`,
);
