import type { Metric, Report } from "../report";

const OUT_OF_REACH = "Test orders; orders from before the first visit that is known.";

/** What the other numbers are worth: of verified orders, and of what came through the door. */
export const QUALITY_METRICS = {
  orders: {
    ...{ name: "Orders within reach", kind: "count", unit: "orders" },
    meaning: "Verified orders placed in the period, which the pixel could have seen.",
    formula: "number of orders since the first visit that is known",
    ...{ leavesOut: OUT_OF_REACH, source: "orders, sessions" },
  },
  ordersSeen: {
    ...{ name: "Orders seen", kind: "count", unit: "orders" },
    meaning: "Of these, those whose checkout the pixel saw completed.",
    formula: "number of orders within reach with a completed checkout",
    ...{ leavesOut: OUT_OF_REACH, source: "orders, checkout_steps" },
  },
  captureRate: {
    ...{ name: "Capture rate", kind: "share", unit: "share of orders", isNullable: true },
    meaning: "The share of verified orders whose checkout the pixel saw completed.",
    formula: "orders seen ÷ orders within reach",
    ...{ leavesOut: OUT_OF_REACH, source: "orders, checkout_steps" },
  },
  accepted: {
    ...{ name: "Events taken", kind: "count", unit: "events" },
    meaning: "Events that are in the log for the first time.",
    formula: "number of events accepted, by the hour in which they came",
    leavesOut: "What came by webhook, backfill or import.",
    source: "ingest_counts",
  },
  duplicates: {
    ...{ name: "Duplicates refused", kind: "count", unit: "events" },
    meaning: "Events that came again: browsers repeat what was not acknowledged.",
    formula: "number of events whose id was in the log",
    leavesOut: "What came by webhook, backfill or import.",
    source: "ingest_counts",
  },
  refused: {
    ...{ name: "Events refused", kind: "count", unit: "events" },
    meaning: "Events that were not as they have to be, or too many, or came while we were down.",
    formula: "number of events neither accepted nor duplicate nor dropped by browsers",
    leavesOut: "What came by webhook, backfill or import.",
    source: "ingest_counts",
  },
  dropped: {
    ...{ name: "Dropped by browsers", kind: "count", unit: "events" },
    meaning: "Events that browsers gave up on while they could not be sent.",
    formula: "number of events that browsers say they dropped",
    leavesOut: "What browsers could not tell of any more.",
    source: "ingest_counts",
  },
  botSessions: {
    ...{ name: "Sessions of bots", kind: "count", unit: "sessions" },
    meaning: "Sessions that were a program's, not a person's; no other number has them.",
    formula: "number of sessions with a bot rule, each as 1 / sample rate",
    ...{ leavesOut: "Nothing.", source: "sessions" },
  },
  webhookDelay: {
    ...{ name: "Median webhook delay", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning: "From the moment at which an order was placed until its webhook had come.",
    formula:
      "median of (first received − placed) of orders that a webhook told of first, within 2.5 %",
    ...{ leavesOut: "Orders that were fetched or imported.", source: "orders" },
  },
} as const satisfies Record<string, Metric>;

/** What the other numbers are worth. */
export const DATA_QUALITY = {
  path: "data-quality",
  title: "Data quality",
  meaning: "How much of what happened is known, and what became of the rest.",
  columns: {
    of: {
      ...{ name: "Of", kind: "text" },
      meaning: "all, or the moment at which a step of time begins.",
    },
    ...QUALITY_METRICS,
  },
} as const satisfies Report;

const LOSS_METRICS = {
  count: {
    ...{ name: "How many", kind: "count", unit: "events, orders or sessions" },
    meaning: "How many are missing for this cause.",
    formula: "number with this cause",
    ...{ leavesOut: "Nothing.", source: "ingest_counts, orders, sessions" },
  },
  share: {
    ...{
      name: "Share of its kind",
      kind: "share",
      unit: "share of all of the kind",
      isNullable: true,
    },
    meaning: "Of all events that came, orders within reach, or sessions.",
    formula: "how many ÷ all of the kind",
    ...{ leavesOut: "Nothing.", source: "ingest_counts, orders, sessions" },
  },
} as const satisfies Record<string, Metric>;

/** What is missing, and why. */
export const LOSSES = {
  path: "data-quality/losses",
  title: "Losses by cause",
  meaning: "Events that were not taken, and orders that the pixel did not see, by their cause.",
  columns: {
    lost: { name: "What", kind: "text", meaning: "events, orders or sessions." },
    cause: { name: "Cause", kind: "text", meaning: "Why they are missing." },
    ...LOSS_METRICS,
  },
} as const satisfies Report;
