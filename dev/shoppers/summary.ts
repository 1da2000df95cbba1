import { dateAt } from "./calendar";
import { STEPS, type Step, type Visit } from "./model";
import type { Order } from "../store/commerce/model";

/** A shop's day in sums, of what truly happened: whether the pixel saw it does not matter here. */
export type DaySummary = {
  date: string;
  visits: number;
  bots: number;
  /** Different browsers, and different people, that began a visit. */
  visitors: number;
  people: number;
  pageViews: number;
  events: number;
  searches: number;
  /** How many visits came that far. */
  steps: Record<Step, number>;
  orders: number;
  /** Of the orders placed that day, before refunds, in minor units. */
  revenueMinor: number;
};

/** Sums per calendar day of the shop: a visit with everything in it counts on the day it began, an
 * order on the day it was placed. */
export function summarize(
  visits: Iterable<Visit>,
  orders: Iterable<Order>,
  timeZone: string,
): DaySummary[] {
  const days = new Map<string, DaySummary & { clients: Set<string>; persons: Set<string> }>();
  const dayOf = (time: string) => {
    const date = dateAt(Date.parse(time), timeZone);
    const day = days.get(date) ?? { ...nothingOn(date), clients: new Set(), persons: new Set() };
    days.set(date, day);
    return day;
  };
  for (const visit of visits) {
    const day = dayOf(visit.startedAt);
    day.clients.add(visit.clientId);
    day.persons.add(visit.person);
    count(day, visit);
  }
  for (const order of orders) {
    const day = dayOf(order.createdAt);
    day.orders += 1;
    day.revenueMinor += order.totalMinor;
  }
  return [...days.values()]
    .map(({ clients, persons, ...day }) => ({
      ...day,
      visitors: clients.size,
      people: persons.size,
    }))
    .toSorted((one, other) => (one.date < other.date ? -1 : 1));
}

function count(day: DaySummary, { kind, pages, events, searches, steps }: Visit): void {
  day.visits += 1;
  day.bots += kind === "bot" ? 1 : 0;
  day.pageViews += pages.length;
  day.events += events.length;
  day.searches += searches.length;
  for (const { step } of steps) day.steps[step] += 1;
}

const nothingOn = (date: string): DaySummary => ({
  ...{ date, visits: 0, bots: 0, visitors: 0, people: 0, pageViews: 0, events: 0, searches: 0 },
  steps: Object.fromEntries(STEPS.map((step) => [step, 0])) as Record<Step, number>,
  ...{ orders: 0, revenueMinor: 0 },
});
