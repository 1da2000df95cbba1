import { groupBy } from "~/platform/group-by";
import { DAY } from "~/platform/time";
import {
  dropIn,
  outOfStock,
  PRIOR_DAYS,
  priceSteps,
  reductionIn,
  type Change,
  type Drop,
  type OutOfStock,
  type Reduction,
} from "./prices";

/** A variant's changes; `endedAt` is when Shopify no longer had it. */
export type VariantHistory = {
  variantId: string;
  changes: readonly Change[];
  endedAt: Date | null;
};

/** What a product cost, from its cheapest to its dearest variant, and whether any could be bought. */
export type ProductChange = {
  changedAt: Date;
  minMinor: number;
  maxMinor: number;
  isAvailable: boolean;
};

type Happening = { at: Date; variantId: string; now: Change | null };

/** A product's prices and availability out of its variants' changes, oldest first. A moment at which no
 * variant is left makes no row: what held before goes on, and nothing can be bought. */
export function productChanges(histories: readonly VariantHistory[]): ProductChange[] {
  const happenings = histories.flatMap(happeningsOf);
  const moments = [...groupBy(happenings, ({ at }) => at.getTime())].sort(([a], [b]) => a - b);
  const shown = new Map<string, Change>();
  const found: ProductChange[] = [];
  for (const [time, together] of moments) {
    for (const { variantId, now } of together)
      if (now) shown.set(variantId, now);
      else shown.delete(variantId);
    const next = summaryOf([...shown.values()], found.at(-1));
    if (next && !isSame(next, found.at(-1))) found.push({ changedAt: new Date(time), ...next });
  }
  return found;
}

function happeningsOf({ variantId, changes, endedAt }: VariantHistory): Happening[] {
  const told = changes.map((now): Happening => ({ at: now.changedAt, variantId, now }));
  const last = changes.at(-1)?.changedAt;
  if (!endedAt || !last) return told;
  return [...told, { at: endedAt > last ? endedAt : last, variantId, now: null }];
}

type Shown = Omit<ProductChange, "changedAt">;

function summaryOf(variants: readonly Change[], before: Shown | undefined): Shown | null {
  if (variants.length === 0) return before ? { ...before, isAvailable: false } : null;
  const prices = variants.map(({ priceMinor }) => priceMinor);
  return {
    ...{ minMinor: Math.min(...prices), maxMinor: Math.max(...prices) },
    isAvailable: variants.some(({ isAvailable }) => isAvailable),
  };
}

const isSame = (one: Shown, other: Shown | undefined): boolean =>
  one.minMinor === other?.minMinor &&
  one.maxMinor === other.maxMinor &&
  one.isAvailable === other.isAvailable;

/** A product's "from" price as a series of its own, which `priceSteps` and what builds on it can read. */
export const fromPrices = (changes: readonly ProductChange[]): Change[] =>
  changes.map(({ changedAt, minMinor, isAvailable }) => ({
    ...{ changedAt, priceMinor: minMinor, compareAtMinor: null, isAvailable },
  }));

/** What a variant's or a from-price's history says of it now. */
export type PriceFacts = {
  reduction: Reduction | null;
  drop: Drop | null;
  /** Of the last 30 days. */
  outOfStock: OutOfStock;
};

export function priceFacts(changes: readonly Change[], now: Date): PriceFacts {
  const steps = priceSteps(changes, now);
  const from = new Date(now.getTime() - PRIOR_DAYS * DAY);
  return {
    reduction: reductionIn(steps),
    drop: dropIn(steps),
    outOfStock: outOfStock(changes, { from, to: now }),
  };
}
