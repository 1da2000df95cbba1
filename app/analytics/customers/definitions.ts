import type { Metric, Report } from "../report";

const VOID = "Test orders and cancelled ones, and orders that name no customer.";
const UNKNOWN = `${VOID} Orders from before those that Pixelnova knows: their customers look new.`;
const ORDERS_TABLE = "orders";
const customers = { kind: "count", unit: "customers" } as const;
const money = { kind: "money", unit: "minor units of currency" } as const;

/** What is counted of the people who ordered. A customer is Shopify's. */
export const CUSTOMER_METRICS = {
  customers: {
    ...{ name: "Customers", ...customers },
    meaning: "Different customers with an order in the period.",
    formula: "number of different customers; new + returning",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
  newCustomers: {
    ...{ name: "New", ...customers },
    meaning: "Customers whose first order of all is in the period.",
    formula: "number of customers of the period without an order before it",
    ...{ leavesOut: UNKNOWN, source: ORDERS_TABLE },
  },
  returningCustomers: {
    ...{ name: "Returning", ...customers },
    meaning: "Customers of the period who had ordered before it.",
    formula: "customers − new",
    ...{ leavesOut: UNKNOWN, source: ORDERS_TABLE },
  },
  repeatRate: {
    ...{ name: "Repeat rate", kind: "share", unit: "share of customers", isNullable: true },
    meaning:
      "Customers of the period whose last order in it was at least their second, whenever the first was.",
    formula: "customers with a second or later order ÷ customers",
    ...{ leavesOut: UNKNOWN, source: ORDERS_TABLE },
  },
  orders: {
    ...{ name: "Orders", kind: "count", unit: "orders" },
    meaning: "Orders of the period that name a customer.",
    formula: "number of orders",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
  ordersPerCustomer: {
    ...{ name: "Orders per customer", kind: "number", unit: "orders", isNullable: true },
    meaning: "How often a customer of the period ordered in it, in the mean.",
    formula: "orders ÷ customers",
    ...{ leavesOut: VOID, source: ORDERS_TABLE },
  },
  medianBetween: {
    ...{ name: "Time between orders", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning:
      "Half of the orders that were not their customer's first came later than this after the one before.",
    formula: "median of (order − the customer's order before), within 2.5 %",
    ...{ leavesOut: `${UNKNOWN} First orders.`, source: ORDERS_TABLE },
  },
} as const satisfies Record<string, Metric>;

export const CUSTOMERS = {
  path: "customers",
  title: "Customers",
  meaning: "Who ordered: new and returning customers, how often and how soon again.",
  columns: {
    of: {
      ...{ name: "Of", kind: "text" },
      meaning: "all, or the moment at which a step of time begins.",
    },
    ...CUSTOMER_METRICS,
  },
} as const satisfies Report;

/** Customers by the month of their first order, and what they brought until so many months later. */
export const LTV = {
  path: "customers/ltv",
  title: "Lifetime value",
  meaning:
    "What customers brought by the month of their first order: with that order alone, and within 1, 2, … months after it, up to 24.",
  columns: {
    cohort: {
      ...{ name: "First order", kind: "day" },
      meaning: "The first day of the month, or of its part in the period, of the first orders.",
    },
    customers: {
      ...{ name: "Customers in it", ...customers },
      meaning: "Customers with their first order then.",
      formula: "number of customers",
      ...{ leavesOut: UNKNOWN, source: ORDERS_TABLE },
    },
    month: {
      ...{ name: "Months after", kind: "count" },
      meaning:
        "How many months after the first order, counted for each customer by the shop's calendar; 0 is that order alone.",
    },
    observed: {
      ...{ name: "Observed", ...customers },
      meaning: "Customers whose first order is at least so many months ago.",
      formula: "number of customers with so many months behind them",
      ...{ leavesOut: UNKNOWN, source: ORDERS_TABLE },
    },
    observedShare: {
      ...{ name: "Observed share", kind: "share", unit: "share of customers" },
      meaning: "The part of the cohort that could be observed for so long.",
      formula: "observed ÷ customers",
      ...{ leavesOut: UNKNOWN, source: ORDERS_TABLE },
    },
    isUnfinished: {
      ...{ name: "Unfinished", kind: "flag" },
      meaning: "Not every customer of the cohort could be observed for so long yet.",
    },
    revenueMinor: {
      ...{ name: "Revenue kept", ...money },
      meaning: "What the observed customers brought until then, less what was paid back of it.",
      formula: "sum of their orders' totals − refunds of these orders, of any day",
      ...{ leavesOut: VOID, source: ORDERS_TABLE },
    },
    revenuePerCustomerMinor: {
      ...{ name: "Revenue per customer", ...money },
      meaning: "The same for one of the observed customers, in the mean.",
      formula: "revenue ÷ observed",
      ...{ leavesOut: VOID, source: ORDERS_TABLE },
    },
  },
} as const satisfies Report;

/** Customers by how long ago their last order was, how many there were, and what they brought. */
export const RFM = {
  path: "customers/rfm",
  title: "Customer groups",
  meaning:
    "All customers at the end of the period, by when they ordered last, how often, and how much (RFM). The first group whose rule holds is theirs.",
  columns: {
    group: { name: "Group", kind: "text", meaning: "What the group is called." },
    rule: { name: "Rule", kind: "text", meaning: "Who is in it." },
    customers: {
      ...{ name: "Customers in it", ...customers },
      meaning: "Customers of the group at the end of the period, or now where it is not over.",
      formula: "number of customers",
      ...{ leavesOut: VOID, source: ORDERS_TABLE },
    },
    customerShare: {
      ...{
        name: "Share of customers",
        kind: "share",
        unit: "share of customers",
        isNullable: true,
      },
      meaning: "The part of all customers.",
      formula: "customers ÷ customers of all groups",
      ...{ leavesOut: VOID, source: ORDERS_TABLE },
    },
    orders: {
      ...{ name: "Orders", kind: "count", unit: "orders" },
      meaning: "Their orders until then.",
      formula: "number of orders",
      ...{ leavesOut: VOID, source: ORDERS_TABLE },
    },
    revenueMinor: {
      ...{ name: "Revenue kept", ...money },
      meaning: "What these orders brought, less what was paid back of them.",
      formula: "sum of their orders' totals − refunds of these orders, of any day",
      ...{ leavesOut: VOID, source: ORDERS_TABLE },
    },
    revenueShare: {
      ...{ name: "Share of revenue", kind: "share", unit: "share of revenue", isNullable: true },
      meaning: "The part of what all customers brought; unknown where that is not above 0.",
      formula: "revenue ÷ revenue of all groups",
      ...{ leavesOut: VOID, source: ORDERS_TABLE },
    },
  },
} as const satisfies Report;
