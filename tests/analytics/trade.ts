import { randomUUID } from "node:crypto";
import { questionOf } from "~/analytics/question";
import type { Question } from "~/analytics/report";
import type { Database } from "~/platform/db.server";
import { change, linesOf, type Lines } from "~/projections/visitors/cart-lines";
import { shop } from "../factories";

/** A new shop whose shoppers do what a test says. */
export const openTrade = async (db: Database, about: { timeZone?: string } = {}) =>
  tradeOf(db, await shop(db, { timeZone: "UTC", ...about }));

/** The ways in which a test lets things happen in a shop; ids of variants are their product's with a 0. */
export function tradeOf(db: Database, opened: { id: number; timeZone: string | null }) {
  const shopId = opened.id;
  return {
    shopId,
    visit: (at: string, done: Doing = {}) => visit(db, shopId, at, done),
    order: (at: string, lines: Line[], told: Told = {}) =>
      order(db, shopId, at, { lines, ...told }),
    refund: (at: string, orderId: bigint, lines: Refunded[]) =>
      refund(db, shopId, at, { orderId, lines }),
    cart: (at: string, about: Partial<CartOf> = {}) => cart(db, shopId, at, about),
    /** What an address asks of the shop at a moment. */
    asks: (search: string, now: string): Question =>
      questionOf(opened, new URLSearchParams(search), new Date(now)),
  };
}

export type Doing = {
  client?: string;
  /** Products viewed, added and removed, in that order, a second apart. */
  views?: number[];
  adds?: number[];
  removes?: number[];
  channel?: string;
  isBot?: boolean;
  sampleRate?: number;
  orders?: number;
};

const variantOf = (product: number) => BigInt(product * 10);

/** @returns the session's id */
async function visit(db: Database, shopId: number, at: string, done: Doing): Promise<string> {
  const { client = "ana", views = [], adds = [], removes = [], isBot = false } = done;
  const { sampleRate = 1, channel = "direct" } = done;
  const own = { shopId, sessionId: randomUUID(), clientId: client };
  let time = Date.parse(at);
  const next = () => new Date((time += 1_000));
  const of = (product: number) => ({
    ...{ ...own, eventId: randomUUID(), isBot, sampleRate },
    ...{ productId: BigInt(product), variantId: variantOf(product) },
  });
  await db.productView.createMany({
    data: views.map((product) => ({ ...of(product), viewedAt: next(), isRepeat: false })),
  });
  const line = (kind: string) => (product: number) => ({
    ...{ ...of(product), actedAt: next(), kind, quantity: 1, valueMinor: 1_000n, currency: "EUR" },
  });
  await db.cartAction.createMany({
    data: [...adds.map(line("added")), ...removes.map(line("removed"))],
  });
  await db.session.create({
    data: {
      ...{ ...own, channel, sampleRate, startedAt: new Date(at), endedAt: new Date(time) },
      ...{ eventCount: 1, pageViewCount: 1, orderCount: done.orders ?? 0 },
      botRule: isBot ? "name" : null,
    },
  });
  return own.sessionId;
}

/** Two pieces at 10.00 less 1.00 unless it says otherwise. */
export type Line = {
  product: number;
  quantity?: number;
  priceMinor?: number;
  discountMinor?: number;
};
type Told = { sessionId?: string; isTest?: boolean; cancelledAt?: Date };

let sequence = 1_000n;

/** @returns the order's id; its lines have the ids 1, 2 and so on */
async function order(
  db: Database,
  shopId: number,
  at: string,
  { lines, ...told }: Told & { lines: Line[] },
): Promise<bigint> {
  const [orderId, placedAt] = [sequence++, new Date(at)];
  const money = {
    totalMinor: 0,
    subtotalMinor: 0,
    discountMinor: 0,
    taxMinor: 0,
    shippingMinor: 0,
  };
  await db.order.create({
    data: {
      ...{ shopId, orderId, placedAt, updatedAt: placedAt, isTest: false, currency: "EUR" },
      ...{ ...money, refundedMinor: 0, revenueMinor: 0, itemCount: 1, hasDiscountCode: false },
      ...{ source: "webhook", firstReceivedAt: placedAt, ...told },
    },
  });
  await db.orderItem.createMany({
    data: lines.map(
      ({ product, quantity = 2, priceMinor = 1_000, discountMinor = 100 }, index) => ({
        ...{ shopId, orderId, placedAt, lineItemId: BigInt(index + 1), quantity },
        ...{ productId: BigInt(product), variantId: variantOf(product), priceMinor, discountMinor },
        ...{ title: `Sold ${product}`, refundedQuantity: 0 },
      }),
    ),
  });
  return orderId;
}

export type Refunded = { line: number; quantity: number; subtotalMinor: number };

async function refund(
  db: Database,
  shopId: number,
  at: string,
  { orderId, lines }: { orderId: bigint; lines: Refunded[] },
): Promise<void> {
  const refundId = sequence++;
  await db.refundItem.createMany({
    data: lines.map(({ line, ...rest }) => ({
      ...{ shopId, orderId, refundId, refundedAt: new Date(at), lineItemId: BigInt(line), ...rest },
    })),
  });
}

/** A cart with its changes, minutes after its beginning; one change of one piece unless it says otherwise. */
export type CartOf = {
  client: string;
  changes: { minute: number; product: number; quantity: number; variant?: number }[];
  channel: string;
  /** Minutes after its last change; so is the conversion. */
  abandoned: number | null;
  converted: number | null;
  /** Minutes after its beginning. */
  recovered: number | null;
  itemCount: number;
  valueMinor: number | null;
  currency: string | null;
  isBot: boolean;
  sampleRate: number;
};

const CART: Omit<CartOf, "client"> = {
  changes: [{ minute: 0, product: 1, quantity: 1 }],
  ...{ channel: "direct", abandoned: 60, recovered: null, converted: null },
  ...{ itemCount: 1, valueMinor: 1_000, currency: "EUR", isBot: false, sampleRate: 1 },
};

async function cart(
  db: Database,
  shopId: number,
  at: string,
  about: Partial<CartOf>,
): Promise<void> {
  const { client, changes, ...told }: CartOf = { client: randomUUID(), ...CART, ...about };
  const { isBot, sampleRate, channel } = told;
  const after = (minute: number, from = Date.parse(at)) => new Date(from + minute * 60_000);
  const last = after(Math.max(...changes.map(({ minute }) => minute)));
  const sinceLast = (minute: number | null) =>
    minute === null ? null : after(minute, last.getTime());
  const sessionId = await visit(db, shopId, at, { client, isBot, sampleRate, channel });
  const own = { shopId, clientId: client, isBot, sampleRate };
  const actions = changes.map(({ minute, product, quantity, variant = product * 10 }) => ({
    ...{ ...own, sessionId, eventId: randomUUID(), actedAt: after(minute) },
    ...{ productId: BigInt(product), variantId: BigInt(variant), quantity: Math.abs(quantity) },
    kind: quantity > 0 ? "added" : "removed",
  }));
  await db.cartAction.createMany({ data: actions });
  await db.session.updateMany({ where: { shopId, sessionId }, data: { endedAt: last } });
  const { itemCount, valueMinor, currency, recovered } = told;
  const lines: Lines = new Map();
  for (const { kind, productId, variantId, quantity } of actions)
    change(lines, {
      ...{ kind: kind === "added" ? "added" : "removed", quantity, valueMinor, currency },
      ...{ productId: String(productId), variantId: String(variantId) },
    });
  await db.cart.create({
    data: {
      ...{ ...own, cartId: actions[0]?.eventId ?? "", startedAt: new Date(at), currency },
      ...{ lastActionAt: last, itemCount, valueMinor, peakValueMinor: valueMinor },
      lines: linesOf(lines),
      ...{ abandonedAt: sinceLast(told.abandoned), convertedAt: sinceLast(told.converted) },
      recoveredAt: recovered === null ? null : after(recovered),
    },
  });
}
