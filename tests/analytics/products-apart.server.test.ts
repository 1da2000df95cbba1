import { expect } from "vitest";
import { products, type ProductsAsked } from "~/analytics/products/products.server";
import type { Question } from "~/analytics/report";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { collectionOf, productOf } from "./catalogue";
import { openTrade } from "./trade";

const JUNE = "from=2026-06-01&to=2026-06-30";
const NOW = "2026-07-15T12:00:00Z";

const ask = async (db: Database, question: Question, asked: Partial<ProductsAsked> = {}) =>
  (await products(db, question, { by: "product", sort: "viewed", limit: 50, ...asked })).rows;

test("rows are of variants, vendors, types and collections as the catalogue has them", async ({
  db,
}) => {
  const trade = await openTrade(db);
  const { shopId } = trade;
  const at = new Date("2026-01-01T00:00:00Z");
  await db.product.createMany({
    data: [
      productOf(shopId, 1n, { vendor: "Acme", productType: "Mugs" }),
      productOf(shopId, 2n, { vendor: "Acme", deletedAt: at }),
    ],
  });
  await db.variant.create({
    data: {
      ...{ shopId, variantId: 10n, productId: 1n, title: "Red", position: 1, options: [] },
      ...{ priceMinor: 1, isAvailable: true, inventoryPolicy: "DENY", isTracked: false },
    },
  });
  for (const collectionId of [70n, 71n])
    await db.collection.create({
      data: {
        ...collectionOf(shopId, collectionId),
        products: { create: { productId: 1n, position: 0 } },
      },
    });
  await trade.visit("2026-06-02T10:00:00Z", { views: [1, 2] });
  await trade.visit("2026-06-02T10:00:00Z", { views: [1] });
  await trade.order("2026-06-02T10:00:00Z", [{ product: 1 }, { product: 3 }]);
  const question = trade.asks(JUNE, NOW);
  const of = async (by: ProductsAsked["by"]) =>
    (await ask(db, question, { by })).map((row) => [
      row.of,
      row.title,
      row.viewedSessions,
      row.units,
    ]);

  expect(await of("product")).toEqual([
    ["1", "Title 1", 2, 2],
    ["2", "Title 2", 1, 0],
    ["3", "Sold 3", 0, 2],
  ]);
  expect(await of("variant")).toEqual([
    ["10", "Title 1, Red", 2, 2],
    ["20", null, 1, 0],
    ["30", null, 0, 2],
  ]);
  expect(await of("vendor")).toEqual([
    ["Acme", "Acme", 2, 2],
    ["none", "none", 0, 2],
  ]);
  expect(await of("type")).toEqual([
    ["Mugs", "Mugs", 2, 2],
    ["none", "none", 1, 2],
  ]);
  expect(await of("collection")).toEqual([
    ["70", "Shelf 70", 2, 2],
    ["71", "Shelf 71", 2, 2],
    ["none", null, 1, 2],
  ]);
});

test("only the sessions asked for count, and their orders and carts", async ({ db }) => {
  const trade = await openTrade(db);
  const email = { channel: "email" };
  const sessionId = await trade.visit("2026-06-02T10:00:00Z", { ...email, views: [1], orders: 1 });
  await trade.visit("2026-06-02T10:00:00Z", { views: [1] });
  await trade.order("2026-06-02T10:00:00Z", [{ product: 1 }], { sessionId });
  await trade.order("2026-06-02T10:00:00Z", [{ product: 1 }]);
  await trade.cart("2026-06-02T10:00:00Z", email);
  await trade.cart("2026-06-02T10:00:00Z");

  const [row] = await ask(db, trade.asks(`${JUNE}&channel=email`, NOW));

  expect(row).toMatchObject({
    viewedSessions: 1,
    viewedAndBought: 1,
    orders: 1,
    abandonedCarts: 1,
  });
});

test("where a tenth was sampled, counts stand for all and intervals for what was seen", async ({
  db,
}) => {
  const trade = await openTrade(db);
  for (const adds of [[1], [], [], []])
    await trade.visit("2026-06-02T10:00:00Z", { views: [1], adds, sampleRate: 0.1 });

  const [row] = await ask(db, trade.asks(JUNE, NOW));

  expect(row).toMatchObject({ viewedSessions: 40, addedSessions: 10, addRate: 0.25 });
  expect(row?.addRateLow).toBeCloseTo(0.0456, 4); // of 1 of 4
  expect(row?.addRateHigh).toBeCloseTo(0.6994, 4);
});

test("a product lies in a cart if more was put in than taken out, never less than nothing", async ({
  db,
}) => {
  const trade = await openTrade(db);
  const change = (minute: number, product: number, quantity: number, variant?: number) => ({
    ...{ minute, product, quantity, ...(variant ? { variant } : {}) },
  });
  await trade.cart("2026-06-02T10:00:00Z", {
    changes: [
      ...[change(0, 1, 1), change(1, 2, 1), change(2, 2, -1)],
      // More is taken out than was seen put in: what comes next lies there.
      ...[change(3, 3, -5), change(4, 3, 1)],
      ...[change(5, 4, 1, 41), change(6, 4, 2, 42)],
    ],
  });
  await trade.cart("2026-06-02T10:00:00Z", { converted: 1 });
  await trade.cart("2026-06-02T10:00:00Z", { itemCount: 0, abandoned: null });
  await trade.cart("2026-07-15T11:30:00Z"); // open for half an hour more, and of July

  const rows = await ask(db, trade.asks("from=2026-06-01&to=2026-07-15", NOW), {
    sort: "abandoned",
  });

  const lying = rows.filter(({ abandonedCarts }) => abandonedCarts > 0);
  expect(lying.map(({ of, abandonedCarts }) => [of, abandonedCarts])).toEqual([
    ["1", 1],
    ["3", 1],
    ["4", 1],
  ]);
});

test("what was viewed but never bought is told apart, page by page", async ({ db }) => {
  const trade = await openTrade(db);
  await trade.visit("2026-06-02T10:00:00Z", { views: [1, 2, 3, 4] });
  await trade.visit("2026-06-02T11:00:00Z", { views: [3] });
  await trade.order("2026-06-02T10:00:00Z", [{ product: 2 }]);
  const asked = { by: "product", sort: "viewed", only: "unbought", limit: 2 } as const;

  const first = await products(db, trade.asks(JUNE, NOW), asked);
  const second = await products(db, trade.asks(JUNE, NOW), { ...asked, cursor: first.next ?? "" });

  expect(first.rows.map(({ of }) => of)).toEqual(["3", "1"]);
  expect(second.rows.map(({ of }) => of)).toEqual(["4"]);
  expect(second.next).toBeNull();
  await expect(
    products(db, trade.asks(JUNE, NOW), { ...asked, cursor: "WyJ4IiwieSJd" }),
  ).rejects.toThrow("cursor must come from the page before");
});
