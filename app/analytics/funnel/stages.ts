import { wilson } from "../interval";
import type { RowOf } from "../report";
import type { CONVERSION, FUNNEL } from "./definitions";

/** The stages of the way to a purchase, as every shop has it. */
export const STAGES = ["Browse", "Product", "Cart", "Checkout", "Purchase"] as const;

/** How many of a group reached a stage, and of those whose last was the one before, how many may still go on.
 * Weighted, and as rows; times in milliseconds. */
export type StageCount = {
  of: string;
  /** From 1. */
  place: number;
  reached: number;
  reachedRows: number;
  open: number;
  openRows: number;
  medianTime: number | null;
  p90Time: number | null;
};
export type FunnelStage = RowOf<typeof FUNNEL.columns>;
export type Conversion = RowOf<typeof CONVERSION.columns>;

/** A group's stages, first to last: what each lost, and what shares are of. Who may still go on is neither
 * lost nor in a share's denominator. */
export function toStages(
  of: string,
  counts: readonly StageCount[],
  names: readonly string[],
): FunnelStage[] {
  let [previous, lostSoFar] = [0, 0];
  return names.map((stage, index) => {
    const { reached, open, medianTime, p90Time } = countAt(of, counts, index + 1);
    const lost = index === 0 ? 0 : Math.max(0, previous - reached - open);
    lostSoFar += lost;
    previous = reached;
    return {
      ...{ of, place: index + 1, stage, reached: Math.round(reached) },
      ...{ lost: Math.round(lost), open: Math.round(open) },
      shareOfPrevious: index === 0 ? null : ratio(reached, reached + lost),
      shareOfFirst: ratio(reached, reached + lostSoFar),
      ...{ medianTime, p90Time },
    };
  });
}

/** How many of a group came from a funnel's first stage to its last. */
export function toConversion(
  of: string,
  counts: readonly StageCount[],
  stages: number,
): Conversion {
  const places = Array.from({ length: stages }, (_, index) => countAt(of, counts, index + 1));
  const sum = (read: (count: StageCount) => number) =>
    places.reduce((total, count) => total + read(count), 0);
  const [first, last] = [countAt(of, counts, 1), countAt(of, counts, stages)];
  const open = sum((count) => count.open);
  const conversionRate = ratio(last.reached, first.reached - open);
  const cases = first.reachedRows - sum((count) => count.openRows);
  const interval = conversionRate === null ? null : wilson(conversionRate * cases, cases);
  return {
    ...{ of, entered: Math.round(first.reached), completed: Math.round(last.reached) },
    lost: Math.round(Math.max(0, first.reached - last.reached - open)),
    open: Math.round(open),
    ...{ conversionRate, low: interval?.low ?? null, high: interval?.high ?? null },
  };
}

const countAt = (of: string, counts: readonly StageCount[], place: number): StageCount =>
  counts.find((count) => count.of === of && count.place === place) ?? {
    ...{ of, place, reached: 0, reachedRows: 0, open: 0, openRows: 0 },
    ...{ medianTime: null, p90Time: null },
  };

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** The groups that were counted, those that most entered first. */
export const groupsOf = (counts: readonly StageCount[]): string[] =>
  counts
    .filter(({ place }) => place === 1)
    .sort((one, other) => other.reached - one.reached || (one.of < other.of ? -1 : 1))
    .map(({ of }) => of);
