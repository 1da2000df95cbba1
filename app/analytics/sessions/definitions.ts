import type { Metric, Report } from "../report";

const BOTS = "Sessions of bots.";
const SESSIONS_TABLE = "sessions";

/** What is counted of sessions. Each counts in the period in which it started. */
export const SESSION_METRICS = {
  sessions: {
    ...{ name: "Sessions", kind: "count", unit: "sessions" },
    meaning: "Visits that started in the period; half an hour without activity ends one.",
    formula: "number of sessions, each as 1 / sample rate",
    ...{ leavesOut: BOTS, source: SESSIONS_TABLE },
  },
  visitors: {
    ...{ name: "Visitors", kind: "count", unit: "visitors" },
    meaning:
      "Different people with a session in the period: customers with all their browsers, and browsers of which no customer is known.",
    formula: "number of different visitors, each as 1 / sample rate",
    ...{ leavesOut: BOTS, source: SESSIONS_TABLE },
  },
  newSessions: {
    ...{ name: "First visits", kind: "count", unit: "sessions" },
    meaning: "Sessions that are the first that is known of their browser.",
    formula: "number of sessions with number 1",
    ...{ leavesOut: BOTS, source: SESSIONS_TABLE },
  },
  medianDuration: {
    ...{ name: "Median duration", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning: "Half of the sessions took longer from their first event to their last.",
    formula: "median of (last event − first event), within 2.5 %",
    ...{ leavesOut: BOTS, source: SESSIONS_TABLE },
  },
  meanDuration: {
    ...{ name: "Mean duration", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning: "How long a session took from its first event to its last, in the mean.",
    formula: "sum of (last event − first event) ÷ sessions",
    ...{ leavesOut: BOTS, source: SESSIONS_TABLE },
  },
  pagesPerSession: {
    ...{ name: "Pages per session", kind: "number", unit: "page views", isNullable: true },
    meaning: "Pages that a session saw, in the mean.",
    formula: "page views of the sessions ÷ sessions",
    ...{ leavesOut: BOTS, source: SESSIONS_TABLE },
  },
  bounceRate: {
    ...{ name: "Bounce rate", kind: "share", unit: "share of sessions", isNullable: true },
    meaning: "Sessions that saw one page, did nothing on it and left within ten seconds.",
    formula: "bounced sessions ÷ sessions",
    ...{ leavesOut: BOTS, source: SESSIONS_TABLE },
  },
  engagementRate: {
    ...{ name: "Engagement rate", kind: "share", unit: "share of sessions", isNullable: true },
    meaning: "Sessions that did not bounce.",
    formula: "1 − bounce rate",
    ...{ leavesOut: BOTS, source: SESSIONS_TABLE },
  },
  convertedSessions: {
    ...{ name: "Sessions with an order", kind: "count", unit: "sessions" },
    meaning: "Sessions from which a verified order came.",
    formula: "number of sessions with at least one order",
    leavesOut: "Sessions of bots; test orders and cancelled ones.",
    source: "sessions, orders",
  },
  conversionRate: {
    ...{ name: "Conversion rate", kind: "share", unit: "share of sessions", isNullable: true },
    meaning: "Sessions from which a verified order came.",
    formula: "sessions with an order ÷ sessions",
    leavesOut: "Sessions of bots; test orders and cancelled ones.",
    source: "sessions, orders",
  },
} as const satisfies Record<string, Metric>;

/** Sessions as a whole, by step of time, or by what tells them apart. */
export const SESSION_STATS = {
  path: "sessions/stats",
  title: "Sessions",
  meaning: "How many visits there were, how long they were and what came of them.",
  columns: {
    of: {
      ...{ name: "Of", kind: "text" },
      meaning:
        "all, the moment at which a step of time begins, or what the sessions have in common.",
    },
    ...SESSION_METRICS,
  },
} as const satisfies Report;
