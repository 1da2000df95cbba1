import { describe, expect } from "vitest";
import { alertsOf } from "~/catalog/alerts/feed.server";
import type { AdminProduct, AdminVariant } from "~/catalog/product";
import type { Database } from "~/platform/db.server";
import { HOUR } from "~/platform/time";
import { test } from "../../database";
import { minutes, shop } from "../../factories";
import { adminVariant, listed, merge } from "../listed";

/** Shopify tells of the mug at a minute after noon: of its variant, and of itself. */
const tell = (
  db: Database,
  shopId: number,
  {
    at,
    ...about
  }: { at: number; variant?: Partial<AdminVariant>; product?: Partial<AdminProduct> },
) => {
  const product = { updatedAt: minutes(at), ...about.product };
  return merge(db, shopId, [listed(product, [adminVariant(about.variant)])], {
    asOf: minutes(at),
  });
};

/** A shop whose catalogue, one mug of 19.90, was read whole at noon. */
async function withMug(db: Database): Promise<number> {
  const { id } = await shop(db);
  await merge(db, id, [listed()], { source: "sync", asked: "all" });
  return id;
}

const all = async (db: Database, shopId: number) =>
  (await alertsOf(db, shopId, { after: null, limit: 100, kind: null })).alerts;
const kinds = async (db: Database, shopId: number) =>
  (await all(db, shopId)).map(({ kind }) => kind).reverse();

test("reading a shop's catalogue for the first time announces nothing", async ({ db }) => {
  const shopId = await withMug(db);

  expect(await all(db, shopId)).toEqual([]);
});

test("what a webhook told before the catalogue was read is no news either", async ({ db }) => {
  const { id: shopId } = await shop(db);
  await tell(db, shopId, { at: -2 });
  await tell(db, shopId, { at: -1, variant: { price: "9.90" } });
  await merge(db, shopId, [listed()], { source: "sync", asked: "all" });

  expect(await all(db, shopId)).toEqual([]);
});

test("a lower price is announced once, with the price before, whoever tells of it", async ({
  db,
}) => {
  const shopId = await withMug(db);
  await tell(db, shopId, { at: 1, variant: { price: "14.90" } });
  await tell(db, shopId, { at: 1, variant: { price: "14.90" } });
  await tell(db, shopId, { at: 2, variant: { price: "14.90" }, product: { title: "Big mug" } });

  expect(await all(db, shopId)).toMatchObject([
    {
      ...{ kind: "price_drop", productId: "7", variantId: "70", productTitle: "Big mug" },
      ...{ priceMinor: 1490, previousPriceMinor: 1990, happenedAt: minutes(1) },
    },
  ]);
});

test("stock that runs low, out and in again is told at each turn", async ({ db }) => {
  const shopId = await withMug(db);
  await tell(db, shopId, { at: 1, variant: { inventoryQuantity: 5 } });
  await tell(db, shopId, { at: 2, variant: { inventoryQuantity: 0, availableForSale: false } });
  await tell(db, shopId, { at: 3, variant: { inventoryQuantity: 8 } });

  expect(await all(db, shopId)).toMatchObject([
    { kind: "back_in_stock", inventoryQuantity: 8 },
    { kind: "low_stock", inventoryQuantity: 5 },
  ]);
});

test("stock that goes to and fro is told once", async ({ db }) => {
  const shopId = await withMug(db);
  for (let at = 1; at <= 20; at++)
    await tell(db, shopId, { at, variant: { availableForSale: at % 2 === 0 } });

  expect(await kinds(db, shopId)).toEqual(["back_in_stock"]);
});

test.for([
  ["low_stock", { inventoryQuantity: 5 }, { inventoryQuantity: 12 }],
  ["price_drop", { price: "14.90" }, { price: "19.90" }],
] as const)("what goes to and fro within a day is one %s", async ([kind, low, high], { db }) => {
  const shopId = await withMug(db);
  for (let at = 1; at <= 6; at++) await tell(db, shopId, { at, variant: at % 2 ? low : high });
  expect(await kinds(db, shopId)).toEqual([kind]);

  await tell(db, shopId, { at: 25 * 60, variant: low });

  expect(await kinds(db, shopId)).toEqual([kind, kind]);
});

describe("a new arrival", () => {
  const cup = { id: "8", handle: "cup", title: "Cup" };
  const tellOfCup = (db: Database, shopId: number, at: number, about: Partial<AdminProduct>) =>
    merge(
      db,
      shopId,
      [listed({ ...cup, updatedAt: minutes(at), ...about }, [adminVariant({ id: "80" })])],
      { asOf: minutes(at) },
    );

  test("is a product that shoppers can see for the first time, and no second time", async ({
    db,
  }) => {
    const shopId = await withMug(db);
    await tellOfCup(db, shopId, 1, { status: "DRAFT" });
    await tellOfCup(db, shopId, 2, { publishedAt: null });
    await tellOfCup(db, shopId, 2.5, { publishedAt: new Date(Date.now() + HOUR) });
    expect(await all(db, shopId)).toEqual([]);
    await tellOfCup(db, shopId, 3, {});
    await tellOfCup(db, shopId, 4, { status: "ARCHIVED" });
    await tellOfCup(db, shopId, 5, {});

    expect(await all(db, shopId)).toMatchObject([
      { kind: "new_arrival", productId: "8", variantId: null, priceMinor: 1990 },
    ]);
  });

  test("is found by a sync as well", async ({ db }) => {
    const shopId = await withMug(db);
    const cups = listed({ ...cup }, [adminVariant({ id: "80" })]);
    await merge(db, shopId, [listed(), cups], { asOf: minutes(1), source: "sync", asked: "all" });

    expect(await kinds(db, shopId)).toEqual(["new_arrival"]);
  });

  test("has not become cheaper, whatever its price was while nobody could see it", async ({
    db,
  }) => {
    const shopId = await withMug(db);
    await tellOfCup(db, shopId, 1, { status: "DRAFT" });
    const cheaper = [adminVariant({ id: "80", price: "1.00" })];
    await merge(db, shopId, [listed({ ...cup, updatedAt: minutes(2) }, cheaper)], {
      asOf: minutes(2),
    });

    expect(await kinds(db, shopId)).toEqual(["new_arrival"]);
  });
});

test.for([
  { status: "DRAFT" },
  { status: "UNLISTED" },
  { status: "ARCHIVED" },
  { publishedAt: null },
])("what becomes cheaper while it is %o is not told", async (product, { db }) => {
  const shopId = await withMug(db);
  await tell(db, shopId, {
    ...{ at: 1, variant: { price: "1.00" } },
    product: product as Partial<AdminProduct>,
  });

  expect(await all(db, shopId)).toEqual([]);
});

test("a page of the feed ends where the next begins, and a kind can be asked for alone", async ({
  db,
}) => {
  const shopId = await withMug(db);
  await tell(db, shopId, { at: 1, variant: { price: "15.00", inventoryQuantity: 2 } });
  await tell(db, shopId, { at: 2, variant: { price: "14.00", inventoryQuantity: 2 } });

  const first = await alertsOf(db, shopId, { after: null, limit: 2, kind: null });
  const second = await alertsOf(db, shopId, { after: first.next, limit: 2, kind: null });
  const drops = await alertsOf(db, shopId, { after: null, limit: 2, kind: "price_drop" });

  expect(first.alerts.map(({ priceMinor }) => priceMinor)).toEqual([1400, 1500]);
  expect(second.alerts).toHaveLength(1);
  expect(second.next).toBeNull();
  expect(new Set(drops.alerts.map(({ kind }) => kind))).toEqual(new Set(["price_drop"]));
  expect(drops.next).toBeNull();
});

test("another shop's alerts are not told", async ({ db }) => {
  const [one, other] = [await withMug(db), await withMug(db)];
  await tell(db, one, { at: 1, variant: { price: "1.00" } });

  expect(await all(db, other)).toEqual([]);
  expect(await kinds(db, one)).toEqual(["price_drop"]);
});

test("a sale on many variants is announced wholly, where statistics are of few", async ({ db }) => {
  const { id: shopId } = await shop(db);
  await db.$executeRaw`analyze`;
  const shelves = (price: string, at: number) =>
    Array.from({ length: 125 }, (_, shelf) =>
      listed(
        { id: String(shelf + 1), updatedAt: minutes(at) },
        Array.from({ length: 100 }, (_, nth) =>
          adminVariant({ id: String(1_000 + shelf * 100 + nth), price, position: nth + 1 }),
        ),
      ),
    );
  await merge(db, shopId, shelves("20.00", 0), { asked: "all" });
  await merge(db, shopId, shelves("15.00", 1), { asOf: minutes(1), asked: "all" });

  expect(await db.alert.count({ where: { shopId, kind: "price_drop" } })).toBe(12_500);
});
