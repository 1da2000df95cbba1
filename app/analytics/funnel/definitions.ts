import type { Column, Metric, Report } from "../report";

const LEAVES_OUT = "Bots.";
const SOURCE = "sessions; of a built funnel the tables of its events as well";
const told = { leavesOut: LEAVES_OUT, source: SOURCE };
const NOT_OPEN = "Bots; those who may still go on.";

const OF = {
  ...{ name: "Of", kind: "text" },
  meaning: "all, the moment at which a step of time begins, or what the sessions have in common.",
} as const satisfies Column;

const OPEN = {
  ...{ name: "May still go on", kind: "count", unit: "sessions or visitors" },
  formula: "number of those at the stage before whose session or window is not over",
  ...told,
} as const satisfies Omit<Metric, "meaning">;

/** What is counted of a stage. */
export const FUNNEL_METRICS = {
  reached: {
    ...{ name: "Reached", kind: "count", unit: "sessions or visitors" },
    meaning:
      "Sessions that got to the stage; visitors, in a funnel that counts those. Whoever reached a stage of the way to a purchase has passed those before it.",
    formula: "number of those with the stage and all before it, each as 1 / sample rate",
    ...told,
  },
  lost: {
    ...{ name: "Lost", kind: "count", unit: "sessions or visitors" },
    meaning: "Those that reached the stage before, not this one, and cannot any more.",
    formula: "reached the stage before − reached − may still go on",
    ...{ leavesOut: NOT_OPEN, source: SOURCE },
  },
  open: {
    ...OPEN,
    meaning: "Those that reached the stage before, not this one yet, and have time left for it.",
  },
  shareOfPrevious: {
    ...{ name: "Of the stage before", kind: "share", isNullable: true },
    unit: "share of sessions or visitors",
    meaning: "Of those whose way from the stage before is decided, the share that got here.",
    formula: "reached ÷ (reached + lost)",
    ...{ leavesOut: NOT_OPEN, source: SOURCE },
  },
  shareOfFirst: {
    ...{ name: "Of the first stage", kind: "share", isNullable: true },
    unit: "share of sessions or visitors",
    meaning: "Of those whose way from the first stage is decided, the share that got here.",
    formula: "reached ÷ (reached + lost at this stage and those before)",
    ...{ leavesOut: NOT_OPEN, source: SOURCE },
  },
  medianTime: {
    ...{ name: "Median time", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning:
      "Half of those that got here needed longer from the stage before; on the way to a purchase within 2.5 %.",
    formula:
      "median of (stage − stage before), each as 1 / sample rate on the way to a purchase; 0 where it came first",
    leavesOut: "Bots; stages of which no event tells.",
    source: SOURCE,
  },
  p90Time: {
    ...{ name: "90 % within", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning:
      "Nine of ten of those that got here needed no longer from the stage before; on the way to a purchase within 2.5 %.",
    formula:
      "90th percentile of (stage − stage before), each as 1 / sample rate on the way to a purchase; 0 where it came first",
    leavesOut: "Bots; stages of which no event tells.",
    source: SOURCE,
  },
} as const satisfies Record<string, Metric>;

/** The stages of a funnel: how many got how far, how many were lost on the way and how long it took. */
export const FUNNEL = {
  path: "funnel",
  title: "Funnel",
  meaning:
    "How many got how far on their way to a purchase, or through a funnel that you built; who may still go on is not counted as lost.",
  columns: {
    of: OF,
    place: { name: "Place", kind: "count", meaning: "The stage's place in the funnel, from 1." },
    stage: { name: "Stage", kind: "text", meaning: "What was done." },
    ...FUNNEL_METRICS,
  },
} as const satisfies Report;

/** What is counted of a funnel as a whole. */
export const CONVERSION_METRICS = {
  entered: {
    ...{ name: "Entered", kind: "count", unit: "sessions or visitors" },
    meaning: "Sessions, or visitors, that reached the funnel's first stage.",
    formula: "number of those with the first stage, each as 1 / sample rate",
    ...told,
  },
  completed: {
    ...{ name: "Completed", kind: "count", unit: "sessions or visitors" },
    meaning:
      "Those that reached the funnel's last stage; of the way to a purchase, checkouts that your pixel saw completed.",
    formula: "number of those with all stages, each as 1 / sample rate",
    ...told,
  },
  lost: {
    ...{ name: "Lost on the way", kind: "count", unit: "sessions or visitors" },
    meaning: "Those that entered, did not complete it and cannot any more.",
    formula: "entered − completed − may still go on",
    ...{ leavesOut: NOT_OPEN, source: SOURCE },
  },
  open: {
    ...OPEN,
    name: "May still complete it",
    meaning: "Those that entered, have not completed it yet and have time left for it.",
    formula: "number of those without the last stage whose session or window is not over",
  },
  conversionRate: {
    ...{ name: "Funnel conversion", kind: "share", isNullable: true },
    unit: "share of sessions or visitors",
    meaning:
      "Of those that entered and whose way is decided, the share that completed it. Sessions has the rate by verified orders.",
    formula: "completed ÷ (completed + lost)",
    ...{ leavesOut: NOT_OPEN, source: SOURCE },
  },
  low: {
    ...{ name: "At least", kind: "share", isNullable: true },
    unit: "share of sessions or visitors",
    meaning: "The lower end of where the funnel conversion lies with 95 % confidence.",
    formula: "lower end of the Wilson interval",
    ...{ leavesOut: NOT_OPEN, source: SOURCE },
  },
  high: {
    ...{ name: "At most", kind: "share", isNullable: true },
    unit: "share of sessions or visitors",
    meaning: "The upper end of where the funnel conversion lies with 95 % confidence.",
    formula: "upper end of the Wilson interval",
    ...{ leavesOut: NOT_OPEN, source: SOURCE },
  },
} as const satisfies Record<string, Metric>;

/** Funnels as a whole, by step of time or by what tells sessions apart. */
export const CONVERSION = {
  path: "funnel/conversion-rate",
  title: "Funnel conversion",
  meaning: "The share that came through a funnel from its first stage to its last.",
  columns: { of: OF, ...CONVERSION_METRICS },
} as const satisfies Report;
