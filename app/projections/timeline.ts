import { MINUTE } from "~/platform/time";

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
};

export type PageViewRow = {
  eventId: string;
  sessionId: string;
  clientId: string;
  viewedAt: Date;
  path: string;
  title: string | null;
};

/** Folds one client's events, in whatever order they come, into its sessions and page views. */
export function foldTimeline(events: readonly TimelineEvent[]) {
  const visits = splitByInactivity(inTimeOrder(events));
  return { sessions: visits.map(toSession), pageViews: visits.flatMap(toPageViews) };
}

/** A visit's events: never empty, in time order. */
type Visit = [TimelineEvent, ...TimelineEvent[]];

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

function toSession(visit: Visit): SessionRow {
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
  };
}

const toPageViews = (visit: Visit): PageViewRow[] =>
  visit.filter(isPageView).map((event) => ({
    eventId: event.eventId,
    sessionId: visit[0].eventId,
    clientId: event.clientId,
    viewedAt: event.occurredAt,
    path: event.path,
    title: event.title,
  }));

/** A page without an address cannot be named in any report, so it is no page view. */
const isPageView = (event: TimelineEvent): event is TimelineEvent & { path: string } =>
  event.name === "page_viewed" && event.path !== null;

/** The host of another site's address; null for a path on the shop's own. */
const hostOf = (referrer: string | null): string | null =>
  referrer && URL.canParse(referrer) ? new URL(referrer).host : null;
