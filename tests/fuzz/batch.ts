import type { Chance } from "../../dev/chance";

/** Any JSON, free to be changed anywhere. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const money = { amount: 19.9, currencyCode: "EUR" };
const variant = {
  id: "8100000000001",
  title: "M",
  sku: "NW-1",
  price: money,
  product: { id: "7100000000001", title: "Jersey", vendor: "Northwind", type: "Jerseys" },
};
const checkout = {
  token: "c1",
  currencyCode: "EUR",
  order: { id: "1001" },
  totalPrice: money,
  shippingLine: { price: money },
  lineItems: [{ quantity: 1, variant, finalLinePrice: money }],
  localization: { country: { isoCode: "DE" }, language: { isoCode: "de" } },
};

/** One event of each shape that the door knows. */
const SHAPES: [Json, ...Json[]] = [
  { name: "page_viewed", data: {} },
  { name: "product_viewed", data: { productVariant: variant } },
  { name: "search_submitted", data: { searchResult: { query: "wool", productIds: ["1"] } } },
  { name: "cart_viewed", data: { cart: { id: "c", totalQuantity: 1, lines: [] } } },
  { name: "checkout_completed", data: { checkout } },
  { name: "pixelnova:size_guide_opened", data: { productId: 1, step: 2, note: "x", on: true } },
];

/** A batch that the door takes, made anew so that it may be spoiled. */
export function validBatch(luck: Chance, key: string, events = luck.between(1, 3)): Json {
  const now = new Date().toISOString();
  return {
    key,
    sentAt: now,
    events: Array.from({ length: events }, () => ({
      id: `fuzz-${luck.uuid()}`,
      clientId: luck.uuid(),
      timestamp: now,
      seq: 1,
      customerId: "42",
      consent: { analytics: true, marketing: false, preferences: false, saleOfData: false },
      context: {
        path: "/products/jersey",
        campaign: { utm_source: "newsletter" },
        title: "Jersey",
        referrer: "https://mail.example/",
        userAgent: "Mozilla/5.0",
        language: "de-DE",
        screen: [1920, 1080],
        viewport: [1440, 900],
      },
      ...(structuredClone(luck.pick(SHAPES)) as { [key: string]: Json }),
    })),
  };
}
