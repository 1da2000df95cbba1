import type { RowOf } from "../report";
import type { LTV } from "./definitions";

export type LifetimeValue = RowOf<typeof LTV.columns>;

/** What customers of one cohort, with as many whole months behind them, brought in one of these. */
export type Brought = {
  /** The cohort's place in the period, from 0. */
  cohort: number;
  /** Whole months between the first order and now. */
  passed: number;
  /** 0 is the first order alone, 1 the first month after it, and so on. */
  month: number;
  /** All of them, in month 0 alone. */
  customers: number;
  revenueMinor: number;
};

/** How far a cohort is followed, in months. */
export const MOST_MONTHS = 24;

/** Sums up what each cohort brought, month after month, of those alone who were observed for so long: a
 * month that is not over for all of them is not set against whole ones.
 * @param cohorts their first days, in order */
export const toLifetimeValues = (
  cohorts: readonly string[],
  brought: readonly Brought[],
): LifetimeValue[] =>
  cohorts.flatMap((day, place) => {
    const own = brought.filter(({ cohort }) => cohort === place);
    const longest = Math.min(MOST_MONTHS, Math.max(-1, ...own.map(({ passed }) => passed)));
    return Array.from({ length: longest + 1 }, (_, month) => valueAfter(day, own, month));
  });

function valueAfter(cohort: string, own: readonly Brought[], month: number): LifetimeValue {
  const first = own.filter((each) => each.month === 0);
  const customers = sum(first.map((each) => each.customers));
  const observed = sum(first.filter(({ passed }) => passed >= month).map((each) => each.customers));
  const revenueMinor = sum(
    own
      .filter((each) => each.passed >= month && each.month <= month)
      .map((each) => each.revenueMinor),
  );
  return {
    ...{ cohort, customers, month, observed, observedShare: observed / customers },
    ...{ isUnfinished: observed < customers, revenueMinor },
    revenuePerCustomerMinor: Math.round(revenueMinor / observed),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);
