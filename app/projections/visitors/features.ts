import { clockAt } from "~/platform/calendar";
import { DAY } from "~/platform/time";
import { median, quantile, sharesOf, topShares, type Share } from "./shares";

/** All that is known of a visitor. Money is in minor units of the shop's currency. */
export type Past = {
  /** The shop's. */
  timeZone: string;
  sessions: readonly PastSession[];
  products: readonly PastProduct[];
  orders: readonly PastOrder[];
};
export type PastSession = {
  startedAt: Date;
  endedAt: Date;
  /** For how long pages were visible; null when the tracker did not tell. */
  engagedMs: number | null;
};
/** A product that the visitor had to do with, as it was last seen. */
export type PastProduct = {
  productId: string;
  /** By `weightOf`. */
  weight: number;
  firstViewedAt: Date | null;
  priceMinor: number | null;
  productType: string | null;
  vendor: string | null;
};
/** A verified order, neither cancelled nor a test. */
export type PastOrder = {
  placedAt: Date;
  revenueMinor: number;
  isDiscounted: boolean;
  /** Whether it came of a session: then that one tells of the hour. */
  hasSession: boolean;
  items: readonly { productId: string | null; priceMinor: number; vendor: string | null }[];
};

export type Features = {
  lastSessionAt: Date | null;
  lastOrderAt: Date | null;
  sessionCount: number;
  orderCount: number;
  dayCount: number;
  medianDaysBetween: number | null;
  totalMinor: number;
  meanOrderMinor: number | null;
  priceLowMinor: number | null;
  priceMedianMinor: number | null;
  priceHighMinor: number | null;
  discountedShare: number | null;
  decisionMs: number | null;
  engagedMs: number | null;
  categoryShares: Share[];
  vendorShares: Share[];
  hourShares: number[];
  weekdayShares: number[];
};

/** What a visitor is like: docs/user-features.md says how each of them is found. */
export function featuresOf(past: Past): Features {
  const { sessions, orders, products } = past;
  const totalMinor = sum(orders.map(({ revenueMinor }) => revenueMinor));
  const told = sessions.flatMap(({ engagedMs }) => engagedMs ?? []);
  const count = orders.length;
  const vendors = vendorsIn(orders);
  return {
    lastSessionAt: latest(sessions.map(({ endedAt }) => endedAt)),
    lastOrderAt: latest(orders.map(({ placedAt }) => placedAt)),
    sessionCount: sessions.length,
    orderCount: count,
    ...rhythmOf(past),
    totalMinor,
    meanOrderMinor: count > 0 ? Math.round(totalMinor / count) : null,
    ...priceBandOf(past),
    discountedShare: count > 0 ? orders.filter((each) => each.isDiscounted).length / count : null,
    decisionMs: decisionOf(past),
    engagedMs: told.length > 0 ? sum(told) : null,
    categoryShares: topShares(products.map((each) => ({ ...each, name: each.productType }))),
    vendorShares: topShares(
      products.map((each) => ({
        ...each,
        name: each.vendor ?? vendors.get(each.productId) ?? null,
      })),
    ),
  };
}

/** When the visitor comes: by the shop's clock and calendar. */
function rhythmOf({ sessions, orders, timeZone }: Past) {
  const begun = sessions.map(({ startedAt }) => startedAt);
  const unseen = orders.filter(({ hasSession }) => !hasSession).map(({ placedAt }) => placedAt);
  const comings = [...begun, ...unseen].map((moment) => clockAt(moment, timeZone));
  const days = [...new Set(comings.map(({ day }) => Date.parse(day)))].sort((a, b) => a - b);
  return {
    dayCount: days.length,
    medianDaysBetween: median(days.slice(1).map((day, i) => (day - (days[i] ?? day)) / DAY)),
    hourShares: sharesOf(
      comings.map(({ hour }) => hour),
      24,
    ),
    weekdayShares: sharesOf(
      comings.map(({ weekday }) => weekday),
      7,
    ),
  };
}

/** The quartiles of what was looked at, each product once, and of what was bought, each line once. */
function priceBandOf({ products, orders }: Past) {
  const bought = orders.flatMap(({ items }) => items);
  const prices = [...products, ...bought].flatMap(({ priceMinor }) => priceMinor ?? []);
  return {
    priceLowMinor: quantile(prices, 0.25),
    priceMedianMinor: quantile(prices, 0.5),
    priceHighMinor: quantile(prices, 0.75),
  };
}

/** From a product's first view to the first order of it, where it was looked at before. */
function decisionOf({ products, orders }: Past): number | null {
  const bought = new Map<string, number>();
  for (const { placedAt, items } of orders)
    for (const { productId } of items)
      if (productId !== null)
        bought.set(productId, Math.min(placedAt.getTime(), bought.get(productId) ?? Infinity));
  const taken = products.flatMap(({ productId, firstViewedAt }) => {
    const took = (bought.get(productId) ?? NaN) - (firstViewedAt?.getTime() ?? NaN);
    return took >= 0 ? took : [];
  });
  const middle = median(taken);
  return middle === null ? null : Math.round(middle);
}

/** Who makes each product, as the newest order of it says. */
const vendorsIn = (orders: readonly PastOrder[]): Map<string | null, string | null> =>
  new Map(
    orders
      .toSorted((one, other) => one.placedAt.getTime() - other.placedAt.getTime())
      .flatMap(({ items }) => items.map(({ productId, vendor }) => [productId, vendor] as const)),
  );

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);

const latest = (moments: readonly Date[]): Date | null =>
  moments.reduce<Date | null>((last, moment) => (last && last >= moment ? last : moment), null);
