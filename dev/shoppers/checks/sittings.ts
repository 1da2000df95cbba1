import type { Order } from "../../store/commerce/model";
import type { Source, Visit, VisitEvent } from "../model";
import { counts, tokenOf, trueSessions, type Told, type TrueSession } from "./journeys";
import { quantile, ratio, sum } from "./statistics";

/** What was true of one session that the app could see; times in milliseconds since 1970. */
export type Sitting = {
  id: string;
  visitorId: string;
  at: number;
  durationMs: number;
  pages: number;
  /** Of its browser. */
  isFirst: boolean;
  isBounce: boolean;
  /** Orders that count and came of it. */
  orders: Order[];
  is: Record<Trait, string>;
};
export type Trait =
  | ("channel" | "source" | "campaign" | "device" | "browser" | "country" | "landing")
  | ("visitor" | "os" | "language" | "exit" | "hour" | "weekday");

/** Every session as it was, by what the simulator knows of its visit.
 * @param timeZone the shop's */
export function trueSittings(told: Told, timeZone: string): Sitting[] {
  const visitOf = new Map(
    told.visits.flatMap((visit) => visit.events.map((event) => [event, visit] as const)),
  );
  const sessions = trueSessions(told);
  const ordered = ordersBySession(sessions, told.orders);
  const browsers = firsts(sessions, ({ clientId }) => clientId);
  const visitors = firsts(sessions, ({ visitorId }) => visitorId);
  return sessions.map((session) => {
    const isFirst = browsers.has(session);
    const [at = NaN, end = NaN] = [session.events[0], session.events.at(-1)].map(timeOf);
    const views = session.events.filter(({ event }) => event.name === "page_viewed");
    return {
      ...{ id: session.id, visitorId: session.visitorId, at, durationMs: end - at },
      ...{ pages: views.length, isFirst, orders: ordered.get(session.id) ?? [] },
      isBounce: views.length === 1 && isIdle(session, visitOf),
      is: {
        ...traitsOf(session, visitOf),
        ...{ visitor: visitors.has(session) ? "new" : "returning", ...clock(at, timeZone) },
      },
    };
  });
}

/** The first session of each browser, or of each visitor, who may have several. */
function firsts(sessions: readonly TrueSession[], whose: (session: TrueSession) => string) {
  const inTime = sessions.toSorted((one, other) => timeOf(one.events[0]) - timeOf(other.events[0]));
  const first = new Map(inTime.toReversed().map((session) => [whose(session), session]));
  return new Set(first.values());
}

type VisitOf = ReadonlyMap<VisitEvent, Visit>;
const timeOf = (event: VisitEvent | undefined): number => Date.parse(event?.at ?? "");

/** An order is of the session in which its checkout was completed, else of that with its last step. */
export function ordersBySession(sessions: readonly TrueSession[], orders: readonly Order[]) {
  const steps = new Map<string, { id: string; event: VisitEvent }[]>();
  for (const { id, events } of sessions)
    for (const event of events) {
      const token = tokenOf(event);
      if (token !== null) steps.set(token, [...(steps.get(token) ?? []), { id, event }]);
    }
  const bySession = new Map<string, Order[]>();
  for (const order of orders.filter(counts)) {
    const own = (steps.get(order.checkoutToken) ?? []).toSorted(
      (one, other) => timeOf(one.event) - timeOf(other.event),
    );
    const last =
      own.findLast(({ event }) => event.event.name === "checkout_completed") ?? own.at(-1);
    if (last) bySession.set(last.id, [...(bySession.get(last.id) ?? []), order]);
  }
  return bySession;
}

/** What somebody does, rather than what a page tells by itself. */
const ACTS =
  /^(product_added_to_cart|product_removed_from_cart|search_submitted|checkout_.*|payment_info_submitted|pixelnova:(element_clicked|shared|wishlist_.*|group_join.*|group_quantity_changed|image_.*|filter_applied|sort_changed))$/;

/** Whether nothing was done, and no page was on the screen for ten seconds. */
function isIdle({ events }: TrueSession, visitOf: VisitOf): boolean {
  const ids = new Set(events.map(({ event }) => event.id));
  const visits = new Set(events.flatMap((event) => visitOf.get(event) ?? []));
  const visible = [...visits]
    .flatMap(({ pages }) => pages)
    .map(({ reports }) => reports.findLast(({ eventId }) => ids.has(eventId))?.visibleMs ?? 0);
  return sum(visible) < 10_000 && !events.some(({ event }) => ACTS.test(event.name));
}

const KINDS = { phone: "mobile", laptop: "desktop", desktop: "desktop", tablet: "tablet" };

function traitsOf({ events }: TrueSession, visitOf: VisitOf) {
  const [first] = events;
  const visit = first && visitOf.get(first);
  if (!visit) throw new Error("a session is of a visit");
  const paths = events
    .filter(({ event }) => event.name === "page_viewed")
    .map((event) => visitOf.get(event)?.pages.find(({ at }) => at === event.at)?.path ?? "none");
  const sold = events.findLast((event) => tokenOf(event) !== null);
  return {
    ...arrivalOf(visit.events[0] === first ? visit.source : UNKNOWN),
    ...{ device: KINDS[visit.device], ...nameOf(visit.userAgent ?? "") },
    country: (sold && visitOf.get(sold)?.country) ?? "none",
    language: first.event.context?.language ?? "none",
    ...{ landing: paths[0] ?? "none", exit: paths.at(-1) ?? "none" },
  };
}

/** Of a session whose visit had begun before nobody knows where it came from. */
const UNKNOWN: Source = { channel: "direct", referrer: null, campaign: {} };

const arrivalOf = (source: Source) => ({
  channel: channelOf(source),
  source: source.campaign.utm_source ?? hostOf(source.referrer) ?? "none",
  campaign: source.campaign.utm_campaign ?? "none",
});

const hostOf = (referrer: string | null) => referrer && new URL(referrer).host;

/** The channel's name in the app: a scanned code is a campaign, and whom one pays tells the kind. */
function channelOf({ channel, campaign: { utm_source } }: Source): string {
  if (channel === "paid") return utm_source === "google" ? "paid search" : "paid social";
  return utm_source === "qr" ? "campaign" : channel;
}

/** The first that a browser's name for itself has. */
const BROWSERS = { Edg: "Microsoft Edge", Firefox: "Firefox", Chrome: "Chrome", Safari: "Safari" };
const SYSTEMS = {
  ...{ iPhone: "iOS", iPad: "iOS", Android: "Android", Macintosh: "macOS" },
  ...{ Windows: "Windows", Linux: "Linux" },
};
const nameOf = (userAgent: string) => ({
  browser: firstIn(BROWSERS, userAgent),
  os: firstIn(SYSTEMS, userAgent),
});
const firstIn = (names: Record<string, string>, userAgent: string): string =>
  Object.entries(names).find(([sign]) => userAgent.includes(sign))?.[1] ?? "none";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** What a shop's clock and calendar show: the hour 00 to 23, the weekday 1, Monday, to 7. */
function clock(at: number, timeZone: string) {
  const told = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit" })
    .formatToParts(at)
    .map(({ type, value }) => [type, value] as const);
  const { hour = "", weekday = "" }: Record<string, string> = Object.fromEntries(told);
  return { hour, weekday: String(WEEKDAYS.indexOf(weekday) + 1) };
}

/** What the app has to say of some sessions together. */
export function statsOf(of: string, sittings: readonly Sitting[]) {
  const many = sittings.length;
  const count = (is: (sitting: Sitting) => boolean) => sittings.filter(is).length;
  const durations = sittings.map(({ durationMs }) => durationMs);
  const convertedSessions = count(({ orders }) => orders.length > 0);
  const bounced = count(({ isBounce }) => isBounce);
  return {
    ...{ of, sessions: many, visitors: new Set(sittings.map(({ visitorId }) => visitorId)).size },
    ...{ newSessions: count(({ isFirst }) => isFirst), medianDuration: quantile(durations, 0.5) },
    ...{ meanDuration: ratio(sum(durations), many), bounceRate: ratio(bounced, many) },
    ...{ engagementRate: ratio(many - bounced, many), convertedSessions },
    pagesPerSession: ratio(sum(sittings.map(({ pages }) => pages)), many),
    conversionRate: ratio(convertedSessions, many),
  };
}
