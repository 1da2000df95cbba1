import { MINUTE } from "~/platform/time";
import type { BotRule } from "./bots";
import type { VisitorId } from "./identity";

/** A session ends when its client has done nothing for this long. */
export const SESSION_GAP = 30 * MINUTE;

/** What the folds need of one event in the log. */
export type TimelineEvent = {
  eventId: string;
  name: string;
  clientId: string;
  customerId: string | null;
  occurredAt: Date;
  seq: number | null;
  context: PageContext | null;
  /** The event's own fields, as its schema in the vocabulary names them; money in minor units. */
  data: unknown;
  /** Null where every visitor's events are sent. */
  sampleRate: number | null;
};

/** The page that an event happened on, as far as the browser told. */
export type PageContext = {
  path?: string | null;
  title?: string | null;
  referrer?: string | null;
  userAgent?: string | null;
  language?: string | null;
  screen?: [width: number, height: number] | null;
  viewport?: [width: number, height: number] | null;
  campaign?: Record<string, string | null> | null;
};

/** One session's events: never empty, in time order. */
export type Events = [TimelineEvent, ...TimelineEvent[]];

/** An order that came of a checkout. */
export type CheckoutOrder = { orderId: string; customerId: string | null; checkoutToken: string };

/** One session on its way to its rows. */
export type Visit = {
  events: Events;
  /** The rule by which it is a bot's; null for a person's. */
  botRule: BotRule | null;
  /** The how-manyeth of its client, from 1. */
  number: number;
  /** The verified orders of checkouts that went on in it. */
  orders: readonly CheckoutOrder[];
  /** Who was last signed in, else whose order came of it; null for an anonymous one. */
  customerId: string | null;
  /** Whose it is, in the light of the client's other sessions. */
  visitorId: VisitorId;
};

/** Sorts by time, then by the browser's own count, then by id; one id counts once. */
export function inTimeOrder(events: readonly TimelineEvent[]): TimelineEvent[] {
  const unique = new Map(events.map((event) => [event.eventId, event]));
  return [...unique.values()].sort(
    (a, b) =>
      a.occurredAt.getTime() - b.occurredAt.getTime() ||
      (a.seq ?? 0) - (b.seq ?? 0) ||
      (a.eventId < b.eventId ? -1 : 1),
  );
}

/** What an open page tells by itself, however long after anybody did something. */
const isReport = ({ name }: TimelineEvent): boolean => name === "pixelnova:page_engaged";

/** A page's report belongs to the session that it comes in, but begins none and keeps none going: one
 * that comes later is in no session. */
export function splitByInactivity(events: readonly TimelineEvent[]): Events[] {
  const visits: Events[] = [];
  let last: TimelineEvent | undefined;
  for (const event of events) {
    const current = visits.at(-1);
    const pause = last ? event.occurredAt.getTime() - last.occurredAt.getTime() : Infinity;
    if (current && pause < SESSION_GAP) current.push(event);
    else if (!isReport(event)) visits.push([event]);
    if (!isReport(event)) last = event;
  }
  return visits;
}

/** A page without an address cannot be named in any report, so it is no page view. */
export const isPageView = (event: TimelineEvent): boolean =>
  event.name === "page_viewed" && pathOf(event) !== null;

export const pathOf = ({ context }: TimelineEvent): string | null => context?.path ?? null;

/** Whole milliseconds between two events. */
export const msBetween = (from: TimelineEvent, to: TimelineEvent): number =>
  to.occurredAt.getTime() - from.occurredAt.getTime();
