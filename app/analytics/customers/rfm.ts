import type { RowOf } from "../report";
import type { RFM } from "./definitions";

export type RfmGroup = RowOf<typeof RFM.columns>;

/** When somebody's last order is no longer recent, and when they are lost: days after it. */
export const RECENT_DAYS = 90;
export const LOST_DAYS = 365;
/** How many orders make somebody loyal. */
export const LOYAL_ORDERS = 3;

/** Customers who are alike. */
export type Alike = {
  recency: "recent" | "slipping" | "lost";
  /** How many orders each of them has; all from LOYAL_ORDERS on are alike. */
  orderCount: number;
  /** Each brought more than three quarters of all customers did. */
  isTop: boolean;
  customers: number;
  orders: number;
  revenueMinor: number;
};
type Traits = Pick<Alike, "recency" | "orderCount" | "isTop">;

const RECENT = `Last order at most ${RECENT_DAYS} days ago`;
const SLIPPING = `Last order ${RECENT_DAYS + 1} to ${LOST_DAYS} days ago`;
const LOYAL = `at least ${LOYAL_ORDERS} orders`;
const TOP = "of the quarter that brought most";

type Rule = { group: string; rule: string; holds: (traits: Traits) => boolean };
const isLoyal = ({ orderCount }: Traits) => orderCount >= LOYAL_ORDERS;

/** The first that holds decides; one always does. */
const RULES: Rule[] = [
  {
    ...{ group: "Best", rule: `${RECENT}, ${LOYAL}, ${TOP}` },
    holds: (each) => each.recency === "recent" && isLoyal(each) && each.isTop,
  },
  {
    ...{ group: "Loyal", rule: `${RECENT}, ${LOYAL}` },
    holds: (each) => each.recency === "recent" && isLoyal(each),
  },
  {
    ...{ group: "Big spenders", rule: `${RECENT}, ${TOP}` },
    holds: (each) => each.recency === "recent" && each.isTop,
  },
  {
    ...{ group: "Promising", rule: `${RECENT}, a second order` },
    holds: (each) => each.recency === "recent" && each.orderCount > 1,
  },
  {
    ...{ group: "New", rule: `${RECENT}, the only one` },
    holds: (each) => each.recency === "recent",
  },
  {
    ...{ group: "To win back", rule: `${SLIPPING}, ${LOYAL} or ${TOP}` },
    holds: (each) => each.recency === "slipping" && (isLoyal(each) || each.isTop),
  },
  {
    ...{ group: "Slipping", rule: SLIPPING },
    holds: (each) => each.recency === "slipping",
  },
  {
    ...{ group: "Lost", rule: `Last order more than ${LOST_DAYS} days ago` },
    holds: (each) => each.recency === "lost",
  },
];

export const rfmGroupOf = (traits: Traits): string | undefined =>
  RULES.find(({ holds }) => holds(traits))?.group;

/** Every group, also one of nobody, with what its customers have together. */
export function toRfmGroups(customers: readonly Alike[]): RfmGroup[] {
  const all = total(customers);
  return RULES.map(({ group, rule }) => {
    const own = total(customers.filter((each) => rfmGroupOf(each) === group));
    return {
      ...{ group, rule, ...own },
      customerShare: all.customers > 0 ? own.customers / all.customers : null,
      revenueShare: all.revenueMinor > 0 ? own.revenueMinor / all.revenueMinor : null,
    };
  });
}

const total = (customers: readonly Alike[]) => ({
  customers: customers.reduce((sum, each) => sum + each.customers, 0),
  orders: customers.reduce((sum, each) => sum + each.orders, 0),
  revenueMinor: customers.reduce((sum, each) => sum + each.revenueMinor, 0),
});
