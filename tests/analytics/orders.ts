import fc from "fast-check";
import { parseView, type View } from "~/analytics/view";
import type { Question } from "~/analytics/report";
import type { Database } from "~/platform/db.server";

let sequence = 1_000n;
const next = () => ++sequence;

export type GivenRefund = { at: string; minor: number; units?: number };
export type GivenItem = {
  product?: number;
  vendor?: string;
  title?: string;
  quantity?: number;
  price: number;
  discount?: number;
  back?: number;
};
export type GivenOrder = {
  at: string;
  customer?: number;
  /** What is to be paid, after the discount. */
  total?: number;
  discount?: number;
  tax?: number;
  shipping?: number;
  units?: number;
  session?: string;
  refunds?: GivenRefund[];
  items?: GivenItem[];
  isTest?: boolean;
  isCancelled?: boolean;
};

const PLAIN = { total: 1_000, discount: 0, tax: 0, shipping: 0, units: 1, refunds: [], items: [] };

/** Gives a shop verified orders with what was sold and paid back. */
export async function addOrders(db: Database, shopId: number, orders: GivenOrder[]): Promise<void> {
  for (const given of orders) {
    const order = { ...PLAIN, isTest: false, isCancelled: false, ...given };
    const [orderId, placedAt] = [next(), new Date(order.at)];
    const refundedMinor = order.refunds.reduce((sum, { minor }) => sum + minor, 0);
    await db.order.create({
      data: {
        ...{ shopId, orderId, name: `#${orderId}`, placedAt, updatedAt: placedAt },
        cancelledAt: order.isCancelled ? placedAt : null,
        isTest: order.isTest,
        customerId: order.customer === undefined ? null : BigInt(order.customer),
        ...{ currency: "EUR", totalMinor: order.total, discountMinor: order.discount },
        subtotalMinor: order.total - order.shipping,
        ...{ taxMinor: order.tax, shippingMinor: order.shipping, refundedMinor },
        revenueMinor: order.isTest || order.isCancelled ? 0 : order.total - refundedMinor,
        ...{ itemCount: order.units, hasDiscountCode: order.discount > 0, source: "webhook" },
        ...{ firstReceivedAt: placedAt, sessionId: order.session ?? null },
      },
    });
    await db.refund.createMany({
      data: order.refunds.map(({ at, minor, units = 0 }: GivenRefund) => ({
        ...{ shopId, orderId, refundId: next(), refundedAt: new Date(at) },
        ...{ totalMinor: minor, itemCount: units },
      })),
    });
    await db.orderItem.createMany({
      data: order.items.map((item) => itemRow({ shopId, orderId, placedAt }, item)),
    });
  }
}

const itemRow = (
  order: { shopId: number; orderId: bigint; placedAt: Date },
  { product, vendor, title, quantity = 1, price, discount = 0, back = 0 }: GivenItem,
) => ({
  ...{ ...order, lineItemId: next(), quantity, refundedQuantity: back },
  productId: product === undefined ? null : BigInt(product),
  title: title ?? null,
  ...{ vendor: vendor ?? null, priceMinor: price, discountMinor: discount },
});

export type GivenVisit = {
  at: string;
  visitor?: string;
  id?: string;
  channel?: string;
  device?: string;
  campaign?: string;
  rate?: number;
  isBot?: boolean;
};

/** Gives a shop sessions; a visitor's first one is told apart as the projection does. */
export async function addVisits(db: Database, shopId: number, visits: GivenVisit[]): Promise<void> {
  const seen = new Set<string>();
  for (const { at, visitor = "ana", id, isBot = false, ...about } of visits) {
    await db.session.create({
      data: {
        ...{ shopId, sessionId: id ?? `session-${next()}`, clientId: visitor },
        visitorId: `client:${visitor}`,
        isReturning: seen.has(visitor),
        ...{ startedAt: new Date(at), endedAt: new Date(at), eventCount: 1, pageViewCount: 1 },
        ...{ channel: about.channel ?? "direct", device: about.device ?? null },
        utmCampaign: about.campaign ?? null,
        ...{ botRule: isBot ? "name" : null, sampleRate: about.rate ?? 1 },
      },
    });
    if (!isBot) seen.add(visitor);
  }
}

/** What is asked of a shop by an address such as "from=2026-06-01&to=2026-06-07". */
export function ask(
  shopId: number,
  search: string,
  { zone = "UTC", now = "2026-11-21T12:00Z" } = {},
): Question {
  const at = new Date(now);
  const view: View = parseView(new URLSearchParams(search), zone, at);
  return { shopId, view, now: at };
}

const minor = fc.integer({ min: 0, max: 50_000 });
const moment = fc
  .integer({ min: Date.parse("2026-05-20T00:00Z"), max: Date.parse("2026-06-20T00:00Z") })
  .map((time) => new Date(time).toISOString());
/** Orders around the first week of June 2026. */
export const anyOrder: fc.Arbitrary<GivenOrder> = fc.record({
  ...{ at: moment, total: minor, discount: minor, customer: fc.integer({ min: 1, max: 5 }) },
  refunds: fc.array(fc.record({ at: moment, minor }), { maxLength: 3 }),
  ...{ isTest: fc.boolean(), isCancelled: fc.boolean() },
});
