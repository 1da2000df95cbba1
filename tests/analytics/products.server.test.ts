import { expect } from "vitest";
import {
  products,
  type ProductRow,
  type ProductsAsked,
} from "~/analytics/products/products.server";
import type { Question } from "~/analytics/report";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { openTrade } from "./trade";

const JUNE = "from=2026-06-01&to=2026-06-30";
const NOW = "2026-07-15T12:00:00Z";

const ask = async (db: Database, question: Question, asked: Partial<ProductsAsked> = {}) =>
  (await products(db, question, { by: "product", sort: "viewed", limit: 50, ...asked })).rows;

const one = (rows: ProductRow[], of: string): ProductRow => {
  const row = rows.find((each) => each.of === of);
  if (!row) throw new Error(`there is no row of ${of}`);
  return row;
};

test("a product's views, carts and orders are counted with their rates", async ({ db }) => {
  const trade = await openTrade(db);
  const bought = await trade.visit("2026-06-02T10:00:00Z", {
    views: [1, 1, 2],
    adds: [1],
    orders: 1,
  });
  await trade.visit("2026-06-03T10:00:00Z", { views: [1], adds: [1] });
  await trade.visit("2026-06-04T10:00:00Z", { views: [1] });
  await trade.visit("2026-06-05T10:00:00Z", { adds: [1] });
  await trade.order("2026-06-02T10:05:00Z", [{ product: 1 }], { sessionId: bought });
  await trade.order("2026-06-20T10:00:00Z", [{ product: 1, quantity: 1, discountMinor: 0 }]);

  const rows = await ask(db, trade.asks(JUNE, NOW));

  expect(rows.map(({ of }) => of)).toEqual(["1", "2"]);
  const row = one(rows, "1");
  expect(row).toMatchObject({
    ...{ viewedSessions: 3, views: 4, addedSessions: 3, viewedAndAdded: 2, addRate: 2 / 3 },
    ...{ viewedAndBought: 1, purchaseRate: 1 / 3, orders: 2, units: 3 },
    ...{ grossMinor: 3_000, discountMinor: 100, refundedMinor: 0, netMinor: 2_900 },
    ...{ title: "Sold 1", productId: null },
  });
  // Wilson's interval of 1 of 3, as statistics books have it.
  expect(row.purchaseRateLow).toBeCloseTo(0.0615, 4);
  expect(row.purchaseRateHigh).toBeCloseTo(0.7923, 4);
});

test("1 of 1 does not lead 30 of 60; what nobody viewed comes last", async ({ db }) => {
  const trade = await openTrade(db);
  for (let i = 0; i < 60; i++) {
    const orders = i < 30 ? 1 : 0;
    const sessionId = await trade.visit("2026-06-02T10:00:00Z", { views: [1], orders });
    if (orders) await trade.order("2026-06-02T11:00:00Z", [{ product: 1 }], { sessionId });
  }
  const sessionId = await trade.visit("2026-06-02T10:00:00Z", { views: [2], orders: 1 });
  await trade.order("2026-06-02T11:00:00Z", [{ product: 2 }, { product: 3 }], { sessionId });

  const rows = await ask(db, trade.asks(JUNE, NOW), { sort: "converting" });

  expect(rows.map(({ of, purchaseRate }) => [of, purchaseRate])).toEqual([
    ["1", 0.5],
    ["2", 1],
    ["3", null],
  ]);
});

test("refunds are booked on their own day, an order refunded twice on both", async ({ db }) => {
  const trade = await openTrade(db);
  const orderId = await trade.order("2026-05-30T10:00:00Z", [
    { product: 1, quantity: 3 },
    { product: 2 },
  ]);
  await trade.refund("2026-06-01T00:00:00Z", orderId, [
    { line: 1, quantity: 1, subtotalMinor: 967 },
  ]);
  await trade.refund("2026-06-30T23:59:59Z", orderId, [
    { line: 1, quantity: 1, subtotalMinor: 967 },
    { line: 2, quantity: 2, subtotalMinor: 1_900 },
  ]);
  await trade.refund("2026-07-01T00:00:00Z", orderId, [
    { line: 1, quantity: 1, subtotalMinor: 966 },
  ]);

  const june = await ask(db, trade.asks(JUNE, NOW));
  const may = await ask(db, trade.asks("from=2026-05-01&to=2026-05-31", NOW));

  expect(one(june, "1")).toMatchObject({ units: 0, refundedUnits: 2, netMinor: -1_934 });
  expect(one(june, "2")).toMatchObject({ refundedUnits: 2, refundedMinor: 1_900 });
  expect(one(may, "1")).toMatchObject({ units: 3, refundedUnits: 0, netMinor: 2_900 });
});

test("test orders, cancelled ones, bots and other shops count nowhere", async ({ db }) => {
  const [ours, theirs] = [await openTrade(db), await openTrade(db)];
  await ours.visit("2026-06-02T10:00:00Z", { views: [1] });
  await ours.visit("2026-06-02T10:00:00Z", { views: [1], adds: [1], isBot: true });
  await ours.order("2026-06-02T10:00:00Z", [{ product: 1 }], { isTest: true });
  const cancelled = await ours.order("2026-06-02T10:00:00Z", [{ product: 1 }], {
    cancelledAt: new Date("2026-06-03T00:00:00Z"),
  });
  await ours.refund("2026-06-03T00:00:00Z", cancelled, [
    { line: 1, quantity: 2, subtotalMinor: 1_900 },
  ]);
  await theirs.visit("2026-06-02T10:00:00Z", { views: [1, 2], adds: [1] });
  await theirs.order("2026-06-02T10:00:00Z", [{ product: 1 }]);
  await theirs.cart("2026-06-02T10:00:00Z");

  const rows = await ask(db, ours.asks(JUNE, NOW));

  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    ...{ of: "1", viewedSessions: 1, addedSessions: 0, orders: 0, units: 0 },
    ...{ refundedUnits: 0, netMinor: 0, abandonedCarts: 0 },
  });
});

test("a session over midnight counts on the day on which it began, with all that it did", async ({
  db,
}) => {
  const trade = await openTrade(db, { timeZone: "Pacific/Tongatapu" });
  // In Tonga it is 13 hours later: this is a second before midnight of 10 June.
  await trade.visit("2026-06-10T10:59:59Z", { views: [1, 1], adds: [1] });

  const tenth = await ask(db, trade.asks("from=2026-06-10&to=2026-06-10", NOW));
  const eleventh = await ask(db, trade.asks("from=2026-06-11&to=2026-06-11", NOW));

  expect(tenth).toMatchObject([{ viewedSessions: 1, views: 2, viewedAndAdded: 1 }]);
  expect(eleventh).toEqual([]);
});

test("a day on which clocks go forward has 23 hours, and days without events have rows", async ({
  db,
}) => {
  const trade = await openTrade(db, { timeZone: "Europe/Zurich" });
  await trade.order("2026-03-28T22:59:59Z", [{ product: 1 }]); // 23:59:59 on the 28th
  await trade.order("2026-03-28T23:00:00Z", [{ product: 1 }]);
  await trade.order("2026-03-29T21:59:59Z", [{ product: 1 }]); // 23:59:59 in summer time
  await trade.order("2026-03-29T22:00:00Z", [{ product: 1 }]);
  const question = trade.asks("from=2026-03-27&to=2026-03-30", NOW);

  const steps = await ask(db, question, { by: "step" });
  const [all] = await ask(db, question, { by: "all" });

  expect(steps.map(({ orders }) => orders)).toEqual([0, 1, 2, 1]);
  expect(steps.map(({ purchaseRate }) => purchaseRate)).toEqual([null, null, null, null]);
  expect(all).toMatchObject({ of: "all", orders: 4, units: 8, grossMinor: 8_000 });
});

test("a shop without anything has zeros and no rates", async ({ db }) => {
  const trade = await openTrade(db);

  const [all] = await ask(db, trade.asks(JUNE, NOW), { by: "all" });

  expect(all).toMatchObject({ of: "all", viewedSessions: 0, addRate: null, netMinor: 0 });
  expect(await ask(db, trade.asks(JUNE, NOW))).toEqual([]);
});
