import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import type { Question, RowOf, Told } from "../report";
import type { REVENUE_BY_TYPE } from "./definitions";
import { ordersIn } from "./orders.server";

export const BY_TYPE_PARAMETERS = {
  by: z
    .enum(["product-type", "vendor"])
    .default("product-type")
    .describe("What the rows are of: product types or vendors."),
};
export type ItemsBy = "product-type" | "vendor";

export type RevenueByType = RowOf<typeof REVENUE_BY_TYPE.columns>;

const KINDS: Record<ItemsBy, Prisma.Sql> = {
  "product-type": Prisma.sql`nullif(p.product_type, '')`,
  vendor: Prisma.sql`coalesce(nullif(i.vendor, ''), nullif(p.vendor, ''))`,
};

/** Rows come by their net, most first. */
export async function revenueByType(
  db: Db,
  { shopId, view }: Question,
  { by }: { by: ItemsBy },
): Promise<Told<RevenueByType>> {
  const rows = await db.$queryRaw<RevenueByType[]>`
    with sold as (
      select coalesce(${KINDS[by]}, 'none') as of, i.order_id, i.quantity,
             i.price_minor * i.quantity as gross, i.discount_minor as discount,
             coalesce(round((i.price_minor * i.quantity - i.discount_minor)::numeric
                            * i.refunded_quantity / nullif(i.quantity, 0)), 0) as returned
      from orders f
      join order_items i using (shop_id, order_id)
      left join products p on p.shop_id = i.shop_id and p.product_id = i.product_id
      where ${ordersIn(shopId, view.period, view.filters)}
    ), sums as (
      select of, count(distinct order_id)::int as orders, sum(quantity)::int as units,
             sum(gross) as gross, sum(discount) as discount, sum(returned) as returned,
             sum(gross - discount - returned) as net
      from sold group by of
    )
    select of, orders, units, gross::float8 as "grossMinor", discount::float8 as "discountMinor",
           returned::float8 as "returnedMinor", net::float8 as "netMinor",
           case when sum(net) over () > 0 then (net / sum(net) over ())::float8 end as "netShare"
    from sums order by net desc, of`;
  return { rows };
}
