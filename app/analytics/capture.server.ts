import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import {
  captureBy,
  captureByDay,
  toCapture,
  type Capture,
  type CaptureBy,
  type OrderCount,
} from "./capture";
import { type Period, startsOfDays } from "./period";

export type Captured = {
  total: Capture;
  byDay: CaptureBy[];
  byBrowser: CaptureBy[];
  byDevice: CaptureBy[];
  /** `true`, `false` or `unknown`: whether the shopper allowed marketing. */
  byMarketing: CaptureBy[];
};

type Within = Pick<Period, "from" | "to">;

/** How much of a shop's trade the pixel sees: orders that were placed in a period, by what became of
 * them. Orders that were made to try the shop out are left out. */
export async function capture(db: Db, shopId: number, period: Period): Promise<Captured> {
  const counts = await countOrders(db, shopId, period);
  return {
    total: toCapture(counts),
    byDay: captureByDay(counts, period.days),
    byBrowser: captureBy(counts, "browser"),
    byDevice: captureBy(counts, "device"),
    byMarketing: captureBy(counts, "marketing"),
  };
}

/** The same as a whole, without what tells orders apart. */
export async function captureTotal(db: Db, shopId: number, { from, to }: Within): Promise<Capture> {
  const counts = await db.$queryRaw<Pick<OrderCount, "fate" | "orders">[]>`
    with ${reachOf(shopId)}
    select ${FATE} as fate, count(*)::int as orders
    from orders o cross join reach
    where o.shop_id = ${shopId}::int and not o.is_test
      and o.placed_at >= ${from}::timestamptz and o.placed_at < ${to}::timestamptz
    group by 1`;
  return toCapture(counts);
}

/** Since when sessions are known. */
const reachOf = (shopId: number) => Prisma.sql`
  reach as (select min(started_at) as since from sessions where shop_id = ${shopId}::int)`;

/** What became of an order `o`. */
const FATE = Prisma.sql`
  case when o.completed_at is not null then 'seen'
       when reach.since is null or o.placed_at < reach.since then 'before'
       else o.source end`;

/** The consent is the one that the session's first event came with: only the log has it. */
function countOrders(db: Db, shopId: number, period: Period): Promise<OrderCount[]> {
  const starts = startsOfDays(period).map((start) => start.toISOString());
  return db.$queryRaw<OrderCount[]>`
    with ${reachOf(shopId)}
    select width_bucket(o.placed_at, ${starts}::timestamptz[]) - 1 as day,
           ${FATE} as fate, s.browser, s.device, consent.marketing, count(*)::int as orders
    from orders o cross join reach
    left join sessions s on s.shop_id = o.shop_id and s.session_id = o.session_id
    left join lateral (
      select (e.payload #>> '{consent,marketing}')::boolean as marketing
      from pixel_events e
      where e.shop_id = o.shop_id and e.client_id = s.client_id and e.occurred_at = s.started_at
        and e.event_id = s.session_id
      limit 1) as consent on true
    where o.shop_id = ${shopId}::int and not o.is_test
      and o.placed_at >= ${period.from} and o.placed_at < ${period.to}
    group by 1, 2, 3, 4, 5`;
}
