import { DAY } from "~/platform/time";

/** What was seen of a variant at a moment, and held until the next change; amounts in minor units of the
 * shop's currency. Lists of changes start with the oldest. */
export type Change = {
  changedAt: Date;
  priceMinor: number;
  /** What it cost before, by the merchant's word. */
  compareAtMinor: number | null;
  isAvailable: boolean;
};

/** From a moment up to another, which is not in it. */
export type Span = { from: Date; to: Date };

/** A price for as long as it held. */
export type PriceStep = Span & Pick<Change, "priceMinor" | "compareAtMinor">;

/** The 30 days of Directive 98/6/EC, article 6a: how far back the prior price is looked for, and how long
 * a fallen price without a compare-at price counts as a reduction. */
export const PRIOR_DAYS = 30;

/** The prices of a variant, step by step. Changes of stock alone make no step.
 * @param until where the last step ends */
export function priceSteps(changes: readonly Change[], until: Date): PriceStep[] {
  const starts = changes.filter(
    (change, index) => change.changedAt < until && !isSamePrice(change, changes[index - 1]),
  );
  return starts.map(({ changedAt, priceMinor, compareAtMinor }, index) => ({
    ...{ from: changedAt, to: starts[index + 1]?.changedAt ?? until },
    ...{ priceMinor, compareAtMinor },
  }));
}

const isSamePrice = (one: Change, other: Change | undefined): boolean =>
  one.priceMinor === other?.priceMinor && one.compareAtMinor === other.compareAtMinor;

/** The part of a span that two spans share; null when they only touch. */
function overlap(one: Span, other: Span): Span | null {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return from < to ? { from, to } : null;
}

const daysIn = ({ from, to }: Span): number => (to.getTime() - from.getTime()) / DAY;
const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
const daysBefore = (moment: Date, days: number): Date => new Date(moment.getTime() - days * DAY);

/** The lowest price in a span, and for how many of its days a price is known at all. */
export type Lowest = { priceMinor: number; knownDays: number };

/** @returns null when no price of the span is known */
export function lowestIn(steps: readonly PriceStep[], span: Span): Lowest | null {
  const inside = steps.flatMap((step) => {
    const shared = overlap(step, span);
    return shared ? [{ priceMinor: step.priceMinor, days: daysIn(shared) }] : [];
  });
  if (inside.length === 0) return null;
  return {
    priceMinor: Math.min(...inside.map(({ priceMinor }) => priceMinor)),
    knownDays: total(inside.map(({ days }) => days)),
  };
}

/** Why a price counts as reduced: the merchant says so by a compare-at price above it, or it was higher
 * until it fell, less than 30 days ago. */
export type ReducedBy = "compareAt" | "fall";
export type Reduction = {
  by: ReducedBy;
  /** When this price was first shown as reduced. */
  since: Date;
  /** The lowest of the 30 days before that; null when no price from before is known. */
  prior: Lowest | null;
};

/** The reduction that a price stands for, with the prior price that has to be shown beside it in the EU.
 * A price that falls in several steps is a new reduction with each: the rule where no national law counts
 * from the first (Directive 98/6/EC, article 6a, 1 and 5).
 * @param steps all that are known, up to now
 * @returns null when the price is not reduced */
export function reductionIn(steps: readonly PriceStep[]): Reduction | null {
  const last = steps.at(-1);
  if (!last) return null;
  const since = announcedSince(steps);
  if (since) return { by: "compareAt", since, prior: priorTo(steps, since) };
  const drop = dropIn(steps);
  if (!drop || drop.at < daysBefore(last.to, PRIOR_DAYS)) return null;
  return { by: "fall", since: drop.at, prior: priorTo(steps, drop.at) };
}

const priorTo = (steps: readonly PriceStep[], since: Date): Lowest | null =>
  lowestIn(steps, { from: daysBefore(since, PRIOR_DAYS), to: since });

const isAnnounced = ({ priceMinor, compareAtMinor }: PriceStep): boolean =>
  compareAtMinor !== null && compareAtMinor > priceMinor;

/** Since when the latest price has been shown below a compare-at price; null when it is not. */
function announcedSince(steps: readonly PriceStep[]): Date | null {
  const now = steps.at(-1);
  const before = steps.findLastIndex(
    (step) => !isAnnounced(step) || step.priceMinor !== now?.priceMinor,
  );
  return steps[before + 1]?.from ?? null;
}

/** A fall of the price that no other change of it has followed. */
export type Drop = { at: Date; fromMinor: number; toMinor: number };

/** @returns null when the price has never changed, or rose the last time */
export function dropIn(steps: readonly PriceStep[]): Drop | null {
  const last = steps.at(-1);
  const other = steps.findLastIndex(({ priceMinor }) => priceMinor !== last?.priceMinor);
  const [before, after] = [steps[other], steps[other + 1]];
  if (!before || !after || after.priceMinor > before.priceMinor) return null;
  return { at: after.from, fromMinor: before.priceMinor, toMinor: after.priceMinor };
}

/** How much of the price a drop took away, from 0 to 1; null where it was free before. */
export const shareOf = ({ fromMinor, toMinor }: Pick<Drop, "fromMinor" | "toMinor">) =>
  fromMinor === 0 ? null : (fromMinor - toMinor) / fromMinor;

/** Days on which something could not be bought, of those on which that is known. */
export type OutOfStock = { days: number; knownDays: number };

/** Counts parts of days too. */
export function outOfStock(
  changes: readonly Pick<Change, "changedAt" | "isAvailable">[],
  window: Span,
): OutOfStock {
  const known = changes.map(({ changedAt, isAvailable }, index) => {
    const held = { from: changedAt, to: changes[index + 1]?.changedAt ?? window.to };
    const shared = overlap(held, window);
    return { isAvailable, days: shared ? daysIn(shared) : 0 };
  });
  return {
    days: total(known.map(({ isAvailable, days }) => (isAvailable ? 0 : days))),
    knownDays: total(known.map(({ days }) => days)),
  };
}
