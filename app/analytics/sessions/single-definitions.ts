import type { Report } from "../report";

const OF_SESSIONS = { leavesOut: "Sessions of bots.", source: "sessions" } as const;
const OF_ORDERS = {
  leavesOut: "Sessions of bots; test orders and cancelled ones.",
  source: "sessions, orders",
} as const;

/** Each session by itself. */
export const SESSION_LIST = {
  path: "sessions",
  title: "Every session",
  meaning: "The sessions that started in the period, the newest first.",
  columns: {
    sessionId: {
      ...{ name: "Session", kind: "text" },
      meaning: "Names the session: the id of its first event.",
    },
    startedAt: {
      ...{ name: "Started", kind: "moment" },
      meaning: "When its first event happened.",
    },
    duration: {
      ...{ name: "Duration", kind: "duration", unit: "milliseconds" },
      meaning: "How long it took from its first event to its last.",
      formula: "last event − first event",
      ...OF_SESSIONS,
    },
    visitor: {
      ...{ name: "Visitor", kind: "text" },
      meaning: "Whose it is: a customer, or a browser of which no customer is known.",
    },
    number: {
      ...{ name: "Visit", kind: "count", unit: "sessions" },
      meaning: "The how-manyeth session of its browser.",
      formula: "sessions of the browser up to and with this one",
      ...OF_SESSIONS,
    },
    channel: {
      ...{ name: "Channel", kind: "text" },
      meaning: "The kind of way that led to the shop.",
    },
    source: {
      ...{ name: "Source", kind: "text", isNullable: true },
      meaning: "The source that its first address names, else the site before.",
    },
    device: {
      ...{ name: "Device", kind: "text", isNullable: true },
      meaning: "The kind of device, by the browser's name for itself.",
    },
    country: {
      ...{ name: "Country", kind: "text", isNullable: true },
      meaning: "The country that was sold to, as its last checkout says.",
    },
    landing: {
      ...{ name: "Landing page", kind: "text", isNullable: true },
      meaning: "The first page that it saw.",
    },
    exit: {
      ...{ name: "Exit page", kind: "text", isNullable: true },
      meaning: "The last page that it saw.",
    },
    pages: {
      ...{ name: "Pages", kind: "count", unit: "page views" },
      meaning: "Pages that it saw, each as often as it did.",
      formula: "number of page views",
      ...OF_SESSIONS,
    },
    engagedTime: {
      ...{ name: "Engaged time", kind: "duration", unit: "milliseconds", isNullable: true },
      meaning: "How long its pages were visible; unknown where the tracker told of none.",
      formula: "sum of its pages' visible times",
      ...OF_SESSIONS,
    },
    orders: {
      ...{ name: "Orders from it", kind: "count", unit: "orders" },
      meaning: "Verified orders that came of it.",
      formula: "number of orders whose checkout's last step it has",
      ...OF_ORDERS,
    },
    revenue: {
      ...{ name: "Revenue from it", kind: "money", unit: "minor units of the shop's currency" },
      meaning: "What those orders brought, less what was paid back since.",
      formula: "sum of (total − refunds) of its orders",
      ...OF_ORDERS,
    },
  },
} as const satisfies Report;

/** Everything that happened in one session. */
export const SESSION_TIMELINE = {
  path: "sessions/{id}",
  title: "Everything that happened",
  meaning:
    "One session, event by event, the first one first, with the orders that came of it. The period and the filters do not matter.",
  columns: {
    at: { ...{ name: "Time", kind: "moment" }, meaning: "When it happened." },
    sinceStart: {
      ...{ name: "After", kind: "duration", unit: "milliseconds" },
      meaning: "How long the session had been going on.",
      formula: "time of the event − time of the session's first event",
      ...{ leavesOut: "Nothing.", source: "pixel_events, orders" },
    },
    what: { ...{ name: "What", kind: "text" }, meaning: "What happened, in words." },
    details: {
      ...{ name: "Details", kind: "text", isNullable: true },
      meaning: "More about it: the product, the query, the place of a click.",
    },
    page: {
      ...{ name: "Page", kind: "text", isNullable: true },
      meaning: "The path of the page on which it happened.",
    },
    event: {
      ...{ name: "Event", kind: "text" },
      meaning: "The name that the log has for it; order for a verified order.",
    },
    id: {
      ...{ name: "Id", kind: "text" },
      meaning: "The event's id in the log, or the order's number at Shopify.",
    },
  },
} as const satisfies Report;
