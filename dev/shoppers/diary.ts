import type { StandardData } from "../../app/events/vocabulary";
import { ONLY, type Product, type Variant } from "../store/catalog/model";
import { toAmount } from "../store/catalog/money";
import type { Shop } from "../store/catalog/shops";
import type { Order } from "../store/commerce/model";
import type { Cart, CartLine } from "./person";
import type { Shelf } from "./shelf";

/** The `data` of events as the pixel sends it: the fields of Shopify's payloads that it keeps.
 * dev:api/web-pixels-api/standard-events */
type Data = StandardData;
type Line = NonNullable<Data["product_added_to_cart"]["cartLine"]>;
type Currency = Pick<Shop, "currency">;

const money = (minor: number, { currency }: Currency) => ({
  amount: toAmount(minor),
  currencyCode: currency,
});

export function variantData(shop: Currency, product: Product, variant: Variant) {
  const { id, title, vendor, type } = product;
  return {
    ...{ id: String(variant.id), title: variant.title, sku: variant.sku },
    price: money(variant.priceMinor, shop),
    product: { id: String(id), title, vendor, type },
  };
}

/** What of a cart the shop still sells, with today's prices. */
export const sellable = (shelf: Shelf, lines: readonly CartLine[]) =>
  lines.flatMap(({ productId, variantId, quantity }) => {
    const product = shelf.product(productId);
    const variant = product?.variants.find(({ id }) => id === variantId);
    return product && variant ? [{ product, variant, quantity }] : [];
  });
type Sellable = ReturnType<typeof sellable>[number];

export const lineData = (shop: Currency, { product, variant, quantity }: Sellable): Line => ({
  quantity,
  merchandise: variantData(shop, product, variant),
  cost: { totalAmount: money(variant.priceMinor * quantity, shop) },
});

export function cartData(shop: Currency, cart: Cart, shelf: Shelf): Data["cart_viewed"] {
  const lines = sellable(shelf, cart.lines);
  const total = lines.reduce(
    (sum, { variant, quantity }) => sum + variant.priceMinor * quantity,
    0,
  );
  return {
    cart: {
      id: cart.token,
      totalQuantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      cost: { totalAmount: money(total, shop) },
      lines: lines.map((line) => lineData(shop, line)),
    },
  };
}

/** The checkout of what is, or would be, an order.
 * @param placed whether it has been: only then it has an order's id */
export function checkoutData(shop: Shop, order: Order, shelf: Shelf, placed: boolean) {
  const amount = (minor: number) => money(minor, shop);
  const checkout: Data["checkout_completed"]["checkout"] = {
    token: order.checkoutToken,
    currencyCode: shop.currency,
    order: placed ? { id: String(order.id) } : null,
    subtotalPrice: amount(order.subtotalMinor),
    totalPrice: amount(order.totalMinor),
    totalTax: amount(order.taxMinor),
    discountsAmount: amount(order.totalDiscountMinor),
    shippingLine: { price: amount(order.shippingMinor) },
    lineItems: order.lines.map((line) => ({
      quantity: line.quantity,
      variant: {
        ...{ id: String(line.variantId), title: line.variantTitle ?? ONLY, sku: line.sku },
        price: amount(line.priceMinor),
        product: {
          ...{ id: String(line.productId), title: line.title, vendor: line.vendor },
          type: shelf.product(line.productId)?.type ?? null,
        },
      },
      finalLinePrice: amount(line.priceMinor * line.quantity - line.discountMinor),
    })),
    localization: {
      country: { isoCode: order.countryCode },
      language: { isoCode: shop.locale },
    },
  };
  return { checkout };
}
