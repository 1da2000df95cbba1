import { randomUUID } from "node:crypto";
import { inTransaction } from "~/platform/sql.server";
import type { Database } from "~/platform/db.server";
import { mergeProducts, type Merging } from "~/catalog/merge.server";
import { stageProducts } from "~/catalog/stage.server";
import {
  toListed,
  type AdminProduct,
  type AdminVariant,
  type ListedProduct,
} from "~/catalog/product";
import { NOON } from "../factories";

/** A variant as the Admin API tells of it; a test states only what it is about. */
export const adminVariant = (about: Partial<AdminVariant> = {}): AdminVariant => ({
  ...{ id: "70", title: "Default Title", sku: "MUG-1", barcode: null, position: 1 },
  ...{ price: "19.90", compareAtPrice: null, availableForSale: true, inventoryQuantity: 12 },
  ...{ inventoryPolicy: "DENY", selectedOptions: [{ name: "Title", value: "Default Title" }] },
  inventoryItem: { id: "700", tracked: true },
  ...about,
});

export const adminProduct = (about: Partial<AdminProduct> = {}): AdminProduct => ({
  ...{ id: "7", handle: "mug", title: "Mug", vendor: "Hearth", productType: "Mugs" },
  ...{ status: "ACTIVE", tags: ["kitchen"], description: "Holds tea.", isGiftCard: false },
  ...{ createdAt: NOON, updatedAt: NOON, publishedAt: NOON },
  ...{ onlineStoreUrl: "https://shop.example/products/mug", featuredMedia: null },
  ...about,
});

export const listed = (
  about: Partial<AdminProduct> = {},
  variants: AdminVariant[] = [adminVariant()],
): ListedProduct => toListed(adminProduct(about), { variants, currency: "EUR" });

/** Merges products as if Shopify had just told of them. */
export const merge = (
  db: Database,
  shopId: number,
  products: readonly ListedProduct[],
  merging: Partial<Merging> = {},
) =>
  inTransaction(db.pool, async (sql) => {
    const key = { shopId, batch: randomUUID() };
    await stageProducts(sql, key, products);
    const asked = products.map(({ product }) => product.productId);
    return mergeProducts(sql, key, { asOf: NOON, source: "webhook", asked, ...merging });
  });
