import type { Order } from "../../store/commerce/model";
import { refundedMinor } from "../../store/commerce/orders";
import type { VisitEvent } from "../model";
import { counts, type TrueSession } from "./journeys";

/** What is known of a visitor for sure; times in milliseconds since 1970, money in minor units. */
export type TrueFeatures = {
  lastSessionAt: number | null;
  lastOrderAt: number | null;
  sessionCount: number;
  orderCount: number;
  totalMinor: number;
  meanOrderMinor: number | null;
  discountedShare: number | null;
  /** The median over products bought, from the first view told of to the first order. */
  decisionMs: number | null;
  /** How many sessions began, and orders came of none, in each hour of the shop's day. */
  hours: number[];
};

type Acts = { sessions: TrueSession[]; orders: Order[] };

/** What every visitor is like, by what they did.
 * @param timeZone the shop's */
export function trueFeatures(
  sessions: readonly TrueSession[],
  orders: readonly Order[],
  timeZone: string,
): Map<string, TrueFeatures> {
  const acts = new Map<string, Acts>();
  const of = (visitorId: string): Acts => {
    const known = acts.get(visitorId) ?? { sessions: [], orders: [] };
    acts.set(visitorId, known);
    return known;
  };
  for (const session of sessions) of(session.visitorId).sessions.push(session);
  for (const order of orders.filter(counts)) of(`customer:${order.customerId}`).orders.push(order);
  const tokens = new Set(sessions.flatMap(({ events }) => events.map(tokenIn)));
  const hourOf = clock(timeZone);
  return new Map(
    [...acts].map(([visitorId, own]) => [
      visitorId,
      { ...spent(own), ...last(own), decisionMs: decision(own), hours: hours(own, tokens, hourOf) },
    ]),
  );
}

function spent({ sessions, orders }: Acts) {
  const [count, totalMinor] = [orders.length, sum(orders.map(revenueOf))];
  const discounted = orders.filter(({ discounts, totalDiscountMinor }) => {
    return discounts.length > 0 || totalDiscountMinor > 0;
  });
  return {
    ...{ sessionCount: sessions.length, orderCount: count, totalMinor },
    meanOrderMinor: count > 0 ? Math.round(totalMinor / count) : null,
    discountedShare: count > 0 ? discounted.length / count : null,
  };
}

const revenueOf = (order: Order): number => order.totalMinor - refundedMinor(order);

const last = ({ sessions, orders }: Acts) => ({
  lastSessionAt: latest(sessions.flatMap(({ events }) => events.map(timeOf))),
  lastOrderAt: latest(orders.map(({ createdAt }) => Date.parse(createdAt))),
});

function decision({ sessions, orders }: Acts): number | null {
  const viewed = new Map<string, number>();
  for (const event of sessions.flatMap(({ events }) => events)) {
    const productId = viewedIn(event);
    if (productId !== null)
      viewed.set(productId, Math.min(timeOf(event), viewed.get(productId) ?? Infinity));
  }
  const bought = new Map<string, number>();
  for (const { lines, createdAt } of orders)
    for (const { productId } of lines) {
      const first = bought.get(String(productId)) ?? Infinity;
      bought.set(String(productId), Math.min(Date.parse(createdAt), first));
    }
  const took = [...bought]
    .map(([productId, at]) => at - (viewed.get(productId) ?? NaN))
    .filter((ms) => ms >= 0)
    .sort((one, other) => one - other);
  const [lower, upper] = [took[(took.length - 1) >> 1], took[took.length >> 1]];
  return lower === undefined || upper === undefined ? null : Math.round((lower + upper) / 2);
}

function hours({ sessions, orders }: Acts, tokens: ReadonlySet<string>, hourOf: HourOf): number[] {
  const begun = sessions.flatMap(({ events: [first] }) => (first ? timeOf(first) : []));
  const unseen = orders.filter(({ checkoutToken }) => !tokens.has(checkoutToken));
  const counted = Array.from({ length: 24 }, () => 0);
  for (const at of [...begun, ...unseen.map(({ createdAt }) => Date.parse(createdAt))]) {
    const hour = hourOf(at);
    counted[hour] = (counted[hour] ?? 0) + 1;
  }
  return counted;
}

type HourOf = (at: number) => number;

function clock(timeZone: string): HourOf {
  const format = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" });
  return (at) => Number(format.format(at));
}

type Data = {
  checkout?: { token?: string | null };
  productVariant?: { product: { id?: string | null } };
};
const tokenIn = ({ event }: VisitEvent): string => (event.data as Data).checkout?.token ?? "";
const viewedIn = ({ event }: VisitEvent): string | null =>
  event.name === "product_viewed"
    ? ((event.data as Data).productVariant?.product.id ?? null)
    : null;

const timeOf = ({ at }: VisitEvent): number => Date.parse(at);
const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);
const latest = (times: readonly number[]): number | null =>
  times.length > 0 ? times.reduce((one, other) => Math.max(one, other)) : null;
