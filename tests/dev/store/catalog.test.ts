import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  assortmentOf,
  duplicateGroups,
  generateProducts,
} from "../../../dev/store/catalog/assortment";
import { gtin13 } from "../../../dev/store/catalog/gtin";
import { SHOPS } from "../../../dev/store/catalog/shops";
import { catalogAt, catalogChanges } from "../../../dev/store/catalog/timeline";

const [OUTDOOR, TEA] = SHOPS.map(({ domain }) => domain) as [string, string];
const NOVEMBER = new Date("2026-11-21T12:00:00Z");
const DAY = 86_400_000;

describe("the catalogue", () => {
  test("is as large and as varied as a shop's", () => {
    const { products, collections } = catalogAt(OUTDOOR, NOVEMBER);
    const variants = products.flatMap((product) => product.variants);

    expect(products.length).toBeGreaterThanOrEqual(500);
    expect(new Set(products.map(({ type }) => type)).size).toBeGreaterThanOrEqual(12);
    expect(new Set(products.map(({ vendor }) => vendor)).size).toBeGreaterThanOrEqual(12);
    expect(collections.length).toBeGreaterThanOrEqual(8);
    expect(new Set(products.map(({ status }) => status)).size).toBe(4);
    expect(variants.some(({ compareAtMinor }) => compareAtMinor !== null)).toBe(true);
    expect(variants.some(({ inventoryQuantity }) => inventoryQuantity === 0)).toBe(true);
    expect(variants.some(({ inventoryPolicy }) => inventoryPolicy === "CONTINUE")).toBe(true);
    expect(variants.some(({ tracked }) => !tracked)).toBe(true);
    expect(catalogAt(TEA, NOVEMBER).products.length).toBeGreaterThan(100);
  });

  test("names everything once", () => {
    for (const shop of [OUTDOOR, TEA]) {
      const { products } = assortmentOf(shop);
      const variants = products.flatMap((product) => product.variants);
      for (const names of [
        products.map(({ id }) => id),
        products.map(({ handle }) => handle),
        variants.map(({ id }) => id),
        variants.map(({ sku }) => sku),
        variants.map(({ inventoryItemId }) => inventoryItemId),
      ])
        expect(new Set<number | string>(names).size).toBe(names.length);
    }
  });

  test("is the same one for ever", () => {
    const digest = createHash("sha256")
      .update(JSON.stringify(assortmentOf(TEA)))
      .digest("hex");

    // Ids, prices and SKUs are in truths that were written down: a change here changes every world.
    expect(digest.slice(0, 16)).toMatchInlineSnapshot(`"af5d070d289c7fdf"`);
  });

  test("can be made larger", () => {
    const products = generateProducts(OUTDOOR, 2_000);

    expect(new Set(products.map(({ handle }) => handle)).size).toBe(2_000);
  });
});

describe("time", () => {
  const moments = fc
    .integer({ min: 0, max: 5 * 365 })
    .map((days) => new Date(Date.UTC(2025, 0, 10) + days * DAY));

  test("never puts a price above what it is compared with, nor stock below nothing", () => {
    fc.assert(
      fc.property(moments, (at) => {
        for (const { variants } of catalogAt(OUTDOOR, at).products)
          for (const { priceMinor, compareAtMinor, inventoryQuantity } of variants) {
            expect(priceMinor).toBeGreaterThan(0);
            if (compareAtMinor !== null) expect(compareAtMinor).toBeGreaterThan(priceMinor);
            expect(inventoryQuantity).toBeGreaterThanOrEqual(0);
          }
      }),
      { numRuns: 15 },
    );
  });

  test("changes a product exactly when it says so", () => {
    fc.assert(
      fc.property(moments, (from) => {
        const to = new Date(from.getTime() + 3 * DAY);
        const changed = new Set(catalogChanges(TEA, from, to).map(({ productId }) => productId));
        const before = new Map(catalogAt(TEA, from).products.map((each) => [each.id, each]));
        for (const product of catalogAt(TEA, to).products) {
          const same = JSON.stringify(before.get(product.id)) === JSON.stringify(product);
          if (!changed.has(product.id)) expect(same, product.title).toBe(true);
          else expect(product.updatedAt > (before.get(product.id)?.updatedAt ?? "")).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("brings new arrivals, sales that end, and shelves that are filled again", () => {
    const kinds = catalogChanges(OUTDOOR, new Date(NOVEMBER.getTime() - 90 * DAY), NOVEMBER);

    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(["price", "stock", "created"]));
    const early = catalogAt(OUTDOOR, new Date("2025-02-01T12:00:00Z")).products.length;
    expect(catalogAt(OUTDOOR, NOVEMBER).products.length).toBeGreaterThan(early + 20);
  });
});

describe("near-duplicates", () => {
  test("are the same kind of product under several vendors, and in the other shop", () => {
    const groups = duplicateGroups();
    const abroad = groups.filter(
      ({ listings }) => new Set(listings.map(({ shop }) => shop)).size > 1,
    );

    expect(groups.length).toBeGreaterThanOrEqual(60);
    expect(abroad.length).toBe(25);
    for (const { listings } of groups) {
      const products = listings.map(({ shop, productId }) =>
        assortmentOf(shop).products.find(({ id }) => id === productId),
      );
      expect(new Set(products.map((product) => product?.type)).size).toBe(1);
      expect(new Set(products.map((product) => product?.title)).size).toBeGreaterThan(1);
    }
  });
});

test("a barcode ends with GS1's check digit", () => {
  expect(gtin13("400638133393")).toBe("4006381333931");
  expect(gtin13("978030640615")).toBe("9780306406157");
  expect(() => gtin13("12")).toThrow("want 12 digits");
});
