import { MINUTE } from "~/platform/time";
import { botRuleOf, rememberNames, type BotRule } from "./bots";
import { lowestRate, rateOf } from "./sampling";

/** A session ends when its client has done nothing for this long. */
export const SESSION_GAP = 30 * MINUTE;

/** What the fold needs of one event in the log. */
export type TimelineEvent = {
  eventId: string;
  name: string;
  clientId: string;
  customerId: string | null;
  occurredAt: Date;
  seq: number | null;
  path: string | null;
  title: string | null;
  referrer: string | null;
  userAgent: string | null;
  /** Null where every visitor's events are sent. */
  sampleRate: number | null;
};

export type SessionRow = {
  sessionId: string;
  clientId: string;
  customerId: string | null;
  startedAt: Date;
  endedAt: Date;
  eventCount: number;
  pageViewCount: number;
  entryPath: string | null;
  exitPath: string | null;
  referrerHost: string | null;
  /** Null for a person's. */
  botRule: BotRule | null;
  /** Above 0, up to 1. */
  sampleRate: number;
};

export type PageViewRow = {
  eventId: string;
  sessionId: string;
  clientId: string;
  viewedAt: Date;
  path: string;
  title: string | null;
  /** Its session is a bot's. */
  isBot: boolean;
  /** Above 0, up to 1. */
  sampleRate: number;
};

/** Folds one client's events, in whatever order they come, into its sessions and page views.
 * @param namesBot tells whether a browser calls itself a bot; share one among the timelines of a fold */
export function foldTimeline(events: readonly TimelineEvent[], namesBot = rememberNames()) {
  const visits = splitByInactivity(inTimeOrder(events));
  const judged = visits.map((visit) => ({ visit, botRule: botRuleOf(visit, namesBot) }));
  return { sessions: judged.map(toSession), pageViews: judged.flatMap(toPageViews) };
}

/** A visit's events: never empty, in time order. */
type Visit = [TimelineEvent, ...TimelineEvent[]];
type JudgedVisit = { visit: Visit; botRule: BotRule | null };

/** Sorts by time, then by the browser's own count, then by id; one id counts once. */
function inTimeOrder(events: readonly TimelineEvent[]): TimelineEvent[] {
  const unique = new Map(events.map((event) => [event.eventId, event]));
  return [...unique.values()].sort(
    (a, b) =>
      a.occurredAt.getTime() - b.occurredAt.getTime() ||
      (a.seq ?? 0) - (b.seq ?? 0) ||
      (a.eventId < b.eventId ? -1 : 1),
  );
}

function splitByInactivity(events: readonly TimelineEvent[]): Visit[] {
  const visits: Visit[] = [];
  let last: TimelineEvent | undefined;
  for (const event of events) {
    const current = visits.at(-1);
    const pause = last ? event.occurredAt.getTime() - last.occurredAt.getTime() : Infinity;
    if (current && pause < SESSION_GAP) current.push(event);
    else visits.push([event]);
    last = event;
  }
  return visits;
}

function toSession({ visit, botRule }: JudgedVisit): SessionRow {
  const [first] = visit;
  const last = visit.at(-1) ?? first;
  const views = visit.filter(isPageView);
  return {
    sessionId: first.eventId,
    clientId: first.clientId,
    customerId: visit.findLast((event) => event.customerId !== null)?.customerId ?? null,
    startedAt: first.occurredAt,
    endedAt: last.occurredAt,
    eventCount: visit.length,
    pageViewCount: views.length,
    entryPath: views[0]?.path ?? null,
    exitPath: views.at(-1)?.path ?? null,
    referrerHost: hostOf(visit.find((event) => event.referrer !== null)?.referrer ?? null),
    botRule,
    sampleRate: lowestRate(visit),
  };
}

const toPageViews = ({ visit, botRule }: JudgedVisit): PageViewRow[] =>
  visit.filter(isPageView).map((event) => ({
    eventId: event.eventId,
    sessionId: visit[0].eventId,
    clientId: event.clientId,
    viewedAt: event.occurredAt,
    path: event.path,
    title: event.title,
    isBot: botRule !== null,
    sampleRate: rateOf(event),
  }));

/** A page without an address cannot be named in any report, so it is no page view. */
const isPageView = (event: TimelineEvent): event is TimelineEvent & { path: string } =>
  event.name === "page_viewed" && event.path !== null;

/** The host of another site's address; null for a path on the shop's own. */
const hostOf = (referrer: string | null): string | null =>
  referrer && URL.canParse(referrer) ? new URL(referrer).host : null;
