import {
  isAvailable,
  isListed,
  ONLY,
  type Product,
  type SelectedOption,
  type Variant,
} from "../../catalog/model";
import { indexOf } from "../catalog-index";
import { gid, toSeconds, toSecondsOrNull } from "../gid";
import { totalInventory } from "../listings/catalog";
import { collectionListing, variantListing } from "../listings/catalog";
import { exactCount, paged } from "../lists/connection";
import { moneyV2, toMoney } from "../money";
import type { Node, ShopScope } from "../scope";
import { metafieldFields } from "./metafields";
import { pictureOf } from "./picture";

/** dev:api/admin-graphql/2026-07/objects/Product */
export function productNode(scope: ShopScope, product: Product): Node {
  const { variants } = product;
  const { platform, shop, nodes } = scope;
  const id = gid("Product", product.id);
  const storefront = platform.addresses.storefronts[shop.domain] ?? "";
  const onlineStoreUrl = `${storefront}/products/${product.handle}`;
  const collections = () => indexOf(scope.catalog).collectionsOf(product.id);
  const index = indexOf(scope.catalog);
  return {
    ...{ __typename: "Product", id, legacyResourceId: String(product.id) },
    ...{ handle: product.handle, title: product.title, vendor: product.vendor },
    ...{ productType: product.type, tags: product.tags, status: product.status, category: null },
    ...textFields(product.description),
    ...{ createdAt: toSeconds(product.createdAt), updatedAt: toSeconds(product.updatedAt) },
    publishedAt: toSecondsOrNull(product.publishedAt),
    onlineStoreUrl: isListed(product) || product.status === "UNLISTED" ? onlineStoreUrl : null,
    onlineStorePreviewUrl: onlineStoreUrl,
    ...{ isGiftCard: false, requiresSellingPlan: false },
    hasOnlyDefaultVariant: variants.length === 1 && variants[0].title === ONLY,
    hasOutOfStockVariants: !variants.every(isAvailable),
    totalInventory: totalInventory(product),
    tracksInventory: variants.some(({ tracked }) => tracked),
    ...{ variantsCount: exactCount(variants.length), mediaCount: exactCount(1) },
    featuredMedia: () => pictureOf(scope, product),
    options: () => product.options.map((option, i) => optionNode(product, option, i)),
    priceRangeV2: () => priceRange(variants, shop.currency),
    variants: paged(() => variants, variantListing(nodes, index)),
    collections: paged(collections, collectionListing(nodes)),
    ...metafieldFields(scope, id),
  };
}

/** dev:api/admin-graphql/2026-07/objects/ProductVariant */
export function variantNode(scope: ShopScope, variant: Variant): Node {
  const product = indexOf(scope.catalog).productOf.get(variant);
  const id = gid("ProductVariant", variant.id);
  const { title, sku, barcode, position, inventoryPolicy, inventoryQuantity } = variant;
  return {
    ...{ __typename: "ProductVariant", id, legacyResourceId: String(variant.id) },
    ...{ title, sku, barcode, position, inventoryPolicy, inventoryQuantity },
    displayName: product ? `${product.title} - ${title}` : title,
    price: toMoney(variant.priceMinor),
    compareAtPrice: variant.compareAtMinor === null ? null : toMoney(variant.compareAtMinor),
    ...{ unitPrice: null, unitPriceMeasurement: null, showUnitPrice: false, taxable: true },
    availableForSale: isAvailable(variant),
    sellableOnlineQuantity: inventoryQuantity,
    selectedOptions: variant.options satisfies SelectedOption[],
    product: () => product && scope.nodes.product(product),
    inventoryItem: () => scope.nodes.inventoryItem(variant),
    createdAt: product && toSeconds(product.createdAt),
    updatedAt: product && toSeconds(product.updatedAt),
    ...metafieldFields(scope, id),
  };
}

/** A text as such and as HTML, cut where asked: the ellipsis counts, as in Ruby on Rails. */
export const textFields = (description: string) => ({
  description: ({ truncateAt }: { truncateAt?: number | null }) =>
    typeof truncateAt === "number" && description.length > truncateAt
      ? `${description.slice(0, Math.max(0, truncateAt - 3))}...`
      : description,
  descriptionHtml:
    description && `<p>${description.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`,
});

const optionNode = (product: Product, option: Product["options"][number], i: number) => ({
  id: gid("ProductOption", product.id + i),
  ...{ name: option.name, values: option.values, position: i + 1 },
});

function priceRange(variants: readonly Variant[], currency: string) {
  const prices = variants.map(({ priceMinor }) => priceMinor);
  return {
    minVariantPrice: moneyV2(Math.min(...prices), currency),
    maxVariantPrice: moneyV2(Math.max(...prices), currency),
  };
}
