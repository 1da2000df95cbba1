import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { refreshCollection } from "~/catalog/collection-loop.server";
import type { ListedCollection } from "~/catalog/collection";
import { mergeCollections, stageCollections } from "~/catalog/collections.server";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { receiveWebhook } from "~/webhooks.server";
import { minutes, NOON, shop } from "../factories";
import { NORTHWIND, test, webhook } from "../shopify/stand-in";
import { collection, products, staged, storeWith } from "./store";

const listed = (
  collectionId: string,
  productIds: string[],
  about: Partial<ListedCollection["collection"]> = {},
): ListedCollection => ({
  collection: { ...{ collectionId, handle: "tea", title: "Tea", updatedAt: NOON }, ...about },
  productIds,
});

type Told = { found: ListedCollection[]; at: number; asked: readonly string[] | "all" };

/** Merges what was told; all at once are told by a sync, which is then done. */
const merge = (db: Database, shopId: number, { found, at, asked }: Told) =>
  inTransaction(db.pool, async (sql) => {
    const key = { shopId, batch: randomUUID() };
    await stageCollections(sql, key, found);
    const merged = await mergeCollections(sql, key, { asOf: minutes(at), asked });
    if (asked === "all")
      await sql.run(
        `insert into catalog_syncs
           (shop_id, sync_id, reason, status, as_of, started_at, updated_at, finished_at)
         values ($1::int, $2::uuid, 'api', 'done', $3, $3, $3, $3)`,
        [shopId, key.batch, minutes(at)],
      );
    return merged;
  });

/** By collection that is there, its title and the products in it, in order. */
async function mirrored(db: Database, shopId: number) {
  const found = await db.collection.findMany({
    where: { shopId, deletedAt: null },
    include: { products: { orderBy: { position: "asc" } } },
    orderBy: { collectionId: "asc" },
  });
  return found.map(({ collectionId, title, products }) => ({
    ...{ id: String(collectionId), title },
    productIds: products.map(({ productId }) => String(productId)),
  }));
}

describe("collections that are merged", () => {
  test("write nothing when they are as they were", async ({ context: { db } }) => {
    const { id } = await shop(db);
    const found = [listed("1", ["7", "8"]), listed("2", [])];
    await merge(db, id, { found, at: 0, asked: "all" });

    const merged = await merge(db, id, { found, at: 1, asked: "all" });

    expect(merged).toEqual({ collectionsChanged: 0, placesChanged: 0, collectionsDeleted: 0 });
  });

  test("move, drop and add products without writing the others", async ({ context: { db } }) => {
    const { id } = await shop(db);
    await merge(db, id, { found: [listed("1", ["5", "6", "7"])], at: 0, asked: "all" });

    const merged = await merge(db, id, {
      ...{ found: [listed("1", ["5", "7", "9"])], at: 1, asked: ["1"] },
    });

    expect(merged.placesChanged).toBe(3); // 6 leaves, 7 moves, 9 comes
    expect(await mirrored(db, id)).toMatchObject([{ productIds: ["5", "7", "9"] }]);
  });

  test("that a sync saw as they were known are not undone by what was seen before", async ({
    context: { db },
  }) => {
    const { id } = await shop(db);
    for (const at of [0, 3]) await merge(db, id, { found: [listed("1", [])], at, asked: "all" });

    await merge(db, id, { found: [], at: 1, asked: ["1"] });

    expect(await mirrored(db, id)).toMatchObject([{ id: "1" }]);
  });

  test("of another shop are left alone", async ({ context: { db } }) => {
    const [one, other] = [await shop(db), await shop(db)];
    await merge(db, one.id, { found: [listed("1", ["7"])], at: 0, asked: "all" });

    await merge(db, other.id, { found: [], at: 1, asked: "all" });

    expect(await mirrored(db, one.id)).toMatchObject([{ productIds: ["7"] }]);
  });

  const state = fc.array(
    fc.record({
      id: fc.constantFrom("1", "2"),
      title: fc.constantFrom("Tea", "Mugs"),
      productIds: fc.shuffledSubarray(["5", "6", "7"]),
    }),
    { maxLength: 2 },
  );

  test("are what was seen last, in whatever order it came", async ({ context: { db } }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(state, fc.boolean()), { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        async (states, luck) => {
          const { id } = await shop(db);
          const known = [listed("1", []), listed("2", [])];
          await merge(db, id, { found: known, at: -1, asked: "all" });
          const seen = states.map(([found, hasOwnTime], at): Told => {
            const last = [...new Map(found.map((each) => [each.id, each])).values()];
            const updatedAt = minutes(hasOwnTime ? at : 0);
            const told = last.map(({ id, title, productIds }) =>
              listed(id, productIds, { title, updatedAt }),
            );
            return { found: told, at, asked: at % 2 === 0 ? "all" : ["1", "2"] };
          });
          const inOrder = seen.map(({ found }) => found.map((each) => each.collection.updatedAt));
          fc.pre(inOrder.flat().every((time, i, all) => i === 0 || time >= (all[i - 1] ?? time)));
          for (const told of seen.toSorted(() => ((luck.next().value ?? 0) % 2) - 0.5))
            await merge(db, id, told);

          const last = (seen.at(-1)?.found ?? []).map(({ collection, productIds }) => ({
            ...{ id: collection.collectionId, title: collection.title, productIds },
          }));
          expect(await mirrored(db, id)).toEqual(
            last.toSorted((one, other) => Number(one.id) - Number(other.id)),
          );
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
  });
});

describe("a webhook about a collection", () => {
  test("has it asked for again, with all pages of its products", async ({ context, platform }) => {
    const sold = products(300);
    const ids = sold.map(({ id }) => id);
    const store = await storeWith({ context, platform }, { products: sold });
    store.catalog.collections = [collection(1, ids.toReversed())];
    const tell = (topic: string) =>
      receiveWebhook(context, webhook({ topic, domain: NORTHWIND, payload: { id: 1 } }));
    await tell("collections/create");
    await tell("collections/update");

    expect(await refreshCollection(store.world)).toBe(true);
    expect(await refreshCollection(store.world)).toBe(false);

    expect(await mirrored(context.db, store.shopId)).toEqual([
      { id: "1", title: "Collection 1", productIds: ids.toReversed().map(String) },
    ]);
    store.catalog.collections = [];
    await tell("collections/delete");
    await refreshCollection(store.world);
    expect(await mirrored(context.db, store.shopId)).toEqual([]);
    expect(await context.db.collectionProduct.count()).toBe(0);
    expect(await staged(context)).toBe(0);
  });

  test("waits while Shopify cannot be reached", async ({ context, platform, network }) => {
    const store = await storeWith(
      { context, platform },
      { products: [], collections: [collection(1, [])] },
    );
    await context.shopify.adminOf(NORTHWIND);
    const told = { topic: "collections/update", domain: NORTHWIND, payload: { id: 1 } };
    await receiveWebhook(context, webhook(told));
    network.answerWith(() => Promise.reject(new Error("no route to host")));
    await refreshCollection(store.world);
    expect(await context.db.collectionRefresh.findFirst()).toMatchObject({
      ...{ attempts: 1, error: expect.stringContaining("cannot be reached") as string },
    });
    expect(await refreshCollection(store.world)).toBe(false);
    network.answerWith(network.shopify);

    store.later(60_000);
    await refreshCollection(store.world);

    expect(await mirrored(context.db, store.shopId)).toHaveLength(1);
    expect(await context.db.collectionRefresh.count()).toBe(0);
  });
});
