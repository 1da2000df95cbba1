import type { Order } from "../../store/commerce/model";
import type { Visit, VisitEvent } from "../model";
import { dateAt } from "../calendar";
import { counts, isRobot, type Told, type TrueSession } from "./journeys";
import { trueCustomers } from "./revenue";
import { ratio, sum } from "./statistics";

/** A step of a series: its name, and from when up to before when, in milliseconds since 1970. */
export type Step = { of: string; from: number; to: number };

const timeOf = (event: VisitEvent | undefined): number => Date.parse(event?.at ?? "");
const within = ({ from, to }: Step, at: number): boolean => at >= from && at < to;
const named = (session: TrueSession, name: string): VisitEvent[] =>
  session.events.filter(({ event }) => event.name === name);
const begunIn = (step: Step, sessions: readonly TrueSession[]): TrueSession[] =>
  sessions.filter(({ events }) => within(step, timeOf(events[0])));

/** Page views count when they happened, also of a session that began the day before; a page that it had seen
 * by then is no unique view. */
export function viewsOf(step: Step, sessions: readonly TrueSession[]) {
  let [views, uniqueViews, exits] = [0, 0, 0];
  for (const session of sessions) {
    const all = named(session, "page_viewed");
    const own = all.filter((view) => within(step, timeOf(view)));
    views += own.length;
    const seen = all.map(({ event }) => event.context?.path);
    uniqueViews += own.filter(
      (view) => seen.indexOf(view.event.context?.path) === all.indexOf(view),
    ).length;
    exits += own.filter((view) => view === all.at(-1)).length;
  }
  return { of: step.of, views, uniqueViews, exits, exitRate: ratio(exits, views) };
}

const STAGES =
  /^(page_viewed|product_viewed|product_added_to_cart|checkout_started|checkout_completed)$/;

/** How many sessions began on their way to a purchase, and got there; none may still go on. */
export function conversionOf(step: Step, sessions: readonly TrueSession[]) {
  const begun = begunIn(step, sessions);
  const count = (wanted: RegExp) =>
    begun.filter(({ events }) => events.some(({ event }) => wanted.test(event.name))).length;
  const [entered, completed] = [count(STAGES), count(/^checkout_completed$/)];
  return {
    ...{ of: step.of, entered, completed, lost: entered - completed, open: 0 },
    conversionRate: ratio(completed, entered),
  };
}

/** Searches count when their session began. */
export function searchesOf(step: Step, visits: readonly Visit[], sessions: readonly TrueSession[]) {
  const made = begunIn(step, sessions).flatMap((session) =>
    named(session, "search_submitted").map(({ event }) => ({ id: event.id, session: session.id })),
  );
  const empty = new Set(
    visits
      .flatMap(({ searches }) => searches)
      .flatMap(({ eventId, results }) => (results === 0 ? eventId : [])),
  );
  return {
    ...{ of: step.of, searches: made.length },
    sessions: new Set(made.map(({ session }) => session)).size,
    zeroResults: made.filter(({ id }) => empty.has(id)).length,
  };
}

/** What sessions that began did with products, what was ordered, and what came back. */
export function handlingOf(step: Step, sessions: readonly TrueSession[], orders: readonly Order[]) {
  const begun = begunIn(step, sessions).map((session) => ({
    views: named(session, "product_viewed").length,
    additions: named(session, "product_added_to_cart").length,
  }));
  const real = orders.filter(counts);
  const placed = real.filter(({ createdAt }) => within(step, Date.parse(createdAt)));
  const lines = placed.flatMap((order) => order.lines);
  const back = real
    .flatMap(({ refunds }) => refunds)
    .filter(({ createdAt }) => within(step, Date.parse(createdAt)))
    .flatMap((refund) => refund.lines);
  return {
    of: step.of,
    views: sum(begun.map(({ views }) => views)),
    viewedSessions: begun.filter(({ views }) => views > 0).length,
    addedSessions: begun.filter(({ additions }) => additions > 0).length,
    viewedAndAdded: begun.filter(({ views, additions }) => views > 0 && additions > 0).length,
    ...{ orders: placed.length, units: sum(lines.map(({ quantity }) => quantity)) },
    grossMinor: sum(lines.map(({ priceMinor, quantity }) => priceMinor * quantity)),
    discountMinor: sum(lines.map(({ discountMinor }) => discountMinor)),
    refundedUnits: sum(back.map(({ quantity }) => quantity)),
    refundedMinor: sum(back.map(({ subtotalMinor }) => subtotalMinor)),
  };
}

/** How many of the orders the pixel saw completed, and how many sessions were robots'. */
export function qualityOf(step: Step, { visits, orders, isTold }: Told) {
  const told = visits.map((visit) => ({ visit, events: visit.events.filter(isTold) }));
  const reach = Math.min(...told.flatMap(({ events }) => events.map(timeOf)));
  const seen = new Set(
    told.flatMap(({ visit, events }) =>
      events.some(({ event }) => event.name === "checkout_completed") ? visit.orderId : [],
    ),
  );
  const placed = orders
    .filter(({ test, createdAt }) => !test && within(step, Date.parse(createdAt)))
    .filter(({ createdAt }) => Date.parse(createdAt) >= reach);
  const ordersSeen = placed.filter(({ id }) => seen.has(id)).length;
  const robots = told.filter(
    ({ visit, events }) => isRobot(visit) && within(step, timeOf(events[0])),
  );
  return {
    ...{ of: step.of, orders: placed.length, ordersSeen },
    ...{ captureRate: ratio(ordersSeen, placed.length), botSessions: robots.length },
    ...{ accepted: 0, duplicates: 0, refused: 0, dropped: 0, webhookDelay: null },
  };
}

/** Customers of one day, YYYY-MM-DD: new and returning by all their orders until its end. */
export function customersOn(
  day: string,
  { zone, orders }: { zone: string; orders: readonly Order[] },
) {
  const until = orders.filter(({ createdAt }) => dateAt(Date.parse(createdAt), zone) <= day);
  const told = trueCustomers({ days: [day], zone, orders: until });
  if (told.customers > 0) return told;
  return { ...told, repeatRate: null, ordersPerCustomer: null };
}
