import { dayAt } from "~/platform/calendar";
import type { Db } from "~/platform/db.server";
import { stepsOf } from "../period";
import type { Question, Told } from "../report";
import { COUNTS, IS_FIRST, ordersIn } from "../revenue/orders.server";
import { toLifetimeValues, type Brought, type LifetimeValue } from "./ltv";

/** Of customers whose first order is in the period, followed until now. A cohort without customers has
 * no rows. */
export async function lifetimeValues(
  db: Db,
  { shopId, view, now }: Question,
): Promise<Told<LifetimeValue>> {
  const { period, filters } = view;
  const months = stepsOf(period, "month");
  const starts = months.map((start) => start.toISOString());
  const today = dayAt(now, period.timeZone);
  const brought = await db.$queryRaw<Brought[]>`
    with firsts as materialized (
      select f.customer_id, f.order_id, f.placed_at,
             (f.placed_at at time zone ${period.timeZone}::text)::date as day
      from orders f
      where ${ordersIn(shopId, period, filters)} and f.placed_at <= ${now}::timestamptz
        and ${IS_FIRST}
    ), followed as (
      select width_bucket(first.placed_at, ${starts}::timestamptz[]) - 1 as cohort,
             age(${today}::text::date, first.day) as passed, first.customer_id, f.revenue_minor,
             case when f.order_id <> first.order_id then
               age((f.placed_at at time zone ${period.timeZone}::text)::date, first.day) end as after
      from firsts first
      join orders f on f.shop_id = ${shopId}::int and f.customer_id = first.customer_id
      where ${COUNTS} and f.placed_at <= ${now}::timestamptz
    )
    select cohort,
           (extract(year from passed) * 12 + extract(month from passed))::int as passed,
           coalesce(extract(year from after) * 12 + extract(month from after) + 1, 0)::int as month,
           count(distinct customer_id)::int as customers,
           sum(revenue_minor)::float8 as "revenueMinor"
    from followed group by 1, 2, 3`;
  return {
    rows: toLifetimeValues(
      months.map((start) => dayAt(start, period.timeZone)),
      brought,
    ),
  };
}
