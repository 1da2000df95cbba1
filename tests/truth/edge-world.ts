import { startOfDay, addDays } from "~/platform/calendar";
import { HOUR, MINUTE } from "~/platform/time";
import { iso } from "../../dev/shoppers/calendar";
import { counts, type Told } from "../../dev/shoppers/checks/journeys";
import type { Visit } from "../../dev/shoppers/model";
import type { Order } from "../../dev/store/commerce/model";
import { happened } from "./world";

type About = { domain: string; seed: number; today: string; timeZone: string };
export type EdgeWorld = { told: Told; until: Date; refundedTwice: Order };

/** Days of a shop until the evening of the last one. Of the last seven, on the third nothing happens; of
 * an order of the first two, something is paid back as the fourth begins and as the fifth ends; and the
 * fifth begins in the midst of somebody's visit. */
export function edgeWorld({ domain, seed, today, timeZone }: About): EdgeWorld {
  const startOf = (ago: number) => startOfDay(addDays(today, -ago), timeZone).getTime();
  const until = new Date(startOf(0) + 20 * HOUR);
  const all = happened({ shop: domain, seed, until, days: 9, visitorsPerDay: 40 });
  const [from, to] = [startOf(4), startOf(3)];
  const isSilent = ({ at }: { at: string }) => Date.parse(at) >= from && Date.parse(at) < to;
  const visits = all.visits.filter(({ events }) => !events.some(isSilent));
  const missing = new Set(all.visits.map(({ orderId }) => orderId));
  for (const { orderId } of visits) missing.delete(orderId);
  const orders = all.orders
    .filter(({ id }) => !missing.has(id))
    .filter(({ createdAt, refunds }) => !datesOf({ createdAt, refunds }).some(isSilent));
  const chosen = orders.find(
    (order) =>
      counts(order) &&
      order.refunds.length === 0 &&
      Date.parse(order.createdAt) < from &&
      Date.parse(order.createdAt) >= startOf(6),
  );
  if (!chosen) throw new Error("no order to be refunded twice");
  const refundedTwice = payBack(chosen, [startOf(3) + 5 * MINUTE, startOf(1) - 5 * MINUTE]);
  return {
    ...{ until, refundedTwice },
    told: {
      isTold: all.isTold,
      orders: orders.map((order) => (order === chosen ? refundedTwice : order)),
      visits: overMidnight(visits, startOf(2)),
    },
  };
}

const datesOf = ({ createdAt, refunds }: Pick<Order, "createdAt" | "refunds">) =>
  [createdAt, ...refunds.map((refund) => refund.createdAt)].map((at) => ({ at }));

/** Pays a part of an order back at each of some moments, without a piece that came back. */
function payBack(order: Order, moments: readonly number[]): Order {
  const refunds = moments.map((at, index) => ({
    ...{ id: order.id * 10 + index, createdAt: iso(at), note: null, restock: false, lines: [] },
    amountMinor: 150 + index,
  }));
  return { ...order, refunds, updatedAt: iso(Math.max(...moments)) };
}

/** Of somebody who came only once, saw something and bought nothing, the visit is put over midnight. */
function overMidnight(visits: readonly Visit[], midnight: number): Visit[] {
  const alone = visits.find(
    (visit) =>
      visit.pixel === "runs" &&
      visit.kind === "shopper" &&
      visit.orderId === null &&
      visit.pages.length > 2 &&
      visit.events.every(({ fate }) => fate === "sent") &&
      visits.filter(({ clientId }) => clientId === visit.clientId).length === 1,
  );
  const second = alone?.pages[1]?.at;
  if (!alone || !second) throw new Error("nobody to come at midnight");
  const later = midnight - Date.parse(second);
  return visits.map((visit) => (visit === alone ? moved(visit, later) : visit));
}

function moved(visit: Visit, byMs: number): Visit {
  const to = <Item extends { at: string }>(item: Item): Item => ({
    ...item,
    at: iso(Date.parse(item.at) + byMs),
  });
  return {
    ...visit,
    ...{ pages: visit.pages.map(to), steps: visit.steps.map(to) },
    ...{ searches: visit.searches.map(to), events: visit.events.map(to) },
  };
}
