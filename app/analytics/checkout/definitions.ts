import type { Metric, Report } from "../report";

export const CHECKOUT_STEPS = [
  ...(["started", "contact", "address", "shipping", "payment", "completed"] as const),
];
export type CheckoutStep = (typeof CHECKOUT_STEPS)[number];

const count = { kind: "count", unit: "checkouts" } as const;
const share = { kind: "share", unit: "share of checkouts", isNullable: true } as const;
const CHECKOUTS = { leavesOut: "Checkouts of bots.", source: "checkouts" } as const;

/** What is counted of checkouts. Each counts in the period in which it began, as it stands now. */
export const CHECKOUT_METRICS = {
  reached: {
    ...{ name: "Came to it", ...count, ...CHECKOUTS },
    meaning: "Checkouts begun in the period that came to this step, or past it.",
    formula: "number of checkouts with this step or a later one, each as 1 / sample rate",
  },
  reachedShare: {
    ...{ name: "Share of begun", ...share, ...CHECKOUTS },
    meaning: "Of the checkouts that began, the share that came to this step, or past it.",
    formula: "reached ÷ begun",
  },
  skipped: {
    ...{ name: "Of these, passed over", ...count, ...CHECKOUTS },
    meaning:
      "Checkouts that came past this step without telling of it, as on one page: that is no loss.",
    formula: "number of checkouts with a later step and without this one, each as 1 / sample rate",
  },
  open: {
    ...{ name: "Still there", ...count, leavesOut: "Checkouts of bots." },
    meaning:
      "Checkouts whose last step this is, so far: it is not as long ago as the shop's pause.",
    formula: "checkouts with no later step, the last one within the minutes of an open cart",
    source: "checkouts, shops",
  },
  left: {
    ...{ name: "Left here", ...count },
    meaning: "Checkouts that ended at this step, without an order.",
    formula: "checkouts with no later step that are not still there",
    ...{
      leavesOut: "Checkouts of bots, and those that are still there.",
      source: "checkouts, shops",
    },
  },
  leftShare: {
    ...{ name: "Drop-off", ...share },
    meaning: "Of the checkouts that came to this step, the share that was left there.",
    formula: "left here ÷ (reached − still there)",
    ...{
      leavesOut: "Checkouts of bots, and those that are still there.",
      source: "checkouts, shops",
    },
  },
  medianToNext: {
    ...{
      name: "Median time to the next",
      kind: "duration",
      unit: "milliseconds",
      isNullable: true,
    },
    meaning: "Half of the checkouts that went on took longer from this step to the next one seen.",
    formula:
      "median of (next step seen − this step), each checkout as 1 / sample rate, within 2.5 %",
    leavesOut: "Checkouts of bots, and those that passed over this step or did not go on.",
    source: "checkouts",
  },
} as const satisfies Record<string, Metric>;

export const CHECKOUT = {
  path: "checkout",
  title: "Checkout",
  meaning: "How far checkouts came, where they were left and how long each step took.",
  columns: {
    step: {
      ...{ name: "Step", kind: "text" },
      meaning: "started, contact, address, shipping, payment or completed.",
    },
    ...CHECKOUT_METRICS,
  },
} as const satisfies Report;
