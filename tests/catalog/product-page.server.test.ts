import { expect } from "vitest";
import { productMetrics } from "~/analytics/product-metrics.server";
import { productOf } from "~/catalog/product-page.server";
import { listChanges } from "~/catalog/prices.server";
import { DAY } from "~/platform/time";
import { test } from "../database";
import { minutes, NOON, shop } from "../factories";
import { adminVariant, listed, merge } from "./listed";

const day = (count: number) => new Date(NOON.getTime() + count * DAY);
const MERCHANTS = { visibility: "merchants", now: day(20) } as const;

test("a product's page knows the prices that were merged, and what follows from them", async ({
  db,
}) => {
  const { id: shopId } = await shop(db);
  const told = [
    [0, { price: "20.00" }],
    [5, { price: "24.00" }],
    [10, { price: "24.00", availableForSale: false }],
    [12, { price: "18.00", compareAtPrice: "24.00" }],
  ] as const;
  for (const [on, about] of told)
    await merge(
      db,
      shopId,
      [
        listed({ updatedAt: day(on) }, [
          adminVariant(about),
          adminVariant({ id: "71", price: "30.00" }),
        ]),
      ],
      { asOf: day(on) },
    );

  const product = await productOf(db, { shopId, productId: "7" }, MERCHANTS);

  expect(product?.changes.map(({ changedAt, minMinor }) => [changedAt, minMinor])).toEqual([
    [day(0), 2_000],
    [day(5), 2_400],
    [day(12), 1_800],
  ]);
  expect(product?.variants).toMatchObject([
    {
      ...{ variantId: "70", priceMinor: 1_800, compareAtMinor: 2_400 },
      prices: {
        reduction: { by: "compareAt", since: day(12), prior: { priceMinor: 2_000, knownDays: 12 } },
        drop: { at: day(12), fromMinor: 2_400, toMinor: 1_800 },
        outOfStock: { days: 2, knownDays: 20 },
      },
    },
    { variantId: "71", prices: { reduction: null, drop: null, outOfStock: { days: 0 } } },
  ]);
  expect(product?.prices.outOfStock).toEqual({ days: 0, knownDays: 20 });
});

test("a price from before the history that is read still counts", async ({ db }) => {
  const { id: shopId } = await shop(db);
  await merge(db, shopId, [listed()]);

  const late = await productOf(db, { shopId, productId: "7" }, { ...MERCHANTS, now: day(900) });

  expect(late?.changes).toHaveLength(1);
  expect(late?.prices.outOfStock.knownDays).toBe(30);
});

test("a product that is gone is shown to merchants alone, and another shop's to nobody", async ({
  db,
}) => {
  const [{ id: shopId }, { id: other }] = [await shop(db), await shop(db)];
  await merge(db, shopId, [listed()]);
  const key = { shopId, productId: "7" };
  expect(await productOf(db, key, { ...MERCHANTS, visibility: "shoppers" })).not.toBeNull();

  await merge(db, shopId, [], { asOf: minutes(1), asked: ["7"] });

  expect(await productOf(db, key, MERCHANTS)).toMatchObject({
    ...{ deletedAt: minutes(1), variants: [] },
    changes: [{ isAvailable: true }, { isAvailable: false }],
  });
  expect(await productOf(db, key, { ...MERCHANTS, visibility: "shoppers" })).toBeNull();
  expect(await productOf(db, { shopId: other, productId: "7" }, MERCHANTS)).toBeNull();
});

test("the history is told a page at a time", async ({ db }) => {
  const { id: shopId } = await shop(db);
  for (const on of [0, 1, 2, 3])
    await merge(
      db,
      shopId,
      [
        listed({ updatedAt: day(on) }, [
          adminVariant({ price: `${on + 1}.00` }),
          adminVariant({ id: "71", price: `${on + 9}.00` }),
        ]),
      ],
      { asOf: day(on) },
    );
  const key = { shopId, productId: "7" };
  const asked = { variantId: null, from: day(1), to: day(9), limit: 4 };

  const first = await listChanges(db, key, { ...asked, cursor: null });
  const second = await listChanges(db, key, { ...asked, cursor: first.next });
  const alone = await listChanges(db, key, { ...asked, variantId: "71", cursor: null });

  expect([...first.changes, ...second.changes].map(({ priceMinor }) => priceMinor)).toEqual([
    200, 1_000, 300, 1_100, 400, 1_200,
  ]);
  expect(second.next).toBeNull();
  expect(alone.changes).toMatchObject([
    { variantId: "71", priceMinor: 1_000, source: "webhook", stock: "in" },
    { priceMinor: 1_100 },
    { priceMinor: 1_200 },
  ]);
});

test("what shoppers did with a product leaves out bots, tests and other products", async ({
  db,
}) => {
  const { id: shopId } = await shop(db);
  const { id: other } = await shop(db);
  const fact = (eventId: string, about: object = {}) => ({
    ...{ shopId, eventId, sessionId: "s", clientId: "ana", productId: 7, sampleRate: 1 },
    ...{ isBot: false, ...about },
  });
  const view = (id: string, about: object = {}) => ({
    ...fact(id, about),
    ...{ viewedAt: minutes(1), isRepeat: false },
  });
  await db.productView.createMany({
    data: [
      ...[view("1"), view("2"), view("3", { clientId: "bo", sampleRate: 0.5 })],
      ...[view("4", { isBot: true, clientId: "bot" }), view("5", { productId: 8 })],
      ...[view("6", { shopId: other }), { ...view("7"), viewedAt: day(2) }],
    ],
  });
  const cart = { actedAt: minutes(2), quantity: 1 };
  await db.cartAction.createMany({
    data: [
      { ...fact("a"), ...cart, kind: "added" },
      { ...fact("b"), ...cart, kind: "removed" },
    ],
  });
  for (const [orderId, about] of [
    [1, {}],
    [2, { isTest: true }],
    [3, { cancelledAt: NOON }],
    [4, {}],
  ] as const) {
    await db.order.create({ data: { ...ORDER, shopId, orderId, ...about } });
    await db.orderItem.create({
      data: { ...ITEM, shopId, orderId, productId: orderId === 4 ? 8 : 7 },
    });
  }

  const found = await productMetrics(db, shopId, { productId: "7", from: NOON, to: day(1) });

  expect(found).toEqual({
    ...{ views: 4, visitors: 3, shopVisitors: 0, adds: 1, adders: 1 },
    ...{ orders: 1, shopOrders: 2, pieces: 2, revenueMinor: 1_900 },
  });
});

const ORDER = {
  ...{ placedAt: minutes(3), updatedAt: NOON, isTest: false, currency: "EUR", totalMinor: 1 },
  ...{ subtotalMinor: 1, discountMinor: 0, taxMinor: 0, shippingMinor: 0, refundedMinor: 0 },
  ...{ revenueMinor: 1, itemCount: 3, hasDiscountCode: false, source: "webhook" },
  firstReceivedAt: NOON,
};
/** Three at 10.00 less 1.50, one of which came back. */
const ITEM = {
  ...{ lineItemId: 1, placedAt: minutes(3), quantity: 3, refundedQuantity: 1 },
  ...{ priceMinor: 1_000, discountMinor: 150 },
};
