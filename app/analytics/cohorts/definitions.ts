import type { Report } from "../report";

/** What people of a cohort have in common besides the time of their first visit or order. */
export const SPLITS = {
  none: "Nothing else",
  channel: "Channel",
  product: "First product",
  device: "Device",
} as const;
export type Split = keyof typeof SPLITS;
export const SPLIT_NAMES = ["none", "channel", "product", "device"] as const satisfies Split[];

export const FIRSTS = { order: "First order", visit: "First visit" } as const;
export type First = keyof typeof FIRSTS;
export const FIRST_NAMES = ["order", "visit"] as const satisfies First[];

export type Asked = { first: First; split: Split };

/** How many groups a split makes; everybody else is in one called other. */
export const MOST_GROUPS = 10;

const LEAVES_OUT =
  "Of visits, those of bots; of orders, test orders, cancelled ones, and those that name no customer. What was before Pixelnova knew the shop.";
const SOURCE = "orders or sessions; order_items and session_products for the first product";
const people = { kind: "count", unit: "customers or visitors" } as const;

const group = {
  name: "Group",
  kind: "text",
  meaning:
    "all; or the channel or the device of the first visit or of the first order's session; or the dearest product of the first order or the first one seen in the first visit. other are those beyond the ten largest, unseen those of orders without a session, none where nothing is known.",
} as const;

/** Who came first at the same time, and how many of them were there again in each week or month since. */
export const COHORTS = {
  path: "cohorts",
  title: "Cohorts",
  meaning:
    "Customers by the week or month of their first order, or visitors by that of their first visit: how many of them ordered, or visited, in each one since, up to the 26th.",
  columns: {
    cohort: {
      ...{ name: "Cohort", kind: "day" },
      meaning: "The first day of the week or month, or of its part in the period.",
    },
    group,
    size: {
      ...{ name: "People", ...people },
      meaning: "Customers or visitors of the cohort.",
      formula: "number of different people, each visitor as 1 / sample rate",
      ...{ leavesOut: LEAVES_OUT, source: SOURCE },
    },
    step: {
      ...{ name: "Weeks or months after", kind: "count" },
      meaning: "How many weeks or months of the calendar after that of the cohort; 0 is its own.",
    },
    returned: {
      ...{ name: "Active", ...people },
      meaning: "People of the cohort with an order, or a visit, in that week or month.",
      formula: "number of different people, each visitor as 1 / sample rate",
      ...{ leavesOut: LEAVES_OUT, source: SOURCE },
    },
    share: {
      ...{ name: "Share active", kind: "share", unit: "share of people" },
      meaning: "The part of the cohort that was active.",
      formula: "active ÷ people",
      ...{ leavesOut: LEAVES_OUT, source: SOURCE },
    },
    isUnfinished: {
      ...{ name: "Unfinished", kind: "flag" },
      meaning: "The week or month is not over: its number can still rise.",
    },
  },
} as const satisfies Report;

/** How many come back so many days, weeks or months after their first time. */
export const RETENTION = {
  path: "retention",
  title: "Retention",
  meaning:
    "Of those whose first order or visit was in the period: the share that ordered, or visited, again on the 1st, 2nd, … day, week or month after it, counted for each by the shop's calendar; up to 30 days, 26 weeks or 24 months.",
  columns: {
    group,
    step: {
      ...{ name: "After", kind: "count" },
      meaning: "How many days, weeks or months after the first one.",
    },
    size: {
      ...{ name: "People", ...people },
      meaning: "Customers or visitors of the group.",
      formula: "number of different people, each visitor as 1 / sample rate",
      ...{ leavesOut: LEAVES_OUT, source: SOURCE },
    },
    observed: {
      ...{ name: "People observed", ...people },
      meaning: "Those for whom that day, week or month is over.",
      formula: "number of people with so much time behind them",
      ...{ leavesOut: LEAVES_OUT, source: SOURCE },
    },
    returned: {
      ...{ name: "Came back", ...people },
      meaning: "Observed people with an order, or a visit, in it.",
      formula: "number of different people, each visitor as 1 / sample rate",
      ...{ leavesOut: LEAVES_OUT, source: SOURCE },
    },
    share: {
      ...{ name: "Retention", kind: "share", unit: "share of observed people" },
      meaning: "The part of the observed people that came back in it.",
      formula: "came back ÷ observed",
      ...{ leavesOut: LEAVES_OUT, source: SOURCE },
    },
    isUnfinished: {
      ...{ name: "Unfinished", kind: "flag" },
      meaning: "It is not over for everybody: who is not observed yet does not count.",
    },
  },
} as const satisfies Report;
