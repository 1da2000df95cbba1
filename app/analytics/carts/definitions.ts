import type { Column, Metric, Report } from "../report";

const count = (unit: string) => ({ kind: "count", unit }) as const;
const rate = (unit: string) => ({ kind: "share", unit, isNullable: true }) as const;
const MINOR = "minor units of the shop's currency";
const money = { kind: "money", unit: MINOR, isNullable: true } as const;
const OF: Column & { kind: "text" } = {
  ...{ name: "Of", kind: "text" },
  meaning:
    "all, the moment at which a step of time begins, or what the sessions in which the carts began have in common.",
};

const CARTS = { leavesOut: "Carts of bots.", source: "carts" } as const;
const DECIDED = {
  leavesOut: "Carts of bots; open ones, whose end is not known yet, and emptied ones.",
  source: "carts",
} as const;

/** What is counted of carts. Each counts in the period in which it began, as it stands now. */
export const CART_METRICS = {
  carts: {
    ...{ name: "Carts", ...count("carts"), ...CARTS },
    meaning: "Carts into which something was put for the first time in the period.",
    formula: "number of carts, each as 1 / sample rate; open + emptied + abandoned + ordered",
  },
  open: {
    ...{ name: "Open", ...count("carts"), ...CARTS },
    meaning: "Carts that may still be ordered: something was done with them not long ago.",
    formula: "carts with pieces whose pause is shorter than the shop's setting",
  },
  emptied: {
    ...{ name: "Emptied", ...count("carts"), ...CARTS },
    meaning: "Carts out of which everything was taken.",
    formula: "carts without pieces and without an order",
  },
  abandoned: {
    ...{ name: "Abandoned", ...count("carts"), ...CARTS },
    meaning: "Carts that have been left alone for as long as the shop's setting says.",
    formula: "carts with pieces whose pause is as long as the shop's setting, or longer",
  },
  converted: {
    ...{ name: "Ordered", ...count("carts"), ...CARTS },
    meaning: "Carts that became an order.",
    formula: "carts whose checkout was completed",
  },
  abandonmentRate: {
    ...{ name: "Abandonment rate", ...rate("share of carts"), ...DECIDED },
    meaning: "Of the carts that were either ordered or left, the share that was left.",
    formula: "abandoned ÷ (abandoned + ordered)",
  },
  wasAbandoned: {
    ...{ name: "Abandoned at some time", ...count("carts"), ...CARTS },
    meaning: "Carts that were abandoned at least once, whatever became of them later.",
    formula: "carts with a pause as long as the shop's setting, or longer",
  },
  recovered: {
    ...{ name: "Recovered", ...count("carts"), ...CARTS },
    meaning: "Carts that somebody came back to after they had been abandoned.",
    formula: "carts with a change after such a pause",
  },
  recoveryRate: {
    ...{ name: "Recovery rate", ...rate("share of carts"), ...CARTS },
    meaning: "Of the carts that were abandoned at some time, the share that somebody came back to.",
    formula: "recovered ÷ abandoned at some time",
  },
  medianToAbandon: {
    ...{ name: "Median time to abandon", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning:
      "Half of the abandoned carts were left longer after they had begun: up to their last change, without the pause.",
    formula:
      "median of (last change − first addition) of the abandoned carts, each as 1 / sample rate, within 2.5 %",
    leavesOut: "Carts of bots, and all that are not abandoned now.",
    source: "carts",
  },
} as const satisfies Record<string, Metric>;

export const CART_ABANDONMENT = {
  path: "cart/abandonment-rate",
  title: "Carts",
  meaning: "What became of the carts that began, and how many were left.",
  columns: { of: OF, ...CART_METRICS },
} as const satisfies Report;

const VALUED = {
  leavesOut:
    "Carts of bots, emptied ones, and those with a line in another currency than the shop's or without a known price, which are counted apart.",
  source: "carts, shops",
} as const;

export const VALUE_METRICS = {
  carts: {
    ...{ name: "Carts with a value", ...count("carts"), ...VALUED },
    meaning: "Carts that began in the period and hold something, by whose value the others go.",
    formula: "number of carts, each as 1 / sample rate",
  },
  meanMinor: {
    ...{ name: "Mean cart value", ...money, ...VALUED },
    meaning: "What a cart is worth in the mean, after its last change.",
    formula: "sum of the values ÷ carts with a value",
  },
  medianMinor: {
    ...{ name: "Median cart value", ...money, ...VALUED },
    meaning: "Half of the carts are worth more.",
    formula: "median of the values, each as 1 / sample rate, within 2.5 %",
  },
  p90Minor: {
    ...{ name: "90 % are worth at most", ...money, ...VALUED },
    meaning: "One cart in ten is worth more.",
    formula: "90th percentile of the values, each as 1 / sample rate, within 2.5 %",
  },
  otherCurrency: {
    ...{ name: "In other currencies", ...count("carts") },
    meaning: "Carts in another currency than the shop's, which no value here has in it.",
    formula: "number of carts with pieces, each as 1 / sample rate",
    ...{ leavesOut: "Carts of bots, and emptied ones.", source: "carts, shops" },
  },
  unpriced: {
    ...{ name: "Without a known value", ...count("carts") },
    meaning: "Carts with a line whose price nobody told, or with lines of several currencies.",
    formula: "number of carts with pieces, each as 1 / sample rate",
    ...{ leavesOut: "Carts of bots, and emptied ones.", source: "carts" },
  },
} as const satisfies Record<string, Metric>;

export const CART_VALUE = {
  path: "cart/average-value",
  title: "Cart value",
  meaning: "What lies in the carts that began, in the shop's currency.",
  columns: { of: OF, ...VALUE_METRICS },
} as const satisfies Report;

const SHARE_OF_BAND = {
  ...{ name: "Share of carts", ...rate("share of carts"), ...VALUED },
  meaning: "Of the carts with a value, those in the band.",
  formula: "carts of the band ÷ carts with a value",
} as const satisfies Metric;

/** Each has its carts of the same value and above, below the next band. */
export const CART_BANDS = {
  path: "cart/value-bands",
  title: "Carts by value",
  meaning: "How many carts are worth how much, in bands of one width; the last has no upper end.",
  columns: {
    fromMinor: {
      ...{ name: "From", kind: "money" },
      meaning: "The band's lower end, in minor units of the shop's currency; it belongs to it.",
    },
    toMinor: {
      ...{ name: "To below", kind: "money", isNullable: true },
      meaning: "The band's upper end, which belongs to the next; none for the last.",
    },
    carts: VALUE_METRICS.carts,
    share: SHARE_OF_BAND,
  },
} as const satisfies Report;
