import { MINUTE } from "../calendar";
import { trueCartsOf, valueOf } from "./carts";
import { counts, type Told, type TrueSession } from "./journeys";
import { grouped, sum } from "./statistics";

/** What goes on in a shop at the end of a world.
 * @param now in milliseconds since 1970 */
export function presentAt(now: number, { orders }: Told, sessions: readonly TrueSession[]) {
  const since = (minutes: number) => (at: string) => Date.parse(at) >= now - minutes * MINUTE;
  const isLately = since(30);
  const endedSince = (minutes: number) =>
    sessions.filter(({ events }) => since(minutes)(events.at(-1)?.at ?? ""));
  const here = grouped(endedSince(5), ({ events }) => {
    const last = events.findLast(({ event }) => event.name === "page_viewed");
    return last?.event.context?.path ?? "none";
  });
  const pages = [...here].map(([path, own]) => ({ path, visitors: own.length }));
  const carts = trueCartsOf(sessions, orders, 60 * MINUTE).filter(
    ({ lastAt, isOrdered }) => !isOrdered && now - lastAt <= 30 * MINUTE,
  );
  const placed = orders.filter((order) => counts(order) && isLately(order.createdAt));
  const views = sessions
    .flatMap(({ events }) => events)
    .filter(({ event, at }) => event.name === "page_viewed" && isLately(at))
    .map(({ at }) => Math.floor((Date.parse(at) - now) / MINUTE) + 30);
  const events = endedSince(1).flatMap((session) => session.events.map(({ at }) => at));
  return {
    visitors: sum(pages.map(({ visitors }) => visitors)),
    pages: pages.sort(
      (one, other) => other.visitors - one.visitors || (one.path < other.path ? -1 : 1),
    ),
    carts: { count: carts.length, valueMinor: sum(carts.map(valueOf)) },
    orders: { count: placed.length, revenueMinor: sum(placed.map(({ totalMinor }) => totalMinor)) },
    eventsPerSecond: events.filter(since(1)).length / 60,
    pageViews: Array.from(
      { length: 30 },
      (_, minute) => views.filter((each) => each === minute).length,
    ),
  };
}
