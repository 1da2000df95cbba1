import fc from "fast-check";
import { describe, expect } from "vitest";
import { SORTS, parseWish } from "~/catalog/listing";
import { countProducts, listProducts, type Asked } from "~/catalog/listing.server";
import { listingChoices } from "~/catalog/choices.server";
import type { Database } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { HOUR } from "~/platform/time";
import { test } from "../database";
import { minutes, NOON, shop } from "../factories";
import { adminVariant, listed, merge } from "./listed";

const asked = (address = "", about: Partial<Asked> = {}): Asked => ({
  ...parseWish(new URLSearchParams(address)),
  ...{ visibility: "merchants", limit: 50, now: minutes(10) },
  ...about,
});

const variant = (id: string, about: Parameters<typeof adminVariant>[0] = {}) =>
  adminVariant({ id, sku: `SKU-${id}`, barcode: null, ...about });
const mug = listed({ id: "1", title: "Blue-glazed Mug", handle: "blue-mug" }, [
  variant("10", { sku: "MUG_1-BL", barcode: "4006381333931", price: "19.90" }),
]);
const kettle = listed(
  { id: "2", title: "Kettle", handle: "kettle", vendor: "Steamworks", productType: "Kettles" },
  [
    variant("20", { price: "59.00", compareAtPrice: "79.00", availableForSale: false }),
    variant("21", { price: "49.00" }),
  ],
);
const draft = listed({ id: "3", title: "Äpfel/Birnen", handle: "fruit", status: "DRAFT" }, [
  variant("30", { price: "1.00", availableForSale: false, inventoryQuantity: -2 }),
]);

/** A shop with three products, beside one with the same. */
async function withThree(db: Database): Promise<number> {
  const [{ id: shopId }, { id: other }] = [await shop(db), await shop(db)];
  await merge(db, shopId, [mug, kettle, draft]);
  await merge(db, other, [mug, kettle, draft]);
  return shopId;
}

const ids = async (db: Database, shopId: number, address: string, about: Partial<Asked> = {}) =>
  (await listProducts(db, shopId, asked(address, about))).products.map(
    ({ productId }) => productId,
  );

describe("a search", () => {
  test.for([
    ["mug", ["1"]],
    ["GLAZ blu", ["1"]],
    ["blue-glazed", ["1"]],
    ["steam", ["2"]],
    ["birn", ["3"]],
    ["äpf", ["3"]],
    ["fruit", ["3"]],
    ["mug_1-b", ["1"]],
    ["400638", ["1"]],
    ["sku-2", ["2"]],
    ["ug", []],
    ["mugX1", []],
    ["%", []],
    ["& | !", []],
    ["#1", []],
    ["1", []],
  ] as const)("for %s finds what begins so", async ([search, found], { db }) => {
    const shopId = await withThree(db);

    const address = new URLSearchParams({ q: search, sort: "title" }).toString();

    expect((await ids(db, shopId, address)).toSorted()).toEqual(found);
  });
});

describe("filters", () => {
  test.for([
    ["status=draft", ["3"]],
    ["vendor=Steamworks", ["2"]],
    ["type=Kettles", ["2"]],
    ["availability=available", ["1", "2"]],
    ["availability=unavailable", ["3"]],
    ["reduced=1", ["2"]],
    ["stale=1", []],
    ["collection=5", ["2"]],
    ["collection=5&q=mug", []],
    ["vendor=Hearth&status=active", ["1"]],
  ] as const)("%s", async ([address, found], { db }) => {
    const shopId = await withThree(db);
    await db.collection.create({
      data: {
        ...{ shopId, collectionId: 5, handle: "hot", title: "Hot", updatedAt: NOON, asOf: NOON },
        products: { create: { productId: 2, position: 0 } },
      },
    });

    expect((await ids(db, shopId, `${address}&sort=title`)).toSorted()).toEqual(found);
    expect(await countProducts(db, shopId, asked(address))).toBe(found.length);
    expect((await listingChoices(db, shopId)).vendors).toEqual(["Hearth", "Steamworks"]);
  });

  test("what has not been confirmed for the shop's hours is stale", async ({ db }) => {
    const shopId = await withThree(db);
    const now = minutes(25 * 60);
    expect(await ids(db, shopId, "stale=1", { now })).toHaveLength(3);

    await db.catalogState.create({ data: { shopId, confirmedAt: minutes(24 * 60) } });
    expect(await ids(db, shopId, "stale=1", { now })).toEqual([]);

    await db.catalogState.update({ where: { shopId }, data: { staleHours: 1 } });
    expect(await ids(db, shopId, "stale=1", { now: minutes(25 * 60 + 1) })).toHaveLength(3);
  });

  test("shoppers see what is active and published, and nothing that is gone", async ({ db }) => {
    const shopId = await withThree(db);
    await merge(
      db,
      shopId,
      [
        listed({ id: "4", status: "UNLISTED" }, [variant("40")]),
        listed({ id: "5", status: "ARCHIVED" }, [variant("50")]),
        listed({ id: "6", publishedAt: null }, [variant("60")]),
        listed({ id: "7", publishedAt: new Date(Date.now() + HOUR) }, [variant("70")]),
      ],
      { asOf: minutes(1), asked: ["1", "4", "5", "6", "7"] },
    );

    expect(await ids(db, shopId, "", { visibility: "shoppers" })).toEqual(["2"]);
    expect(await ids(db, shopId, "")).toEqual(["7", "6", "5", "4", "3", "2"]);
  });

  test.for(["status=sold", "sort=random", "collection=x", "availability=maybe"])(
    "%s is refused",
    (address) => {
      expect(() => parseWish(new URLSearchParams(address))).toThrow(InvalidInput);
    },
  );
});

describe("pages", () => {
  test("in any order go through every product once", async ({ db }) => {
    const { id: shopId } = await shop(db);
    const about = fc.record({
      price: fc.integer({ min: 1, max: 3 }).map((units) => `${units}.00`),
      title: fc.constantFrom("a", "B", "b", "Ä"),
      stock: fc.constantFrom(-1, 0, 5, null),
      seconds: fc.integer({ min: 0, max: 2 }),
    });
    const [shown = []] = fc.sample(fc.array(about, { minLength: 23, maxLength: 23 }), {
      ...{ numRuns: 1, seed: 7 },
    });
    await merge(
      db,
      shopId,
      shown.map(({ price, title, stock, seconds }, index) =>
        listed(
          { id: String(100 + index), title, updatedAt: new Date(NOON.getTime() + seconds * 1_000) },
          [
            variant(String(1_000 + index), {
              ...{ price, inventoryQuantity: stock },
              inventoryItem: { id: "1", tracked: stock !== null },
            }),
          ],
        ),
      ),
    );

    for (const sort of SORTS) {
      const whole = await ids(db, shopId, `sort=${sort}`);
      const paged: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await listProducts(
          db,
          shopId,
          asked(`sort=${sort}&cursor=${cursor ?? ""}`, { limit: 5 }),
        );
        paged.push(...page.products.map(({ productId }) => productId));
        cursor = page.next;
      } while (cursor !== null);
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe(23);
    }
    const { products } = await listProducts(db, shopId, asked("sort=-price"));
    const prices = products.map(({ minPriceMinor }) => minPriceMinor);
    expect(prices).toEqual(prices.toSorted((one, other) => other - one));
  });

  test("a cursor that is broken, or another order's, is refused", async ({ db }) => {
    const shopId = await withThree(db);
    const { next } = await listProducts(db, shopId, asked("sort=title", { limit: 1 }));
    expect(next).not.toBeNull();

    for (const address of [`sort=price&cursor=${next ?? ""}`, "cursor=abc", "cursor=WyJ0aXRsZSJd"])
      await expect(listProducts(db, shopId, asked(address))).rejects.toThrow(InvalidInput);
  });
});
