import type { Db } from "~/platform/db.server";
import type { Question, Told } from "../report";
import { ordersOf } from "../revenue/orders.server";
import {
  LOST_DAYS,
  LOYAL_ORDERS,
  RECENT_DAYS,
  toRfmGroups,
  type Alike,
  type RfmGroup,
} from "./rfm";

/** Of everybody who had ordered by the end of the period, or by now where it is not over. */
export async function rfmGroups(db: Db, { shopId, view, now }: Question): Promise<Told<RfmGroup>> {
  const until = now < view.period.to ? now : view.period.to;
  const alike = await db.$queryRaw<Alike[]>`
    with people as (
      select f.customer_id, ${until}::timestamptz - max(f.placed_at) as ago,
             count(*) as orders, sum(f.revenue_minor) as revenue
      from orders f
      where ${ordersOf(shopId, view.filters)} and f.customer_id is not null
        and f.placed_at < ${until}::timestamptz
      group by f.customer_id
    ), ranked as (
      select orders, revenue,
             case when ago <= make_interval(days => ${RECENT_DAYS}::int) then 'recent'
                  when ago <= make_interval(days => ${LOST_DAYS}::int) then 'slipping'
                  else 'lost' end as recency,
             rank() over (order by revenue) - 1 >= 0.75 * count(*) over () as is_top
      from people
    )
    select recency, least(orders, ${LOYAL_ORDERS}::int)::int as "orderCount", is_top as "isTop",
           count(*)::int as customers, sum(orders)::int as orders,
           sum(revenue)::float8 as "revenueMinor"
    from ranked group by 1, 2, 3`;
  return { rows: toRfmGroups(alike) };
}
