import type { Db } from "~/platform/db.server";
import type { LogEvent } from "~/events/sift";
import type { TimelineEvent } from "~/projections/timeline";

let sequence = 0;
const next = () => ++sequence;

/** A Saturday at noon, UTC. */
export const NOON = new Date("2026-11-21T12:00:00.000Z");
export const minutes = (count: number, from = NOON) => new Date(from.getTime() + count * 60_000);

/** An installed shop; a test states only what it is about. */
export const shop = (
  db: Db,
  about: { domain?: string; timeZone?: string; currency?: string } = {},
) => {
  const number = next();
  return db.shop.create({
    data: {
      domain: `shop-${number}.myshopify.com`,
      name: `Shop ${number}`,
      currency: "EUR",
      timeZone: "Europe/Berlin",
      pixelKey: `key-${number}`,
      ...about,
    },
  });
};

/** A page view as the pixel sends it. */
export const pageViewed = (about: Record<string, unknown> = {}) => ({
  id: `event-${next()}`,
  name: "page_viewed",
  clientId: "ana",
  timestamp: NOON.toISOString(),
  context: { path: "/", title: "Home" },
  data: {},
  ...about,
});

/** A page view as the log takes it. */
export const logEvent = (about: Partial<LogEvent> = {}): LogEvent => ({
  eventId: `event-${next()}`,
  source: "pixel",
  name: "page_viewed",
  clientId: "ana",
  customerId: null,
  seq: null,
  occurredAt: NOON,
  receivedAt: NOON,
  payload: { data: {}, context: { path: "/", title: "Home" }, consent: null },
  ...about,
});

/** A page view as the fold sees it. */
export const timelineEvent = (about: Partial<TimelineEvent> = {}): TimelineEvent => ({
  eventId: `event-${next()}`,
  name: "page_viewed",
  clientId: "ana",
  customerId: null,
  occurredAt: NOON,
  seq: null,
  path: "/",
  title: "Home",
  referrer: null,
  userAgent: null,
  sampleRate: null,
  ...about,
});

/** A pixel's request body. */
export const body = (about: { key: string; events: unknown[]; sentAt?: string }) =>
  Buffer.from(JSON.stringify({ sentAt: NOON.toISOString(), ...about }));
