import type { Chance } from "../../dev/chance";
import { STANDARD_EVENT_NAMES, type StandardEventName } from "~/events/vocabulary";
import { CUSTOM_EXAMPLES } from "../events/custom-examples";
import type { Json } from "./batch";

/** Sound documents of every kind that tells the app something, made anew so that they may be spoiled. */

const price = { amount: 19.9, currencyCode: "EUR" };
const product = { id: "7100000000001", title: "Jersey", vendor: "Northwind", type: "Jerseys" };
const variant = { id: "8100000000001", title: "M", sku: "NW-1", price, product };
const cartLine = { merchandise: variant, quantity: 1, cost: { totalAmount: price } };
const checkout = {
  ...{ token: "c1", currencyCode: "EUR", order: { id: "1001" }, totalPrice: price },
  ...{ subtotalPrice: price, totalTax: price, discountsAmount: price, shippingLine: { price } },
  lineItems: [{ quantity: 1, variant, finalLinePrice: price }],
  localization: { country: { isoCode: "DE" }, language: { isoCode: "de" } },
};
const cart = { id: "c", totalQuantity: 1, cost: { totalAmount: price }, lines: [cartLine] };
const words = { type: "a", appId: "b", appName: "c", appVersion: "1", apiVersion: "2" };

const STANDARD: Record<StandardEventName, Json> = {
  page_viewed: {},
  product_viewed: { productVariant: variant },
  collection_viewed: { collection: { id: "1", title: "All", productIds: ["7", "8"] } },
  search_submitted: { searchResult: { query: "wool", productIds: ["7100000000001", "2"] } },
  product_added_to_cart: { cartLine },
  product_removed_from_cart: { cartLine },
  cart_viewed: { cart },
  checkout_started: { checkout },
  checkout_contact_info_submitted: { checkout },
  checkout_address_info_submitted: { checkout },
  checkout_shipping_info_submitted: { checkout },
  payment_info_submitted: { checkout },
  checkout_completed: { checkout },
  alert_displayed: { alert: { type: "INPUT_INVALID", target: "cart.quantity" } },
  ui_extension_errored: { error: { ...words, extensionName: "n", extensionTarget: "t" } },
};
const FREE = { productId: 1, step: 2, note: "x", on: true };
const DATA: [string, Json][] = [
  ...STANDARD_EVENT_NAMES.map((name): [string, Json] => [name, STANDARD[name]]),
  ...Object.entries(CUSTOM_EXAMPLES),
  ["pixelnova:size_guide_opened", FREE],
];

const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const context = {
  ...{ path: "/de/products/jersey", campaign: { utm_source: "newsletter", gclid: "g" } },
  ...{ title: "Jersey", referrer: "https://mail.example/", userAgent: agent, language: "de-DE" },
  ...{ screen: [1920, 1080], viewport: [1440, 900] },
};

/** Few browsers, customers and checkouts, so that what is told meets. */
const someone = (luck: Chance) => `browser-${luck.between(1, 12)}`;

/** Any event, at a time of the six hours before. */
export function someEvent(luck: Chance, until: string): Json {
  const [name, data] = DATA[luck.between(0, DATA.length - 1)] ?? ["page_viewed", {}];
  return structuredClone<Json>({
    ...{ name, data, context, id: `fuzz-${luck.uuid()}`, clientId: someone(luck) },
    timestamp: new Date(Date.parse(until) - luck.between(0, 360) * 60_000).toISOString(),
    ...{ seq: 1, customerId: luck.happens(0.1) ? String(luck.between(1, 9)) : null },
    ...{
      sampleRate: 1,
      consent: { analytics: true, marketing: false, preferences: false, saleOfData: false },
    },
  });
}

/** An event as a line of an import. */
export const eventLine = (luck: Chance, until: string): Json => ({
  type: "event",
  ...(someEvent(luck, until) as { [field: string]: Json }),
});

const set = {
  shop_money: { amount: "19.90", currency_code: "EUR" },
  presentment_money: { amount: "19.90" },
};
const line = {
  id: 5,
  product_id: 71,
  variant_id: 81,
  title: "Mug",
  sku: "M",
  vendor: "N",
  quantity: 2,
};
const refund = (at: string) => ({
  ...{ id: 6, created_at: at },
  refund_line_items: [{ line_item_id: 5, quantity: 1, subtotal_set: set }],
  order_adjustments: [{ amount_set: set }],
  transactions: [{ amount: "19.90", currency: "EUR", kind: "refund", status: "success" }],
});

const number = (luck: Chance) => luck.between(900, 930);

/** The body of `orders/updated`. */
export const orderBody = (luck: Chance, at: string): Json => ({
  ...{ id: number(luck), name: "#1", created_at: at, updated_at: at, cancelled_at: at },
  ...{ cancel_reason: "customer", test: false, customer: { id: luck.between(1, 9) } },
  ...{ checkout_token: "c1", cart_token: "c", currency: "EUR", total_price_set: set },
  ...{ subtotal_price_set: set, total_discounts_set: set, total_tax_set: set },
  ...{ total_shipping_price_set: set, discount_codes: [{ code: "TEN" }] },
  line_items: [{ ...line, price_set: set, discount_allocations: [{ amount_set: set }] }],
  refunds: [refund(at)],
});

/** The body of `refunds/create`. */
export const refundBody = (luck: Chance, at: string): Json => ({
  ...refund(at),
  order_id: number(luck),
});

/** The body of `customers/update`. */
export const customerBody = (luck: Chance, at: string): Json => ({
  ...{ id: luck.between(1, 9), created_at: at, updated_at: at, state: "enabled" },
});

const decimal = "19.90";

/** An order as a line of an import. */
export const orderLine = (luck: Chance, at: string): Json => ({
  ...{ type: "order", id: String(number(luck)), name: "#1", createdAt: at, updatedAt: at },
  ...{ cancelledAt: null, cancelReason: "CUSTOMER", test: false, customerId: "7" },
  ...{ checkoutToken: "c1", cartToken: "c", currencyCode: "EUR", totalPrice: decimal },
  ...{ subtotalPrice: 19.9, totalDiscounts: 0, totalTax: 0, totalShippingPrice: 0 },
  discountCodes: ["TEN"],
  lineItems: [
    {
      ...{ id: "5", productId: "71", variantId: "81", title: "Mug", sku: "M", vendor: "N" },
      ...{ quantity: 2, price: decimal, totalDiscount: 1 },
    },
  ],
  refunds: [
    {
      ...{ id: "6", createdAt: at, totalRefunded: decimal },
      lineItems: [{ lineItemId: "5", quantity: 1, subtotal: decimal }],
    },
  ],
});

const global = (kind: string, id: number) => `gid://shopify/${kind}/${id}`;
const shopMoney = { shopMoney: { amount: decimal } };

/** An order as a bulk operation answers it, its items put into it. */
export const bulkOrder = (luck: Chance, at: string): Json => ({
  ...{ id: global("Order", number(luck)), name: "#1", createdAt: at, updatedAt: at },
  ...{ cancelledAt: null, cancelReason: null, test: false, cartToken: "c", checkoutToken: "c1" },
  ...{ currencyCode: "EUR", discountCodes: ["TEN"], customer: { id: global("Customer", 7) } },
  ...{ totalPriceSet: shopMoney, subtotalPriceSet: shopMoney, totalDiscountsSet: shopMoney },
  ...{ totalTaxSet: shopMoney, totalShippingPriceSet: shopMoney },
  refunds: [{ id: global("Refund", 6), createdAt: at, totalRefundedSet: shopMoney }],
  lineItems: [
    {
      ...{ id: global("LineItem", 5), title: "Mug", sku: "M", vendor: "N", quantity: 2 },
      ...{ originalUnitPriceSet: shopMoney, originalTotalSet: shopMoney },
      discountedTotalSet: shopMoney,
      ...{ product: { id: global("Product", 71) }, variant: { id: global("ProductVariant", 81) } },
    },
  ],
});
