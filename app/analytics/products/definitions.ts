import type { Metric, Report } from "../report";

const BOTS = "Sessions of bots.";
const UNNAMED = "Test orders, cancelled ones, and lines that name no product of the shop.";

const count = (unit: string) => ({ kind: "count", unit }) as const;
const share = { kind: "share", unit: "share of sessions", isNullable: true } as const;
const money = { kind: "money", unit: "minor units of the shop's currency" } as const;
const VIEWS = { leavesOut: BOTS, source: "product_views, sessions" } as const;
const ADDS = { leavesOut: BOTS, source: "cart_actions, sessions" } as const;
const BOUGHT = {
  leavesOut: "Sessions of bots; test orders, cancelled ones, and orders of a later session.",
  source: "product_views, sessions, orders, order_items",
} as const;
const SOLD = { leavesOut: UNNAMED, source: "orders, order_items" } as const;
const GIVEN_BACK = {
  leavesOut: `${UNNAMED} Money that was given back for no line, such as shipping.`,
  source: "refund_items, order_items, orders",
} as const;

/** What is counted of products. What shoppers did counts in the period in which their session started,
 * an order on the day it was placed, a refund on its own day. */
export const PRODUCT_METRICS = {
  viewedSessions: {
    ...{ name: "Sessions that viewed", ...count("sessions"), ...VIEWS },
    meaning: "Sessions that opened its page.",
    formula: "number of sessions with a view, each as 1 / sample rate",
  },
  views: {
    ...{ name: "Views", ...count("views"), ...VIEWS },
    meaning: "How often those sessions opened its page.",
    formula: "number of views, each as 1 / sample rate",
  },
  addedSessions: {
    ...{ name: "Sessions that added", ...count("sessions"), ...ADDS },
    meaning: "Sessions that put it into a cart, whether or not they opened its page.",
    formula: "number of sessions with an addition, each as 1 / sample rate",
  },
  viewedAndAdded: {
    ...{ name: "Viewed and added", ...count("sessions"), leavesOut: BOTS },
    meaning: "Sessions that opened its page and put it into a cart.",
    formula: "number of sessions with a view and an addition, each as 1 / sample rate",
    source: "product_views, cart_actions, sessions",
  },
  addRate: {
    ...{ name: "Add-to-cart rate", ...share, leavesOut: BOTS },
    meaning: "Of the sessions that opened its page, the share that put it into a cart.",
    formula: "viewed and added ÷ sessions that viewed",
    source: "product_views, cart_actions, sessions",
  },
  addRateLow: {
    ...{ name: "Add-to-cart rate, at least", ...share, leavesOut: BOTS },
    meaning: "The add-to-cart rate is hardly lower than this: few sessions prove little.",
    formula: "lower end of the 95 % Wilson interval of the add-to-cart rate",
    source: "product_views, cart_actions, sessions",
  },
  addRateHigh: {
    ...{ name: "Add-to-cart rate, at most", ...share, leavesOut: BOTS },
    meaning: "The add-to-cart rate is hardly higher than this.",
    formula: "upper end of the 95 % Wilson interval of the add-to-cart rate",
    source: "product_views, cart_actions, sessions",
  },
  viewedAndBought: {
    ...{ name: "Viewed and bought", ...count("sessions"), ...BOUGHT },
    meaning: "Sessions that opened its page and from which an order with it came.",
    formula: "number of sessions with a view and an order of it, each as 1 / sample rate",
  },
  purchaseRate: {
    ...{ name: "Purchase rate", ...share, ...BOUGHT },
    meaning: "Of the sessions that opened its page, the share from which an order with it came.",
    formula: "viewed and bought ÷ sessions that viewed",
  },
  purchaseRateLow: {
    ...{ name: "Purchase rate, at least", ...share, ...BOUGHT },
    meaning:
      "The purchase rate is hardly lower than this: 1 of 1 proves less than 40 of 100, so rankings go by it.",
    formula: "lower end of the 95 % Wilson interval of the purchase rate",
  },
  purchaseRateHigh: {
    ...{ name: "Purchase rate, at most", ...share, ...BOUGHT },
    meaning: "The purchase rate is hardly higher than this.",
    formula: "upper end of the 95 % Wilson interval of the purchase rate",
  },
  orders: {
    ...{ name: "Orders with it", ...count("orders"), ...SOLD },
    meaning: "Orders placed in the period that have it, from any session or none.",
    formula: "number of different orders with a line of it",
  },
  units: {
    ...{ name: "Units sold", ...count("pieces"), ...SOLD },
    meaning: "Pieces sold with those orders, those that came back included.",
    formula: "sum of quantities",
  },
  grossMinor: {
    ...{ name: "Gross revenue", ...money, ...SOLD },
    meaning: "What those pieces cost before discounts, without shipping.",
    formula: "sum of price × pieces",
  },
  discountMinor: {
    ...{ name: "Item discounts", ...money, ...SOLD },
    meaning: "What was taken off those lines.",
    formula: "sum of the lines' discounts",
  },
  refundedUnits: {
    ...{ name: "Refunded units", ...count("pieces"), ...GIVEN_BACK },
    meaning: "Pieces that came back in the period, whenever they were sold.",
    formula: "sum of the refunded lines' pieces, on the day of the refund",
  },
  refundedMinor: {
    ...{ name: "Item refunds", ...money, ...GIVEN_BACK },
    meaning: "What was given back for those pieces, before tax.",
    formula: "sum of the refunded lines' money, on the day of the refund",
  },
  netMinor: {
    ...{ name: "Net revenue", ...money, ...GIVEN_BACK },
    meaning: "What sales in the period brought, less what was given back in it.",
    formula: "gross revenue − discounts − refunds",
  },
  abandonedCarts: {
    ...{ name: "Abandoned in carts", ...count("carts") },
    meaning: "Carts begun in the period that lie abandoned now with it in them.",
    formula: "number of abandoned carts that hold it, each as 1 / sample rate",
    leavesOut: "Carts of bots; open, emptied and ordered ones.",
    source: "carts, cart_actions",
  },
} as const satisfies Record<string, Metric>;

export const PRODUCTS = {
  path: "products",
  title: "Products",
  meaning:
    "What shoppers looked at, put into carts, bought, sent back and left lying, with how sure the rates are.",
  columns: {
    of: {
      ...{ name: "Of", kind: "text" },
      meaning:
        "Shopify's id of the product, variant or collection; the vendor's or type's name; none where there is none; all; or the moment at which a step of time begins.",
    },
    title: {
      ...{ name: "Title", kind: "text", isNullable: true },
      meaning:
        "As the catalogue has it, else as it was last sold; unknown of what was only looked at.",
    },
    productId: {
      ...{ name: "Product", kind: "text", isNullable: true },
      meaning: "Shopify's id of the product in the catalogue, where the row is of one.",
    },
    ...PRODUCT_METRICS,
  },
} as const satisfies Report;

/** What rows can be of. A product in several collections counts in each. */
export const PRODUCT_GROUPS = {
  product: "Product",
  variant: "Variant",
  vendor: "Vendor",
  type: "Type",
  collection: "Collection",
} as const;
export type ProductGroup = keyof typeof PRODUCT_GROUPS;

/** What products can be ranked by, the highest first; of rates the lower end, so that 1 of 1 does not lead. */
export const PRODUCT_SORTS = {
  viewed: { label: "Most viewed", field: "viewedSessions" },
  converting: { label: "Converting best", field: "purchaseRateLow" },
  adding: { label: "Put into carts most readily", field: "addRateLow" },
  net: { label: "Net revenue", field: "netMinor" },
  units: { label: "Units sold", field: "units" },
  abandoned: { label: "Abandoned most", field: "abandonedCarts" },
  refunded: { label: "Refunded most", field: "refundedUnits" },
} as const satisfies Record<string, { label: string; field: keyof typeof PRODUCT_METRICS }>;
export type ProductSort = keyof typeof PRODUCT_SORTS;
