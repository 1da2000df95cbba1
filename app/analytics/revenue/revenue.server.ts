import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { FILTER_NAMES, type FilterName } from "../filters";
import { dimensionOf } from "../filters.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import type { View } from "../view";
import type { REVENUE } from "./definitions";
import { NUMBER_OF_CUSTOMER, ordersIn, ordersOf } from "./orders.server";

export const REVENUE_PARAMETERS = {
  by: z
    .enum(["all", "step", "customer", ...FILTER_NAMES])
    .default("all")
    .describe(
      "What the rows are of: all orders, a step of time, new or returning customers, or a dimension of the sessions that the orders were placed in.",
    ),
};
export type RevenueBy = "all" | "step" | "customer" | FilterName;

export type Revenue = RowOf<typeof REVENUE.columns>;

/** A series has a row for each step, the oldest first; other rows come by their net, most first. */
export async function revenue(
  db: Db,
  { shopId, view }: Question,
  { by }: { by: RevenueBy },
): Promise<Told<Revenue>> {
  const { from, to } = view.period;
  const session = Prisma.sql`left join sessions s on s.shop_id = f.shop_id and s.session_id = f.session_id`;
  const found = await db.$queryRaw<Revenue[]>`
    with booked as (
      select ${groupOf(view, by, Prisma.sql`f.placed_at`)} as of, 1 as orders,
             f.total_minor + f.discount_minor as gross, f.discount_minor as discount, 0 as refund,
             f.tax_minor as tax, f.shipping_minor as shipping, f.item_count as units
      from orders f ${session}
      where ${ordersIn(shopId, view.period, view.filters)}
      union all
      select ${groupOf(view, by, Prisma.sql`r.refunded_at`)}, 0, 0, 0, r.total_minor, 0, 0, 0
      from refunds r join orders f using (shop_id, order_id) ${session}
      where r.shop_id = ${shopId}::int and r.refunded_at >= ${from}::timestamptz
        and r.refunded_at < ${to}::timestamptz and ${ordersOf(shopId, view.filters)}
    )
    select of, sum(orders)::int as orders, sum(gross)::float8 as "grossMinor",
           sum(discount)::float8 as "discountMinor", sum(refund)::float8 as "refundMinor",
           sum(gross - discount - refund)::float8 as "netMinor", sum(tax)::float8 as "taxMinor",
           sum(shipping)::float8 as "shippingMinor", sum(units)::int as units,
           round(sum(gross - discount) / nullif(sum(orders), 0))::float8 as "averageOrderMinor",
           (sum(units)::float8 / nullif(sum(orders), 0))::float8 as "unitsPerOrder"
    from booked group by of
    order by "netMinor" desc, of`;
  return { rows: complete(found, view, by) };
}

/** @param at when what is grouped was booked */
function groupOf(view: View, by: RevenueBy, at: Prisma.Sql): Prisma.Sql {
  if (by === "all") return Prisma.sql`'all'::text`;
  if (by === "step") {
    const starts = startsOf(view);
    return Prisma.sql`(${starts}::text[])[width_bucket(${at}, ${starts}::timestamptz[])]`;
  }
  if (by === "customer")
    return Prisma.sql`
      case when f.customer_id is null then 'unknown'
           when ${NUMBER_OF_CUSTOMER} = 1 then 'new' else 'returning' end`;
  const dimension = dimensionOf(by, view.period.timeZone);
  return Prisma.sql`case when s.session_id is null then 'unseen' else ${dimension} end`;
}

const startsOf = (view: View): string[] =>
  stepsOf(view.period, view.unit).map((start) => start.toISOString());

/** Nothing is a number as well: a step without orders has a row, and so have all of none. */
function complete(found: Revenue[], view: View, by: RevenueBy): Revenue[] {
  if (by === "all") return found.length > 0 ? found : [withoutOrders("all")];
  if (by !== "step") return found;
  const known = new Map(found.map((row) => [row.of, row]));
  return startsOf(view).map((start) => known.get(start) ?? withoutOrders(start));
}

const withoutOrders = (of: string): Revenue => ({
  ...{ of, orders: 0, grossMinor: 0, discountMinor: 0, refundMinor: 0, netMinor: 0 },
  ...{ taxMinor: 0, shippingMinor: 0, units: 0, averageOrderMinor: null, unitsPerOrder: null },
});
