import type { Db } from "~/platform/db.server";
import type { LogEvent } from "~/events/sift";
import { weekOf } from "~/platform/time";
import type { PageContext, TimelineEvent } from "~/projections/visit";

let sequence = 0;
const next = () => ++sequence;

/** A Saturday at noon, UTC. */
export const NOON = new Date("2026-11-21T12:00:00.000Z");
export const minutes = (count: number, from = NOON) => new Date(from.getTime() + count * 60_000);

/** An installed shop; a test states only what it is about. */
export const shop = (
  db: Db,
  about: { domain?: string; timeZone?: string; currency?: string; moneyFormat?: string } = {},
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

/** A page view as the log takes it; its payload is given as what it is JSON of. */
export function logEvent({
  payload,
  ...about
}: Partial<Omit<LogEvent, "payload">> & { payload?: unknown } = {}): LogEvent {
  const page = { data: {}, context: { path: "/", title: "Home" }, consent: null };
  const event = {
    ...{ eventId: `event-${next()}`, source: "pixel" as const, name: "page_viewed" },
    ...{ clientId: "ana", customerId: null, seq: null, requestId: null },
    ...{
      orderId: null,
      occurredAt: NOON,
      receivedAt: NOON,
      payload: JSON.stringify(payload ?? page),
    },
    ...about,
  };
  return { week: weekOf(event.occurredAt), ...event };
}

/** A page view as the folds see it; what is told of its page may stand beside what is told of it. */
export const timelineEvent = ({
  path = "/",
  title = "Home",
  referrer = null,
  userAgent = null,
  context,
  ...about
}: Partial<TimelineEvent & PageContext> = {}): TimelineEvent => ({
  eventId: `event-${next()}`,
  name: "page_viewed",
  clientId: "ana",
  customerId: null,
  occurredAt: NOON,
  seq: null,
  context: { path, title, referrer, userAgent, ...context },
  data: {},
  sampleRate: null,
  ...about,
});

/** A pixel's request body: its key comes first. */
export const body = ({ key, ...about }: { key: string; events: unknown[]; sentAt?: string }) =>
  Buffer.from(JSON.stringify({ key, sentAt: NOON.toISOString(), ...about }));
