import { addDays } from "~/platform/calendar";
import { daysFrom, type Period } from "./period";

/** What a period may be set against: as many days just before it, or its days a year before. */
export const COMPARISONS = ["previous", "year"] as const;
export type Comparison = (typeof COMPARISONS)[number];
export const COMPARISON_NAMES: Record<Comparison, string> = {
  previous: "The period before",
  year: "The year before",
};

/** The period that another is set against. Where that one is not over yet, this one ends as far into it,
 * so that part of a day is not set against a whole one. */
export function comparedTo(period: Period, comparison: Comparison, now: Date): Period {
  const [first = "", last = first] = [period.days[0], period.days.at(-1)];
  const days =
    comparison === "previous"
      ? [addDays(first, -period.days.length), addDays(first, -1)]
      : [yearBefore(first), yearBefore(last)];
  const [from = first, to = last] = days;
  const other = { preset: "custom" as const, ...daysFrom(from, to, period.timeZone) };
  if (now >= period.to) return other;
  const elapsed = Math.max(0, now.getTime() - period.from.getTime());
  return { ...other, to: new Date(Math.min(other.to.getTime(), other.from.getTime() + elapsed)) };
}

/** The same date of the year before; 28 February for the 29th. */
export function yearBefore(day: string): string {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return before.endsWith("-02-29") ? before.replace(/29$/, "28") : before;
}
