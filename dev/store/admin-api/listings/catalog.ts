import {
  isAvailable,
  isListed,
  type Collection,
  type Product,
  type Variant,
} from "../../catalog/model";
import type { CatalogIndex } from "../catalog-index";
import type { Listing } from "../lists/connection";
import { keyword, number, text, time } from "../lists/search";
import type { Nodes } from "../scope";

const sumOf = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0);
const prices = ({ variants }: Product) => variants.map(({ priceMinor }) => priceMinor / 100);

/** What is in stock of a product, of the variants that are tracked. */
export const totalInventory = ({ variants }: Product): number =>
  sumOf(
    variants.filter(({ tracked }) => tracked).map(({ inventoryQuantity }) => inventoryQuantity),
  );

/** dev:api/admin-graphql/2026-07/queries/products */
export const productListing = (nodes: Nodes, index: CatalogIndex): Listing<Product> => ({
  id: ({ id }) => id,
  node: nodes.product,
  filters: {
    default: text(({ title, vendor, type, tags, variants }) => [
      ...[title, vendor, type, ...tags],
      ...variants.map(({ sku }) => sku),
    ]),
    id: number(({ id }) => id),
    handle: keyword(({ handle }) => handle),
    title: text(({ title }) => title),
    vendor: keyword(({ vendor }) => vendor),
    product_type: keyword(({ type }) => type),
    tag: keyword(({ tags }) => tags),
    status: keyword(({ status }) => status),
    published_status: keyword((product) => (isListed(product) ? "published" : "unpublished")),
    created_at: time(({ createdAt }) => createdAt),
    updated_at: time(({ updatedAt }) => updatedAt),
    published_at: time(({ publishedAt }) => publishedAt),
    sku: keyword(({ variants }) => variants.map(({ sku }) => sku)),
    barcode: keyword(({ variants }) => variants.map(({ barcode }) => barcode)),
    price: number(prices),
    inventory_total: number(totalInventory),
    out_of_stock_somewhere: keyword(({ variants }) => !variants.every(isAvailable)),
    collection_id: number(({ id }) => index.collectionsOf(id).map((each) => each.id)),
  },
  sortKeys: {
    ID: ({ id }) => id,
    TITLE: ({ title }) => title.toLowerCase(),
    VENDOR: ({ vendor }) => vendor.toLowerCase(),
    PRODUCT_TYPE: ({ type }) => type.toLowerCase(),
    CREATED_AT: ({ createdAt }) => createdAt,
    UPDATED_AT: ({ updatedAt }) => updatedAt,
    PUBLISHED_AT: ({ publishedAt }) => publishedAt,
    INVENTORY_TOTAL: totalInventory,
  },
});

/** Products of one collection; its own order needs no key. */
export const collectedProductListing = (nodes: Nodes): Listing<Product> => ({
  id: ({ id }) => id,
  node: nodes.product,
  sortKeys: {
    COLLECTION_DEFAULT: "as listed",
    MANUAL: "as listed",
    ID: ({ id }) => id,
    TITLE: ({ title }) => title.toLowerCase(),
    PRICE: (product) => Math.min(...prices(product)),
    CREATED: ({ createdAt }) => createdAt,
  },
});

/** dev:api/admin-graphql/2026-07/queries/productVariants */
export const variantListing = (nodes: Nodes, index: CatalogIndex): Listing<Variant> => {
  const productOf = (variant: Variant) => index.productOf.get(variant);
  return {
    id: ({ id }) => id,
    node: nodes.variant,
    filters: {
      default: text((variant) => [variant.title, variant.sku, productOf(variant)?.title ?? null]),
      id: number(({ id }) => id),
      title: text(({ title }) => title),
      sku: keyword(({ sku }) => sku),
      barcode: keyword(({ barcode }) => barcode),
      product_id: number((variant) => productOf(variant)?.id ?? null),
      product_type: keyword((variant) => productOf(variant)?.type ?? null),
      product_status: keyword((variant) => productOf(variant)?.status ?? null),
      vendor: keyword((variant) => productOf(variant)?.vendor ?? null),
      inventory_quantity: number(({ inventoryQuantity }) => inventoryQuantity),
      updated_at: time((variant) => productOf(variant)?.updatedAt ?? null),
    },
    sortKeys: {
      ID: ({ id }) => id,
      SKU: ({ sku }) => sku.toLowerCase(),
      TITLE: ({ title }) => title.toLowerCase(),
      POSITION: ({ position }) => position,
      INVENTORY_QUANTITY: ({ inventoryQuantity }) => inventoryQuantity,
    },
  };
};

/** dev:api/admin-graphql/2026-07/queries/inventoryItems */
export const inventoryItemListing = (nodes: Nodes, index: CatalogIndex): Listing<Variant> => ({
  id: ({ inventoryItemId }) => inventoryItemId,
  node: nodes.inventoryItem,
  filters: {
    id: number(({ inventoryItemId }) => inventoryItemId),
    sku: keyword(({ sku }) => sku),
    updated_at: time((variant) => index.productOf.get(variant)?.updatedAt ?? null),
  },
});

/** dev:api/admin-graphql/2026-07/queries/collections */
export const collectionListing = (nodes: Nodes): Listing<Collection> => ({
  id: ({ id }) => id,
  node: nodes.collection,
  filters: {
    default: text(({ title }) => title),
    id: number(({ id }) => id),
    handle: keyword(({ handle }) => handle),
    title: text(({ title }) => title),
    updated_at: time(({ updatedAt }) => updatedAt),
    product_id: number(({ productIds }) => productIds),
  },
  sortKeys: {
    ID: ({ id }) => id,
    TITLE: ({ title }) => title.toLowerCase(),
    UPDATED_AT: ({ updatedAt }) => updatedAt,
  },
});
