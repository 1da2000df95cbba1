import { toAmount } from "../catalog/money";
import type { Collection, Product, Variant } from "../catalog/products";
import { connection, type Page } from "./connection";
import type { ShopScope } from "./scope";

type Node = Record<string, unknown>;

const PUBLISHED = "2024-03-01T09:00:00Z";
const STOCK = 40;

/** The catalog: products with their variants and collections, in pages. */
export function productFields(scope: ShopScope) {
  const { products, collections } = scope.shop;
  const nodeOf = (id: string) => {
    const product = products.find((each) => gid("Product", each.id) === id);
    return product ? productNode(scope, product) : null;
  };
  return {
    products: (page: Page) => connection(products, page, (each) => productNode(scope, each)),
    collections: (page: Page) =>
      connection(collections, page, (each) => collectionNode(scope, each)),
    productsCount: { count: products.length, precision: "EXACT" },
    product: ({ id }: { id: string }) => nodeOf(id),
    node: ({ id }: { id: string }) => nodeOf(id),
    nodes: ({ ids }: { ids: string[] }) => ids.map(nodeOf),
  };
}

const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;

function productNode(scope: ShopScope, product: Product): Node {
  const { shop, addresses } = scope;
  const collections = shop.collections.filter(({ products }) => products.includes(product));
  const { id, handle, title, vendor, type, description, variants } = product;
  return {
    ...{ __typename: "Product", id: gid("Product", id), legacyResourceId: String(id) },
    ...{ handle, title, vendor, description, productType: type, tags: [], status: "ACTIVE" },
    descriptionHtml: `<p>${description}</p>`,
    ...{ createdAt: PUBLISHED, updatedAt: PUBLISHED, publishedAt: PUBLISHED },
    onlineStoreUrl: `${addresses.storefronts[shop.domain] ?? ""}/products/${handle}`,
    totalInventory: variants.length * STOCK,
    variants: (page: Page) =>
      connection(variants, page, (each) => variantNode(scope, product, each)),
    collections: (page: Page) =>
      connection(collections, page, (each) => collectionNode(scope, each)),
  };
}

function variantNode(scope: ShopScope, product: Product, variant: Variant): Node {
  const { id, title, sku, priceMinor } = variant;
  return {
    ...{
      __typename: "ProductVariant",
      id: gid("ProductVariant", id),
      legacyResourceId: String(id),
    },
    ...{ title, sku, displayName: `${product.title} - ${title}` },
    ...{ price: toAmount(priceMinor).toFixed(2), compareAtPrice: null },
    position: product.variants.indexOf(variant) + 1,
    ...{ availableForSale: true, inventoryPolicy: "DENY", inventoryQuantity: STOCK },
    product: () => productNode(scope, product),
  };
}

function collectionNode(scope: ShopScope, { id, handle, title, products }: Collection): Node {
  return {
    ...{ __typename: "Collection", id: gid("Collection", id), legacyResourceId: String(id) },
    ...{ handle, title, updatedAt: PUBLISHED },
    products: (page: Page) => connection(products, page, (each) => productNode(scope, each)),
  };
}
