/** What the shop's pages hand to pixels, in the shapes that @shopify/web-pixels-extension declares.
 * Ids are numbers as text. What Shopify keeps from apps without a special approval (names, addresses,
 * mail, phone) is null. dev:changelog/protected-customer-data-scopes-required */
import type * as Pixel from "@shopify/web-pixels-extension";
import { toAmount } from "../catalog/money";
import type { Collection, Product, Variant } from "../catalog/model";
import type { Shop } from "../catalog/shops";
import { itemCount, totalMinor, type Cart, type Line } from "./cart";
import type { Customer } from "../commerce/model";

type Currency = Pick<Shop, "currency">;

export const money = ({ currency }: Currency, minor: number) => ({
  amount: toAmount(minor),
  currencyCode: currency,
});

export function variantData(
  shop: Currency,
  product: Product,
  { id, title, sku, priceMinor }: Variant,
): Pixel.ProductVariant {
  return {
    ...{ id: String(id), title, untranslatedTitle: title, sku },
    image: { src: `/images/${product.handle}.svg` },
    price: money(shop, priceMinor),
    product: {
      id: String(product.id),
      title: product.title,
      untranslatedTitle: product.title,
      vendor: product.vendor,
      type: product.type,
      url: `/products/${product.handle}`,
    },
  };
}

/** A product in a list is told by its first variant. */
const firstVariants = (shop: Currency, products: readonly Product[]) =>
  products.map((product) => variantData(shop, product, product.variants[0]));

export const lineData = (
  shop: Currency,
  { product, variant }: Line,
  quantity: number,
): Pixel.CartLine => ({
  merchandise: variantData(shop, product, variant),
  quantity,
  cost: { totalAmount: money(shop, variant.priceMinor * quantity) },
});

export const cartData = (
  shop: Currency,
  { token, attributes }: Cart,
  lines: readonly Line[],
): Pixel.Cart => ({
  id: token,
  lines: lines.map((line) => lineData(shop, line, line.quantity)),
  cost: { totalAmount: money(shop, totalMinor(lines)) },
  totalQuantity: itemCount(lines),
  attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
});

export const collectionData = (
  shop: Currency,
  { id, title }: Collection,
  products: readonly Product[],
): Pixel.Collection => ({
  id: String(id),
  title,
  productVariants: firstVariants(shop, products),
});

export const searchData = (
  shop: Currency,
  query: string,
  found: readonly Product[],
): Pixel.SearchResult => ({ query, productVariants: firstVariants(shop, found) });

export const customerData = ({ id }: Customer, ordersCount: number): Pixel.Customer => ({
  ...{ id: String(id), ordersCount },
  ...{ email: null, firstName: null, lastName: null, phone: null },
});

export const shopData = (shop: Shop, storefrontUrl: string | null): Pixel.Shop => ({
  name: shop.name,
  myshopifyDomain: shop.domain,
  countryCode: shop.countryCode,
  paymentSettings: { currencyCode: shop.currency },
  storefrontUrl,
});
