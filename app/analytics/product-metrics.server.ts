import type { Db } from "~/platform/db.server";
import { WEIGHT } from "./weighing.server";

/** What shoppers did with one product in a period, each number beside the shop's own where it has one.
 * Where only a share of visitors was sampled, views, visitors and carts are estimates for all of them. */
export type ProductMetrics = {
  views: number;
  /** Browsers that viewed it. */
  visitors: number;
  /** Browsers that started a session in the shop. */
  shopVisitors: number;
  /** Times it was put into a cart. */
  adds: number;
  /** Browsers that did. */
  adders: number;
  orders: number;
  shopOrders: number;
  /** Pieces sold and kept. */
  pieces: number;
  /** Of these pieces, after discounts, before tax and shipping; in minor units of the shop's currency. */
  revenueMinor: number;
};

type Asked = { productId: string; from: Date; to: Date };

/** Without bots, and without test and cancelled orders. */
export async function productMetrics(
  db: Db,
  shopId: number,
  { productId, from, to }: Asked,
): Promise<ProductMetrics> {
  const [row] = await db.$queryRaw<ProductMetrics[]>`
    with viewed as (
      select sum(${WEIGHT}) as weight, min(${WEIGHT}) as visitor
      from product_views
      where shop_id = ${shopId}::int and product_id = ${productId}::text::bigint
        and viewed_at >= ${from}::timestamptz and viewed_at < ${to}::timestamptz
        and not is_bot
      group by client_id
    ), added as (
      select sum(${WEIGHT}) as weight, min(${WEIGHT}) as visitor
      from cart_actions
      where shop_id = ${shopId}::int and product_id = ${productId}::text::bigint
        and acted_at >= ${from}::timestamptz and acted_at < ${to}::timestamptz
        and kind = 'added' and not is_bot
      group by client_id
    ), visited as (
      select min(${WEIGHT}) as visitor from sessions
      where shop_id = ${shopId}::int and started_at >= ${from}::timestamptz
        and started_at < ${to}::timestamptz and bot_rule is null
      group by client_id
    ), placed as (
      select order_id from orders
      where shop_id = ${shopId}::int and placed_at >= ${from}::timestamptz
        and placed_at < ${to}::timestamptz and not is_test and cancelled_at is null
    ), sold as (
      select i.order_id, i.quantity - i.refunded_quantity as kept,
             round((i.price_minor * i.quantity - i.discount_minor)::numeric
                   * (i.quantity - i.refunded_quantity) / nullif(i.quantity, 0)) as revenue
      from order_items i join placed using (order_id)
      where i.shop_id = ${shopId}::int and i.product_id = ${productId}::text::bigint
    )
    select (select coalesce(round(sum(weight)), 0)::int from viewed) as views,
           (select coalesce(round(sum(visitor)), 0)::int from viewed) as visitors,
           (select coalesce(round(sum(visitor)), 0)::int from visited) as "shopVisitors",
           (select coalesce(round(sum(weight)), 0)::int from added) as adds,
           (select coalesce(round(sum(visitor)), 0)::int from added) as adders,
           (select count(distinct order_id)::int from sold) as orders,
           (select count(*)::int from placed) as "shopOrders",
           (select coalesce(sum(kept), 0)::int from sold) as pieces,
           (select coalesce(sum(revenue), 0)::float8 from sold) as "revenueMinor"`;
  if (!row) throw new Error("a row of aggregates did not come");
  return row;
}
