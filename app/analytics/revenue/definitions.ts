import type { Metric, Report } from "../report";

const VOID = "Test orders and cancelled ones, with their refunds.";
const ORDERS_TABLE = "orders";

const money = (name: string) => ({ name, kind: "money", unit: "minor units of currency" }) as const;
const count = (name: string, unit: string) => ({ name, kind: "count", unit }) as const;

/** What verified orders brought. An order counts when it was placed, a refund when it was paid back.
 * Always: gross − discounts − refunds = net. */
export const REVENUE_METRICS = {
  orders: {
    ...count("Orders", "orders"),
    meaning: "Orders that were placed in the period.",
    formula: "number of orders",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
  grossMinor: {
    ...money("Gross"),
    meaning:
      "What the orders of the period would have cost without discounts, with their tax and shipping.",
    formula: "sum of (total + discounts)",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
  discountMinor: {
    ...money("Discounts"),
    meaning: "What was taken off the orders of the period.",
    formula: "sum of discounts",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
  refundMinor: {
    ...money("Refunds"),
    meaning: "What was paid back in the period, of orders of any day.",
    formula: "sum of refunds, each on its own day",
    ...{ leavesOut: VOID, source: "refunds, orders" },
  },
  netMinor: {
    ...money("Net"),
    meaning:
      "What was left of the period's orders after discounts and after what was paid back in it; below 0 where more was paid back than taken.",
    formula: "gross − discounts − refunds",
    ...{ leavesOut: VOID, source: "orders, refunds" },
  },
  taxMinor: {
    ...money("Tax"),
    meaning: "Tax in the totals of the period's orders; gross and net contain it.",
    formula: "sum of tax",
    leavesOut: `${VOID} Tax that refunds gave back.`,
    source: ORDERS_TABLE,
  },
  shippingMinor: {
    ...money("Shipping"),
    meaning: "What shipping cost in the period's orders; gross and net contain it.",
    formula: "sum of shipping",
    leavesOut: `${VOID} Shipping that refunds gave back.`,
    source: ORDERS_TABLE,
  },
  units: {
    ...count("Units", "units"),
    meaning: "Pieces in the orders of the period, also those that came back later.",
    formula: "sum of quantities",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
  averageOrderMinor: {
    ...{ ...money("Average order value"), isNullable: true },
    meaning: "What was to be paid for an order of the period, in the mean, before refunds.",
    formula: "(gross − discounts) ÷ orders",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
  unitsPerOrder: {
    ...{ name: "Units per order", kind: "number", unit: "units", isNullable: true },
    meaning: "Pieces in an order of the period, in the mean.",
    formula: "units ÷ orders",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
} as const satisfies Record<string, Metric>;

/** Revenue as a whole, by step of time, or by what tells orders apart. */
export const REVENUE = {
  path: "revenue",
  title: "Revenue",
  meaning: "What verified orders brought: gross − discounts − refunds = net.",
  columns: {
    of: {
      ...{ name: "Of", kind: "text" },
      meaning:
        "all; the moment at which a step of time begins; what the sessions have in common that the orders were placed in, unseen where the pixel saw none; or new for a customer's first order, returning for a later one, unknown where the order names no customer.",
    },
    ...REVENUE_METRICS,
  },
} as const satisfies Report;

const OF_ITEMS = "Test orders and cancelled ones. Shipping, and tax that is not in the prices.";
const ITEMS = "order_items, orders, products";

/** What was sold of each kind. Refunds say which pieces came back, not on which day each was worth what:
 * here they count with the order that the pieces were in. */
export const REVENUE_BY_TYPE = {
  path: "revenue/by-type",
  title: "Revenue by product type",
  meaning:
    "What the items of the period's orders brought, by product type or vendor: items − discounts − returned = net.",
  columns: {
    of: {
      ...{ name: "Of", kind: "text" },
      meaning:
        "The product type as the catalogue has it now, or the vendor at the sale; none where it is not known.",
    },
    orders: {
      ...count("Orders with any", "orders"),
      meaning: "Orders of the period with at least one such item.",
      formula: "number of different orders",
      ...{ leavesOut: "Test orders and cancelled ones.", source: ITEMS },
    },
    units: {
      ...count("Units", "units"),
      meaning: "Pieces sold, also those that came back later.",
      formula: "sum of quantities",
      ...{ leavesOut: "Test orders and cancelled ones.", source: ITEMS },
    },
    grossMinor: {
      ...money("Items"),
      meaning: "What the pieces cost before discounts.",
      formula: "sum of price × quantity",
      ...{ leavesOut: OF_ITEMS, source: ITEMS },
    },
    discountMinor: {
      ...money("Item discounts"),
      meaning: "What was taken off them, with their part of discounts on the whole order.",
      formula: "sum of the lines' discounts",
      ...{ leavesOut: OF_ITEMS, source: ITEMS },
    },
    returnedMinor: {
      ...money("Returned"),
      meaning:
        "What the pieces that came back until now had cost after discounts; of orders of the period, on whatever day they came back.",
      formula: "sum of (items − discounts) × returned ÷ sold pieces of each line",
      ...{ leavesOut: OF_ITEMS, source: ITEMS },
    },
    netMinor: {
      ...money("Net of items"),
      meaning: "What is left of the items after discounts and returns.",
      formula: "items − discounts − returned",
      ...{ leavesOut: OF_ITEMS, source: ITEMS },
    },
    netShare: {
      ...{ name: "Share of net", kind: "share", unit: "share of net", isNullable: true },
      meaning: "The part of the net of all items; unknown where that is not above 0.",
      formula: "net ÷ net of all items",
      ...{ leavesOut: OF_ITEMS, source: ITEMS },
    },
  },
} as const satisfies Report;

/** Refunds one by one, the newest first: each with the order that it was of. */
export const REFUNDS = {
  path: "revenue/refunds",
  title: "Refunds",
  meaning: "What was paid back in the period, each refund with its order.",
  columns: {
    refundedAt: { name: "Paid back", kind: "moment", meaning: "When it was paid back." },
    refundId: { name: "Refund", kind: "text", meaning: "Shopify's id of the refund." },
    orderId: { name: "Order id", kind: "text", meaning: "Shopify's id of its order." },
    orderName: {
      ...{ name: "Order", kind: "text", isNullable: true },
      meaning: "The order's name, such as #1001.",
    },
    placedAt: { name: "Order placed", kind: "moment", meaning: "When its order was placed." },
    refundMinor: {
      ...money("Paid back of it"),
      meaning: "What this refund paid back.",
      formula: "the refund's total",
      ...{ leavesOut: VOID, source: "refunds, orders" },
    },
    orderMinor: {
      ...money("Order total"),
      meaning: "What was to be paid for its order, after discounts.",
      formula: "the order's total",
      ...{ leavesOut: VOID, source: ORDERS_TABLE },
    },
    units: {
      ...count("Units returned", "units"),
      meaning: "Pieces that came back with it; 0 where only money was paid back.",
      formula: "sum of the refund's quantities",
      ...{ leavesOut: VOID, source: "refunds" },
    },
  },
} as const satisfies Report;
