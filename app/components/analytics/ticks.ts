import type { Kind } from "~/analytics/report";
import { DAY, HOUR, MINUTE, SECOND } from "~/platform/time";

/** How many stretches an axis is divided into, at most. */
const MOST = 5;

/** Where an axis has its lines: at round numbers, from 0 or below up to what is drawn at most; to 1 where that is nothing.
 * @param values what is drawn, null for nothing */
export function ticksOf(values: readonly (number | null)[], kind: Kind): number[] {
  const drawn = [0, ...values.flatMap((value) => value ?? [])];
  const [least, most] = [Math.min(...drawn), Math.max(...drawn)];
  if (least === most) return [0, 1];
  const step = roundStep((most - least) / MOST, kind);
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)];
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** The least round number that is not below another. */
function roundStep(least: number, kind: Kind): number {
  const round = kind === "duration" && least >= SECOND ? DURATIONS.find((ms) => ms >= least) : null;
  return round ?? decimalStep(least, kind === "count" || kind === "money");
}

/** 1, 2, 2.5 or 5 times a power of ten. */
function decimalStep(least: number, isWhole: boolean): number {
  const unit = 10 ** Math.floor(Math.log10(least));
  const steps = [1, 2, 2.5, 5, 10].map((times) => times * unit);
  return steps.find((step) => step >= least && (!isWhole || Number.isInteger(step))) ?? 1;
}

const DURATIONS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100].map((days) => days * DAY),
];
