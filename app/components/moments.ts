import type { Unit } from "~/analytics/period";
import { DAY, HOUR, MINUTE, SECOND } from "~/platform/time";

const STEPS = [
  { unit: "day", length: DAY },
  { unit: "hour", length: HOUR },
  { unit: "minute", length: MINUTE },
  { unit: "second", length: SECOND },
] as const;
const relative = new Intl.RelativeTimeFormat("en");

/** How long ago a moment was: "just now" within five seconds, then "42 seconds ago" and so on.
 * @param at, now ISO timestamps, both of the server's clock */
export function ago(at: string, now: string): string {
  const passed = Date.parse(now) - Date.parse(at);
  const step = STEPS.find(({ length }) => passed >= length);
  if (!step || passed < 5 * SECOND) return "just now";
  return relative.format(-Math.floor(passed / step.length), step.unit);
}

const show = (at: string, timeZone: string, parts: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...parts }).format(new Date(at));

const DATE = { month: "short", day: "numeric" } as const;
const HOUR_AND_MINUTE = { hour: "2-digit", minute: "2-digit" } as const;

/** For example "Nov 21, 2026, 14:04:31". */
export const longMoment = (at: string, timeZone: string) =>
  show(at, timeZone, { ...DATE, ...HOUR_AND_MINUTE, year: "numeric", second: "2-digit" });

/** For example "14:04:31". */
export const clockTime = (at: string, timeZone: string) =>
  show(at, timeZone, { ...HOUR_AND_MINUTE, second: "2-digit" });

const STEP_PARTS: Record<Unit, Intl.DateTimeFormatOptions> = {
  ...{ hour: HOUR_AND_MINUTE, day: DATE, week: DATE },
  month: { month: "short", year: "numeric" },
};

/** A step of a chart: "14:00" for an hour, "Nov 21" for a day or the week that begins then, "Nov 2026". */
export const stepLabel = (at: string, timeZone: string, unit: Unit) =>
  show(at, timeZone, STEP_PARTS[unit]);

/** The same for a step that is known by its first day, YYYY-MM-DD. */
export const dayLabel = (day: string, unit: Unit) => stepLabel(`${day}T00:00:00Z`, "UTC", unit);
