import type { Db } from "~/platform/db.server";
import { MINUTE, SECOND } from "~/platform/time";
import { WEIGHT } from "../weighing.server";

/** Who did something within so long is in the shop. */
const PRESENT_FOR = 5 * MINUTE;
const LATELY = 30 * MINUTE;
const RATE_OVER = MINUTE;
const MOST_PAGES = 20;

/** What goes on in a shop's storefront, as estimates where visitors are sampled; bots are left out. */
export type Live = {
  at: Date;
  /** Sessions with an event within the last five minutes. */
  visitors: number;
  /** The pages that they saw last, most first. */
  pages: { path: string; visitors: number }[];
  /** Of the last 30 minutes: carts that were changed and not bought, and what is in them. */
  carts: { count: number; valueMinor: number };
  /** Verified orders that were placed in the last 30 minutes. */
  orders: { count: number; revenueMinor: number };
  /** In the mean of the last minute. */
  eventsPerSecond: number;
  /** In each of the last 30 minutes, the oldest first. */
  pageViews: number[];
};

/** Reads what goes on right now. */
export async function liveNow(db: Db, shopId: number, now: Date): Promise<Live> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const [pages, [sums], minutes] = await Promise.all([
    pagesSince(db, shopId, ago(PRESENT_FOR)),
    sumsSince(db, shopId, { lately: ago(LATELY), aMinuteAgo: ago(RATE_OVER) }),
    viewsByMinute(db, shopId, ago(LATELY)),
  ]);
  if (!sums) throw new Error("a row of aggregates did not come");
  const viewsIn = new Map(minutes.map(({ minute, views }) => [minute, views]));
  return {
    ...{ at: now, visitors: pages.reduce((sum, { visitors }) => sum + visitors, 0) },
    pages: pages.slice(0, MOST_PAGES),
    carts: { count: sums.carts, valueMinor: sums.cartValue },
    orders: { count: sums.orders, revenueMinor: sums.revenue },
    eventsPerSecond: sums.events / (RATE_OVER / SECOND),
    pageViews: Array.from({ length: LATELY / MINUTE }, (_, minute) => viewsIn.get(minute) ?? 0),
  };
}

const pagesSince = (db: Db, shopId: number, since: Date) =>
  db.$queryRaw<{ path: string; visitors: number }[]>`
    select coalesce(exit_path, 'none') as path, round(sum(${WEIGHT}))::int as visitors
    from sessions
    where shop_id = ${shopId}::int and ended_at >= ${since}::timestamptz and bot_rule is null
    group by 1 order by 2 desc, 1`;

type Sums = { carts: number; cartValue: number; orders: number; revenue: number; events: number };

/** A cart that is changed now was begun within a day, and events are found by who is there. */
const sumsSince = (
  db: Db,
  shopId: number,
  { lately, aMinuteAgo }: { lately: Date; aMinuteAgo: Date },
) => db.$queryRaw<Sums[]>`
  with cart as (
    select ${WEIGHT} as weight, value_minor,
           currency = (select currency from shops where id = ${shopId}::int) as is_ours
    from carts c
    where c.shop_id = ${shopId}::int and c.started_at >= ${lately}::timestamptz - interval '1 day'
      and c.last_action_at >= ${lately}::timestamptz and c.converted_at is null and not c.is_bot
  ), placed as (
    select revenue_minor from orders
    where shop_id = ${shopId}::int and placed_at >= ${lately}::timestamptz
      and not is_test and cancelled_at is null
  ), present as (
    select distinct client_id from sessions
    where shop_id = ${shopId}::int and ended_at >= ${aMinuteAgo}::timestamptz and bot_rule is null
  )
  select (select coalesce(round(sum(weight)), 0)::int from cart) as carts,
         (select coalesce(sum(value_minor) filter (where is_ours), 0)::float8 from cart) as "cartValue",
         (select count(*)::int from placed) as orders,
         (select coalesce(sum(revenue_minor), 0)::float8 from placed) as revenue,
         (select count(*)::int from present join pixel_events e
          on e.shop_id = ${shopId}::int and e.client_id = present.client_id
             and e.occurred_at >= ${aMinuteAgo}::timestamptz) as events`;

const viewsByMinute = (db: Db, shopId: number, since: Date) =>
  db.$queryRaw<{ minute: number; views: number }[]>`
    select floor(extract(epoch from viewed_at - ${since}::timestamptz) / 60)::int as minute,
           round(sum(${WEIGHT}))::int as views
    from page_views
    where shop_id = ${shopId}::int and viewed_at >= ${since}::timestamptz and not is_bot
    group by 1`;
