import type { Column, Metric, Report } from "../report";

const BOTS = "Searches of bots.";
const told = { leavesOut: BOTS, source: "searches" };
const ordered = {
  leavesOut: "Bots; test orders and cancelled ones; orders of which no session is known.",
  source: "searches, orders",
};

/** What is counted of searches. */
export const SEARCH_METRICS = {
  searches: {
    ...{ name: "Searches", kind: "count", unit: "searches" },
    meaning: "Times that somebody searched in the sessions that started in the period.",
    formula: "number of searches, each as 1 / sample rate",
    ...told,
  },
  sessions: {
    ...{ name: "Searching sessions", kind: "count", unit: "sessions" },
    meaning: "Different sessions in which somebody searched.",
    formula: "number of different sessions of the searches, each as 1 / sample rate",
    ...told,
  },
  zeroResults: {
    ...{ name: "Zero results", kind: "count", unit: "searches" },
    meaning: "Searches that found no product.",
    formula: "number of searches with 0 results",
    ...told,
  },
  zeroResultShare: {
    ...{ name: "Zero-result share", kind: "share", unit: "share of searches" },
    isNullable: true,
    meaning: "The part of the searches that found no product.",
    formula: "zero results ÷ searches",
    ...told,
  },
  clicks: {
    ...{ name: "Searches with a click", kind: "count", unit: "searches" },
    meaning:
      "Searches after which a product that they found was looked at, before the next search.",
    formula: "number of searches with a clicked product",
    ...told,
  },
  noClicks: {
    ...{ name: "No clicks", kind: "count", unit: "searches" },
    meaning: "Searches that found something of which nothing was looked at.",
    formula: "searches − zero results − clicks",
    ...told,
  },
  noClickShare: {
    ...{ name: "No-click share", kind: "share", unit: "share of searches with a result" },
    isNullable: true,
    meaning: "The part of the searches with a result of which nothing was looked at.",
    formula: "no clicks ÷ (searches − zero results)",
    ...told,
  },
  clickedPosition: {
    ...{
      name: "Click position",
      kind: "number",
      unit: "place among the found",
      isNullable: true,
    },
    meaning:
      "The place among the found products of the one that was looked at, in the mean, from 1.",
    formula: "sum of clicked positions ÷ clicks",
    ...told,
  },
  refinements: {
    ...{ name: "Refined", kind: "count", unit: "searches" },
    meaning: "Searches after which somebody searched for something else within five minutes.",
    formula: "number of searches that another one refines",
    ...told,
  },
  convertedSessions: {
    ...{ name: "With an order", kind: "count", unit: "sessions" },
    meaning: "Sessions from which a verified order came after the search.",
    formula: "number of different sessions with an order placed after the search",
    ...ordered,
  },
  conversionRate: {
    ...{ name: "Conversion after search", kind: "share", unit: "share of sessions" },
    isNullable: true,
    meaning: "The part of the sessions with a search from which a verified order came after it.",
    formula: "with an order ÷ searching sessions",
    ...ordered,
  },
  revenue: {
    ...{ name: "Revenue after search", kind: "money", unit: "minor units of the shop's currency" },
    meaning:
      "What verified orders brought that were placed after the search in its session, less what was paid back since; an order after several queries counts for each of them.",
    formula: "sum of (total − refunds) of different orders",
    ...ordered,
  },
} as const satisfies Record<string, Metric>;

const OF = {
  ...{ name: "Of", kind: "text" },
  meaning:
    "What was searched for, in lower case; or: all, the moment at which a step of time begins, or what the sessions have in common.",
} as const satisfies Column;

/** Searches by query, as a whole, by step of time, or by what tells their sessions apart. */
export const SEARCH = {
  path: "search",
  title: "Search",
  meaning: "What shoppers looked for, what they found of it and what came of that.",
  columns: { of: OF, ...SEARCH_METRICS },
} as const satisfies Report;

/** What a list of queries can be ordered by. */
export const RANKS = ["searches", "zeroResults", "noClicks", "refinements", "revenue"] as const;
export type Rank = (typeof RANKS)[number];
