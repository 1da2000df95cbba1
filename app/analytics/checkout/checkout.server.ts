import type { Db } from "~/platform/db.server";
import { ofChosenSessions } from "../filters.server";
import type { Question, RowOf, Told } from "../report";
import { serve } from "../serve";
import { WEIGHT } from "../weighing.server";
import { CHECKOUT, CHECKOUT_STEPS } from "./definitions";

export type CheckoutRow = RowOf<typeof CHECKOUT.columns>;

/** How far the checkouts came that began in a period: a row for each step, the first one first. Filters
 * choose by the session of the last step. Checkouts on one page pass over steps, which loses nobody. */
export async function checkoutSteps(
  db: Db,
  { shopId, view, now }: Question,
): Promise<Told<CheckoutRow>> {
  const { from, to } = view.period;
  const rows = await db.$queryRaw<CheckoutRow[]>`
    with begun as (
      select f.checkout_token, ${WEIGHT} as weight,
             f.last_at > ${now}::timestamptz - shop.cart_quiet_minutes * interval '1 minute' as is_open,
             array[f.started_at, f.contact_at, f.address_at, f.shipping_at, f.payment_at,
                   f.completed_at] as times
      from checkouts f
      cross join (select cart_quiet_minutes from shops where id = ${shopId}::int) as shop
      where f.shop_id = ${shopId}::int and f.started_at >= ${from}::timestamptz
        and f.started_at < ${to}::timestamptz and not f.is_bot and ${ofChosenSessions(view.filters)}
    ), seen as (
      select checkout_token, place, at,
             min(at) over (partition by checkout_token order by place
                           rows between 1 following and unbounded following) as next_at
      from begun cross join unnest(times) with ordinality as reached(at, place)
      where at is not null
    ), came as (
      select checkout_token, weight, is_open, max(place) as furthest
      from begun join seen using (checkout_token) group by 1, 2, 3
    ), steps as (
      select place, step, sum(weight) as reached,
             sum(weight) filter (where seen.at is null) as skipped,
             sum(weight) filter (where furthest = place and place < 6 and is_open) as open,
             sum(weight) filter (where furthest = place and place < 6 and not is_open) as gone,
             percentile_cont(0.5) within group (
               order by greatest(0, extract(epoch from seen.next_at - seen.at) * 1000))
               filter (where seen.next_at is not null) as median
      from unnest(${CHECKOUT_STEPS}::text[]) with ordinality as each(step, place)
      left join came on came.furthest >= each.place
      left join seen using (checkout_token, place)
      group by place, step
    )
    select step, coalesce(round(reached), 0)::int as reached,
           reached / first_value(reached) over (order by place) as "reachedShare",
           coalesce(round(skipped), 0)::int as skipped, coalesce(round(open), 0)::int as open,
           coalesce(round(gone), 0)::int as left,
           coalesce(gone, 0) / nullif(reached - coalesce(open, 0), 0) as "leftShare",
           median as "medianToNext"
    from steps order by place`;
  return { rows };
}

export const CHECKOUT_REPORTS = [serve(CHECKOUT, {}, checkoutSteps)];
