import type { Db } from "~/platform/db.server";
import { customerOf } from "../identity";
import { cartStateAt } from "./carts";
import { scoresOf } from "./scores";

/** How many of each kind are shown, the newest. */
const SHOWN = 20;

/** All about one visitor; null when there is none of this id.
 * @param now the moment of scores and carts' states */
export async function profileOf(db: Db, who: { shopId: number; visitorId: string }, now: Date) {
  const visitor = await db.visitor.findUnique({ where: { shopId_visitorId: who } });
  if (!visitor) return null;
  const [features, sessions, orders, carts] = await Promise.all([
    db.userFeatures.findUnique({ where: { shopId_visitorId: who } }),
    sessionsOf(db, who),
    ordersOf(db, who),
    cartsOf(db, who, now),
  ]);
  const { firstSeenAt, lastSeenAt, clientCount, sessionCount, orderCount } = visitor;
  return {
    visitor: {
      ...{ firstSeenAt, lastSeenAt, clientCount, sessionCount, orderCount },
      revenueMinor: Number(visitor.revenueMinor),
    },
    scores: features && scoresOf({ ...features, engagedMs: toNumber(features.engagedMs) }, now),
    ...{ sessions, orders, carts },
  };
}

type Who = { shopId: number; visitorId: string };

const sessionsOf = (db: Db, who: Who) =>
  db.session.findMany({
    where: { ...who, botRule: null },
    orderBy: [{ startedAt: "desc" }, { sessionId: "desc" }],
    take: SHOWN,
    select: {
      ...{ sessionId: true, clientId: true, startedAt: true, endedAt: true, channel: true },
      ...{ device: true, browser: true, pageViewCount: true },
    },
  });

async function ordersOf(db: Db, { shopId, visitorId }: Who) {
  const customerId = customerOf(visitorId);
  const orders = await db.$queryRaw<VisitorOrder[]>`
    select o.order_id::text as "orderId", o.name, o.placed_at as "placedAt", o.currency,
           o.revenue_minor::float8 as "revenueMinor", o.refunded_minor > 0 as "isRefunded",
           o.cancelled_at is not null as "isCancelled"
    from orders o
    where o.shop_id = ${shopId}::int and not o.is_test
      and (o.customer_id = ${customerId}::bigint or o.customer_id is null and o.session_id in (
        select session_id from sessions
        where shop_id = ${shopId}::int and visitor_id = ${visitorId}))
    order by o.placed_at desc, o.order_id desc limit ${SHOWN}::int`;
  return orders;
}
type VisitorOrder = {
  orderId: string;
  name: string | null;
  placedAt: Date;
  currency: string;
  revenueMinor: number;
  isRefunded: boolean;
  isCancelled: boolean;
};

async function cartsOf(db: Db, who: Who, now: Date) {
  const carts = await db.cart.findMany({
    where: { ...who, isBot: false },
    orderBy: [{ startedAt: "desc" }, { cartId: "desc" }],
    take: SHOWN,
  });
  return carts.map((cart) => ({
    ...{ cartId: cart.cartId, startedAt: cart.startedAt, lastActionAt: cart.lastActionAt },
    ...{ currency: cart.currency, itemCount: Number(cart.itemCount) },
    valueMinor: toNumber(cart.valueMinor),
    peakValueMinor: toNumber(cart.peakValueMinor),
    state: cartStateAt({ ...cart, itemCount: Number(cart.itemCount) }, now),
  }));
}

const toNumber = (value: bigint | null): number | null => (value === null ? null : Number(value));
