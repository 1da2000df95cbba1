import { createHash } from "node:crypto";
import { z } from "zod";
import type { Columns } from "~/platform/columns";
import { toMinor } from "~/platform/money";
import { PRODUCT_STATUSES, type ProductStatus } from "./statuses";

/** A product as it waits to be merged: a row of `staged_products`. Ids are digits, money is in minor units
 * of the shop's currency. */
export type ProductRow = {
  productId: string;
  handle: string;
  title: string;
  vendor: string;
  productType: string;
  status: ProductStatus;
  tags: string[];
  description: string;
  imageUrl: string | null;
  imageAlt: string | null;
  isGiftCard: boolean;
  publishedAt: Date | null;
  onlineStoreUrl: string | null;
  createdAt: Date;
  updatedAt: Date;
  variantCount: number;
  minPriceMinor: number;
  maxPriceMinor: number;
  isAvailable: boolean;
  totalInventory: number | null;
  contentHash: string;
};

/** A variant as it waits with its product. */
export type VariantRow = {
  variantId: string;
  productId: string;
  title: string;
  sku: string | null;
  barcode: string | null;
  position: number;
  options: { name: string; value: string }[];
  priceMinor: number;
  compareAtMinor: number | null;
  isAvailable: boolean;
  inventoryQuantity: number | null;
  inventoryPolicy: string;
  inventoryItemId: string | null;
  isTracked: boolean;
};

export type ListedProduct = { product: ProductRow; variants: VariantRow[] };

export const PRODUCT_COLUMNS: Columns<ProductRow> = {
  ...{ productId: "bigint", handle: "text", title: "text", vendor: "text", productType: "text" },
  ...{ status: "text", tags: "jsonb", description: "text", imageUrl: "text", imageAlt: "text" },
  ...{ isGiftCard: "boolean", publishedAt: "timestamptz", onlineStoreUrl: "text" },
  ...{ createdAt: "timestamptz", updatedAt: "timestamptz", variantCount: "int" },
  ...{ minPriceMinor: "bigint", maxPriceMinor: "bigint", isAvailable: "boolean" },
  ...{ totalInventory: "bigint", contentHash: "text" },
};

export const VARIANT_COLUMNS: Columns<VariantRow> = {
  ...{ variantId: "bigint", productId: "bigint", title: "text", sku: "text", barcode: "text" },
  ...{ position: "int", options: "jsonb", priceMinor: "bigint", compareAtMinor: "bigint" },
  ...{ isAvailable: "boolean", inventoryQuantity: "bigint", inventoryPolicy: "text" },
  ...{ inventoryItemId: "bigint", isTracked: "boolean" },
};

/** The digits at the end of Shopify's `gid://shopify/Product/123`. */
export const gidDigits = z
  .string()
  .regex(/^gid:\/\/shopify\/\w+\/\d{1,18}\b/, "want a global id of Shopify's")
  .transform((gid) => /\d+/.exec(gid)?.[0] ?? "");
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const amount = z.string().regex(/^\d{1,12}(\.\d{1,3})?$/, "want a decimal amount");
/** What PostgreSQL's text cannot hold is left out; nobody sees it. */
const words = z.string().transform((text) => text.replaceAll("\0", ""));
const quantity = z.number().int();

/** A variant as the Admin API answers to `VARIANT_FIELDS`. */
export const AdminVariant = z.object({
  id: gidDigits,
  title: words,
  sku: words.nullable(),
  barcode: words.nullable(),
  position: z.number().int(),
  price: amount,
  compareAtPrice: amount.nullable(),
  availableForSale: z.boolean(),
  inventoryQuantity: quantity.nullable(),
  inventoryPolicy: z.string(),
  selectedOptions: z.array(z.object({ name: words, value: words })),
  inventoryItem: z.object({ id: gidDigits, tracked: z.boolean() }).nullable(),
});
export type AdminVariant = z.output<typeof AdminVariant>;

/** A product as the Admin API answers to `PRODUCT_FIELDS`, without its variants. */
export const AdminProduct = z.object({
  id: gidDigits,
  handle: words,
  title: words,
  vendor: words,
  productType: words,
  status: z.enum(PRODUCT_STATUSES),
  tags: z.array(words),
  description: words,
  isGiftCard: z.boolean(),
  createdAt: moment,
  updatedAt: moment,
  publishedAt: moment.nullable(),
  onlineStoreUrl: z.string().nullable(),
  featuredMedia: z
    .object({
      alt: words.nullable(),
      preview: z.object({ image: z.object({ url: z.string() }).nullable() }).nullable(),
    })
    .nullable(),
});
export type AdminProduct = z.output<typeof AdminProduct>;

/** Puts together what Shopify told of a product.
 * @param currency the shop's
 * @throws {RangeError} it has no variant: Shopify's have, so a part of the answer is missing */
export function toListed(
  told: AdminProduct,
  { variants: toldVariants, currency }: { variants: readonly AdminVariant[]; currency: string },
): ListedProduct {
  if (toldVariants.length === 0) throw new RangeError(`product ${told.id} came without a variant`);
  const variants = toldVariants
    .map((variant) => toVariantRow(told.id, variant, currency))
    .toSorted((one, other) => one.position - other.position || order(one, other));
  const prices = variants.map(({ priceMinor }) => priceMinor);
  const counted = variants.filter(({ isTracked }) => isTracked);
  const { id, featuredMedia, ...rest } = told;
  const product = {
    ...{ ...rest, productId: id, variantCount: variants.length },
    ...{
      imageUrl: featuredMedia?.preview?.image?.url ?? null,
      imageAlt: featuredMedia?.alt ?? null,
    },
    ...{ minPriceMinor: Math.min(...prices), maxPriceMinor: Math.max(...prices) },
    isAvailable: variants.some(({ isAvailable }) => isAvailable),
    totalInventory:
      counted.length > 0
        ? counted.reduce((sum, { inventoryQuantity }) => sum + (inventoryQuantity ?? 0), 0)
        : null,
  };
  return { product: { ...product, contentHash: hashOf([product, variants]) }, variants };
}

const order = (one: VariantRow, other: VariantRow) =>
  one.variantId.length - other.variantId.length || (one.variantId < other.variantId ? -1 : 1);

const toVariantRow = (productId: string, told: AdminVariant, currency: string): VariantRow => {
  const minor = (price: string) => toMinor(Number(price), currency).amountMinor;
  return {
    ...{ variantId: told.id, productId, title: told.title, position: told.position },
    ...{ sku: told.sku || null, barcode: told.barcode || null, options: told.selectedOptions },
    priceMinor: minor(told.price),
    compareAtMinor: told.compareAtPrice === null ? null : minor(told.compareAtPrice),
    isAvailable: told.availableForSale,
    inventoryQuantity: told.inventoryItem?.tracked ? told.inventoryQuantity : null,
    ...{ inventoryPolicy: told.inventoryPolicy, inventoryItemId: told.inventoryItem?.id ?? null },
    isTracked: told.inventoryItem?.tracked ?? false,
  };
};

const hashOf = (content: unknown): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 22);
