import type { Metric, Report } from "../report";

const told = {
  leavesOut: "Sessions of bots, and those that saw no page.",
  source: "sessions",
};

export const JOURNEY_METRICS = {
  sessions: {
    ...{ name: "Sessions on it", kind: "count", unit: "sessions" },
    meaning: "Sessions whose pages were these, in this order.",
    formula: "number of sessions with this journey, each as 1 / sample rate",
    ...told,
  },
  all: {
    ...{ name: "Of sessions", kind: "count", unit: "sessions" },
    meaning: "All sessions with a journey in the period: what the shares are of.",
    formula: "number of sessions with any journey, each as 1 / sample rate",
    ...told,
  },
  share: {
    ...{ name: "Share of sessions", kind: "share", unit: "share of sessions" },
    meaning: "The part that these are of all sessions with a journey in the period.",
    formula: "sessions ÷ of sessions",
    ...told,
  },
  purchases: {
    ...{ name: "With a purchase", kind: "count", unit: "sessions" },
    meaning: "Those of them in which your pixel saw a checkout completed.",
    formula: "number of these sessions that reached the funnel's last stage",
    ...told,
  },
} as const satisfies Record<string, Metric>;

/** The commonest ways through a shop's pages. */
export const JOURNEYS = {
  path: "journeys",
  title: "Journeys",
  meaning:
    "The commonest first pages of sessions, or the last ones before a purchase, in their order; the same page twice in a row is one.",
  columns: {
    pages: {
      ...{ name: "Journey", kind: "text" },
      meaning: "Up to five pages, or kinds of pages, in the order in which they were seen.",
    },
    length: { name: "Length", kind: "count", meaning: "How many pages the journey has." },
    ...JOURNEY_METRICS,
  },
} as const satisfies Report;
