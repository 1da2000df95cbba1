import type { PixelEventInput } from "../../app/events/vocabulary";
import type { Customer, Order } from "../store/commerce/model";

/** What the simulator knows of a visit because it made it: the truth that the app's numbers are
 * checked against. Times are true times, ISO 8601 in UTC, whatever the shopper's clock said. */
export type Visit = {
  id: string;
  /** The shop's domain. */
  shop: string;
  /** Who it really was: one person may use several browsers, and several persons one. */
  person: string;
  clientId: string;
  /** Who was logged in by the end of the visit, or bought in it. */
  customerId: string | null;
  kind: "shopper" | "bot";
  startedAt: string;
  endedAt: string;
  device: "phone" | "laptop" | "desktop" | "tablet";
  /** What the browser calls itself. */
  userAgent: string | null;
  country: string;
  source: Source;
  /** `withheld`: the shopper did not consent. `blocked`: an ad blocker keeps the pixel out. */
  pixel: "runs" | "withheld" | "blocked";
  /** How far the browser's clock is ahead of the true time. */
  clockErrorMs: number;
  pages: PageSeen[];
  /** The furthest that the visit came, each step with its time. */
  steps: { step: Step; at: string }[];
  searches: SearchMade[];
  /** What was in the cart when the visit ended; empty after a purchase. */
  cart: { variantId: number; quantity: number }[];
  orderId: number | null;
  /** Everything that the pixel would see, in the order in which it happened. */
  events: VisitEvent[];
};

export type Source = {
  channel: "direct" | "search" | "social" | "email" | "paid" | "referral";
  referrer: string | null;
  campaign: Partial<Record<"utm_source" | "utm_medium" | "utm_campaign" | "gclid", string>>;
};

export type PageSeen = {
  at: string;
  path: string;
  type: "home" | "collection" | "product" | "search" | "cart" | "checkout" | "account" | "other";
  /** Until the next page or the end of the visit. */
  seconds: number;
  /** What the tracker told of it: its events, each with how long the page had been visible by then. */
  reports: { eventId: string; visibleMs: number }[];
};

export type SearchMade = {
  query: string;
  /** On all pages. */
  results: number;
  /** Those that Shopify's event names. */
  listed: number;
  at: string;
  /** Shopify's event, and the one that tells how many results there are. */
  eventId: string;
  shownId: string;
};

export const STEPS = [
  "browse",
  "product_viewed",
  "added_to_cart",
  "checkout_started",
  "contact",
  "address",
  "shipping",
  "payment",
  "purchased",
] as const;
export type Step = (typeof STEPS)[number];

export type VisitEvent = {
  at: string;
  /** As the pixel would send it: with the timestamp of the shopper's clock. */
  event: PixelEventInput;
  /** `lost`: the network failed and the browser never came back to send it. `unsent`: the pixel did
   * not run (consent withheld, or blocked). */
  fate: "sent" | "lost" | "unsent";
};

/** Which world: the same options give the same one, to the byte. */
export type WorldOptions = {
  /** The shop's domain. */
  shop: string;
  seed: number;
  days: number;
  visitorsPerDay: number;
  /** The end of the last day; days are the shop's own. */
  until: Date;
};

/** A day of a shop: what its visitors did, in time order by their start, and what its orders became. */
export type SimulatedDay = {
  /** The shop's calendar day, such as 2026-11-20. */
  date: string;
  visits: Visit[];
  /** Placed, refunded or cancelled on this day: as they stand at its end. */
  orders: Order[];
  /** Those of them to which nothing more happens before the world ends: as they stay. */
  settled: Order[];
  /** Whom the shop came to know on this day. */
  customers: Customer[];
};
