import { expect } from "vitest";
import { products } from "~/analytics/products/products.server";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import { forgetChanged } from "~/analytics/rollups/keeping.server";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { test } from "../database";
import { collectionOf, productOf, rest } from "./catalogue";
import { keepAll } from "./keeping";
import { openTrade } from "./trade";

const NOW = "2026-11-02T03:10:00Z";
const ADDRESS = "from=2026-10-24&to=2026-11-02&unit=day";

type Trade = Awaited<ReturnType<typeof openTrade>>;

const keep = (db: Database, shopId: number) => keepAll(db, { shopId, timeZone: "UTC" }, NOW);

/** A shop whose only product, of Acme and in a collection, was looked at; all of its past is kept since long. */
async function keptShop(db: Database): Promise<Trade> {
  const trade = await openTrade(db);
  const { shopId } = trade;
  await db.product.create({ data: productOf(shopId, 1n, { vendor: "Acme" }) });
  await db.collection.create({
    data: { ...collectionOf(shopId, 70n), products: { create: { productId: 1n, position: 0 } } },
  });
  await trade.visit("2026-10-30T10:00:00Z", { views: [1], adds: [1] });
  await keep(db, shopId);
  await rest(db, trade.shopId);
  return trade;
}

async function vendorsOf(db: Database, trade: Trade) {
  const asked = { by: "vendor", sort: "viewed", limit: 50 } as const;
  const { rows } = await products(db, trade.asks(ADDRESS, NOW), asked);
  return rows.map((row) => [row.of, row.viewedSessions]);
}

const rename = (db: Database, { shopId }: Trade, vendor: string) =>
  db.product.updateMany({ where: { shopId }, data: { vendor } });

const spansOn = (db: Database, { shopId }: Trade, basis: string) =>
  db.rollupSpan.count({ where: { shopId, basis } });

const changesOf = (db: Database, { shopId }: Trade) =>
  db.rollupChange.findMany({ where: { shopId }, select: { basis: true, hour: true } });

const OF_ALL_HOURS = { basis: "catalogue", hour: null };

test("kept answers are read, and after a change of the catalogue those of facts", async ({
  db,
}) => {
  const trade = await keptShop(db);
  await db.$executeRaw`update catalogue_rollups set viewed = 7 where shop_id = ${trade.shopId}::int`;

  const kept = await vendorsOf(db, trade);
  await rename(db, trade, "Bolt");

  expect(kept).toEqual([["Acme", 7]]);
  expect(await vendorsOf(db, trade)).toEqual([["Bolt", 1]]);
});

test("a change of the catalogue has all that depends on it forgotten, of its shop alone", async ({
  db,
}) => {
  const [trade, other] = [await keptShop(db), await keptShop(db)];
  const facts = await spansOn(db, trade, "facts");
  const others = await spansOn(db, other, "catalogue");
  await rename(db, trade, "Bolt");

  for (const { shopId } of [trade, other]) await forgetChanged(db, { shopId, timeZone: "UTC" });

  expect(await spansOn(db, trade, "catalogue")).toBe(0);
  expect(await spansOn(db, trade, "facts")).toBe(facts);
  expect(await spansOn(db, other, "catalogue")).toBe(others);
  expect(await changesOf(db, trade)).toEqual([]);
  await keep(db, trade.shopId);
  expect(await spansOn(db, trade, "catalogue")).toBe(others);
  expect(await vendorsOf(db, trade)).toEqual([["Bolt", 1]]);
  expect(others).toBeGreaterThan(0);
});

test("what was kept while the catalogue was being changed does not hold", async ({ db }) => {
  const trade = await keptShop(db);
  const { shopId } = trade;
  const days = { where: { shopId, basis: "catalogue", unit: "day" } };
  const { count } = await db.rollupSpan.deleteMany(days);

  const kept = await inTransaction(db.pool, async (sql) => {
    await sql.run("update products set vendor = 'Bolt' where shop_id = $1::int", [shopId]);
    await keep(db, shopId);
    expect(await vendorsOf(db, trade)).toEqual([["Acme", 1]]);
    return db.rollupSpan.count(days);
  });

  expect(count).toBeGreaterThan(0);
  expect(kept).toBe(count);
  expect(await vendorsOf(db, trade)).toEqual([["Bolt", 1]]);
  await rest(db, trade.shopId);
  await keep(db, shopId);
  expect(await vendorsOf(db, trade)).toEqual([["Bolt", 1]]);
  expect(await compareSpans(db, shopId)).toBe(0);
});

test("what was kept only just now by the catalogue is not kept anew at once, nor read", async ({
  db,
}) => {
  const trade = await keptShop(db);
  const { shopId } = trade;
  const first = await db.rollupSpan.findMany({ where: { shopId, basis: "catalogue" } });
  await rename(db, trade, "Bolt");
  await keep(db, shopId);
  await rename(db, trade, "Crown");
  await trade.visit("2026-10-31T10:00:00Z", { views: [1] });

  await keep(db, shopId);

  expect(await changesOf(db, trade)).toEqual([OF_ALL_HOURS]);
  expect(await vendorsOf(db, trade)).toEqual([["Crown", 2]]);
  expect(await spansOn(db, trade, "catalogue")).toBeLessThan(first.length);
  await rest(db, trade.shopId);
  await keep(db, shopId);
  expect(await changesOf(db, trade)).toEqual([]);
  expect(await spansOn(db, trade, "catalogue")).toBe(first.length);
  expect(await vendorsOf(db, trade)).toEqual([["Crown", 2]]);
});

test("a sync that finds everything as it was notes nothing", async ({ db }) => {
  const trade = await keptShop(db);
  const { shopId } = trade;

  await db.$executeRaw`
    insert into products as p
    select * from products where shop_id = ${shopId}::int
    on conflict (shop_id, product_id) do update
    set vendor = excluded.vendor, product_type = excluded.product_type, title = 'Another', as_of = now(),
        deleted_at = now()`;
  await db.$executeRaw`
    insert into collection_products values (${shopId}::int, 70, 1, 5)
    on conflict (shop_id, collection_id, product_id) do update set position = excluded.position`;
  await db.collection.updateMany({ where: { shopId }, data: { title: "Another" } });
  await db.collectionProduct.deleteMany({ where: { shopId, productId: 2n } });
  await db.product.create({ data: productOf(shopId, 2n) });

  expect(await changesOf(db, trade)).toEqual([]);
});

test("each statement that changes what products belong to is noted once for each shop", async ({
  db,
}) => {
  const [trade, other] = [await keptShop(db), await keptShop(db)];
  const { shopId } = trade;
  const noted = async (change: () => Promise<unknown>) => {
    await change();
    const changes = await changesOf(db, trade);
    await db.rollupChange.deleteMany({ where: { shopId } });
    return changes;
  };
  const created = ["Acme", "Bolt"].map((vendor, n) => productOf(shopId, BigInt(n + 2), { vendor }));
  const where = { shopId };
  const place = { shopId, collectionId: 70n, position: 1 };

  const all = [
    await noted(() => db.product.createMany({ data: created })),
    await noted(() => db.product.updateMany({ where, data: { productType: "Mugs" } })),
    await noted(() => db.product.updateMany({ where, data: { vendor: "Crown" } })),
    await noted(() =>
      db.collectionProduct.createMany({
        data: [2n, 3n].map((productId) => ({ ...place, productId })),
      }),
    ),
    await noted(() => db.collection.updateMany({ where, data: { deletedAt: new Date(NOW) } })),
    await noted(() => db.collectionProduct.deleteMany({ where: { shopId, productId: 1n } })),
    await noted(() => db.collection.deleteMany({ where })), // and its places with it
    await noted(() => db.product.deleteMany({ where })),
  ];

  expect(all).toEqual(Array.from({ length: 8 }, () => [OF_ALL_HOURS]));
  expect(await changesOf(db, other)).toEqual([]);
});

test("a shop may go with its catalogue", async ({ db }) => {
  const { shopId } = await keptShop(db);

  await db.shop.delete({ where: { id: shopId } });

  expect(await db.rollupChange.count({ where: { shopId } })).toBe(0);
});
