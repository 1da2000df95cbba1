import type { Metric, Report } from "../report";
import { PRODUCTS } from "../products/definitions";

const OF_BOTS = { leavesOut: "Sessions of bots.", source: "cart_actions, sessions" } as const;
const count = (unit: string) => ({ kind: "count", unit, ...OF_BOTS }) as const;
const share = { kind: "share", unit: "share of sessions", isNullable: true } as const;

/** What is counted of what was put into carts and taken out, in the period in which its session began. */
export const TOP_METRICS = {
  addedSessions: {
    ...{ name: "Sessions that added", ...count("sessions") },
    meaning: "Sessions that put it into a cart.",
    formula: "number of sessions with an addition, each as 1 / sample rate",
  },
  addShare: {
    ...{ name: "Share of adding sessions", ...share, ...OF_BOTS },
    meaning: "Of the sessions that put anything into a cart, the share that put this in.",
    formula: "sessions that added it ÷ sessions that added anything",
  },
  addedPieces: {
    ...{ name: "Pieces added", ...count("pieces") },
    meaning: "Pieces put into carts.",
    formula: "sum of the pieces of additions, each as 1 / sample rate",
  },
  removedSessions: {
    ...{ name: "Sessions that removed", ...count("sessions") },
    meaning: "Sessions that took it out of a cart, whenever it was put in.",
    formula: "number of sessions with a removal, each as 1 / sample rate",
  },
  removedPieces: {
    ...{ name: "Pieces removed", ...count("pieces") },
    meaning: "Pieces taken out of carts.",
    formula: "sum of the pieces of removals, each as 1 / sample rate",
  },
  addedAndRemoved: {
    ...{ name: "Added and removed", ...count("sessions") },
    meaning: "Sessions that put it in and took it out.",
    formula: "number of sessions with an addition and a removal, each as 1 / sample rate",
  },
  removalRate: {
    ...{ name: "Removal rate", ...share, ...OF_BOTS },
    meaning: "Of the sessions that put it into a cart, the share that took it out as well.",
    formula: "added and removed ÷ sessions that added",
  },
  removalRateLow: {
    ...{ name: "Removal rate, at least", ...share, ...OF_BOTS },
    meaning: "The removal rate is hardly lower than this: rankings go by it.",
    formula: "lower end of the 95 % Wilson interval of the removal rate",
  },
  removalRateHigh: {
    ...{ name: "Removal rate, at most", ...share, ...OF_BOTS },
    meaning: "The removal rate is hardly higher than this.",
    formula: "upper end of the 95 % Wilson interval of the removal rate",
  },
} as const satisfies Record<string, Metric>;

const { title, productId } = PRODUCTS.columns;

export const CART_TOP_PRODUCTS = {
  path: "cart/top-products",
  title: "Products in carts",
  meaning: "What was put into carts most, and what was taken out again.",
  columns: {
    of: {
      ...{ name: "Of", kind: "text" },
      meaning:
        "Shopify's id of the product, variant or collection; the vendor's or type's name; none where there is none.",
    },
    ...{ title, productId },
    ...TOP_METRICS,
  },
} as const satisfies Report;

/** What they can be ranked by, the highest first. */
export const TOP_SORTS = {
  added: { label: "Added most", field: "addedSessions" },
  removed: { label: "Removed most", field: "removedSessions" },
  dropped: { label: "Removed again most readily", field: "removalRateLow" },
} as const satisfies Record<string, { label: string; field: keyof typeof TOP_METRICS }>;
export type TopSort = keyof typeof TOP_SORTS;
