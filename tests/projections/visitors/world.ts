import type { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { foldCheckouts } from "~/projections/checkouts.server";
import { summarizeVisitors } from "~/projections/visitors/summarize.server";
import { minutes, NOON } from "../../factories";

let sequence = 0;
const next = () => ++sequence;

/** Rows of the tables that visits and orders fold into, each valid; a test states what it is about. */
export const rowsOf = (db: Database, shopId: number) => ({
  session: (about: Partial<Prisma.SessionCreateManyInput> = {}) => {
    const startedAt = about.startedAt instanceof Date ? about.startedAt : NOON;
    const row = {
      ...{ shopId, sessionId: `s${next()}`, clientId: "ana", visitorId: "client:ana", startedAt },
      ...{ endedAt: minutes(10, startedAt), eventCount: 1, pageViewCount: 1, ...about },
    };
    return db.session.create({ data: row });
  },
  cartAction: (about: Partial<Prisma.CartActionCreateManyInput> = {}) =>
    db.cartAction.create({
      data: {
        ...{ shopId, eventId: `a${next()}`, sessionId: "none", clientId: "ana", actedAt: NOON },
        ...{ kind: "added", productId: 7n, variantId: 70n, quantity: 1, valueMinor: 1_000n },
        ...{ currency: "EUR", isBot: false, sampleRate: 1, ...about },
      },
    }),
  step: (about: Partial<Prisma.CheckoutStepCreateManyInput> = {}) =>
    db.checkoutStep.create({
      data: {
        ...{ shopId, eventId: `c${next()}`, sessionId: "none", clientId: "ana", reachedAt: NOON },
        ...{ checkoutToken: "token", step: "started", itemCount: 1n, totalMinor: 1_000n },
        ...{ currency: "EUR", isBot: false, sampleRate: 1, ...about },
      },
    }),
  order: (about: Partial<Prisma.OrderCreateManyInput> = {}) => {
    const revenueMinor = about.revenueMinor ?? 1_000n;
    return db.order.create({
      data: {
        ...{ shopId, orderId: next(), placedAt: NOON, updatedAt: NOON, isTest: false },
        ...{ customerId: 1n, currency: "EUR", totalMinor: revenueMinor, subtotalMinor: 0n },
        ...{ discountMinor: 0n, taxMinor: 0n, shippingMinor: 0n, refundedMinor: 0n, revenueMinor },
        ...{ itemCount: 1n, hasDiscountCode: false, source: "webhook", firstReceivedAt: NOON },
        ...about,
      },
    });
  },
  item: (about: Partial<Prisma.OrderItemCreateManyInput> & { orderId: bigint }) =>
    db.orderItem.create({
      data: {
        ...{ shopId, lineItemId: next(), placedAt: NOON, productId: 7n, quantity: 1 },
        ...{ refundedQuantity: 0, priceMinor: 1_000n, discountMinor: 0n, ...about },
      },
    }),
  product: (about: Partial<Prisma.SessionProductCreateManyInput> & { sessionId: string }) =>
    db.sessionProduct.create({
      data: {
        ...{ shopId, productId: 7n, clientId: "ana", firstAt: NOON, lastAt: NOON, viewCount: 1 },
        ...{ dwellMs: 0n, searchClicks: 0, addedQuantity: 0n, removedQuantity: 0n },
        ...{ isBot: false, sampleRate: 1, ...about },
      },
    }),
  view: (about: Partial<Prisma.ProductViewCreateManyInput> & { sessionId: string }) =>
    db.productView.create({
      data: {
        ...{ shopId, eventId: `v${next()}`, clientId: "ana", viewedAt: NOON, productId: 7n },
        ...{ priceMinor: 1_000n, currency: "EUR", isRepeat: false, isBot: false, sampleRate: 1 },
        ...about,
      },
    }),
});

export const summarize = (db: Database, shopId: number, visitorIds: readonly string[]) =>
  inTransaction(db.pool, (sql) => summarizeVisitors(sql, shopId, visitorIds));

export const checkOut = (db: Database, shopId: number, tokens: readonly string[] = ["token"]) =>
  inTransaction(db.pool, (sql) => foldCheckouts(sql, shopId, tokens));

/** Everything that is made of visitors and checkouts, of all shops, in one order. */
export async function everything(db: Database) {
  const shop = { shopId: "asc" } as const;
  const [sessions, visitors, carts, checkouts, interactions, features] = await Promise.all([
    db.session.findMany({ orderBy: [shop, { sessionId: "asc" }] }),
    db.visitor.findMany({ orderBy: [shop, { visitorId: "asc" }] }),
    db.cart.findMany({ orderBy: [shop, { cartId: "asc" }] }),
    db.checkout.findMany({ orderBy: [shop, { checkoutToken: "asc" }] }),
    db.interaction.findMany({ orderBy: [shop, { visitorId: "asc" }, { productId: "asc" }] }),
    db.userFeatures.findMany({ orderBy: [shop, { visitorId: "asc" }] }),
  ]);
  return { sessions, visitors, carts, checkouts, interactions, features };
}
