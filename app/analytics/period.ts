import { addDays, dayAt, isTimeZone, startOfDay } from "~/platform/calendar";
import { InvalidInput } from "~/platform/errors";
import { HOUR } from "~/platform/time";

const PRESET_DAYS = { today: 1, "7d": 7, "30d": 30, "90d": 90 } as const;

export type Preset = keyof typeof PRESET_DAYS;
export const PRESETS = Object.keys(PRESET_DAYS) as Preset[];
const DEFAULT_PRESET: Preset = "7d";

/** Whole days of a shop, ending today. */
export type Period = {
  preset: Preset;
  timeZone: string;
  /** Inclusive: the start of the first day. */
  from: Date;
  /** Exclusive: the end of today, so partly in the future. */
  to: Date;
  /** YYYY-MM-DD, oldest first. */
  days: string[];
};

/** A step of a chart: an hour of today, a day of anything longer. */
export type Unit = "hour" | "day";

/** The time zone of a shop's days: its own, or UTC where it has none that Intl knows. The page says
 * which one it is. */
export const timeZoneOf = ({ timeZone }: { timeZone: string | null }): string =>
  timeZone !== null && isTimeZone(timeZone) ? timeZone : "UTC";

/** The period that a page's address asks for with `period`; the last 7 days when it does not ask.
 * @param timeZone the shop's, an IANA name
 * @throws {InvalidInput} `period` is none of the presets */
export function parsePeriod(search: URLSearchParams, timeZone: string, now: Date): Period {
  const asked = search.get("period") ?? DEFAULT_PRESET;
  const preset = PRESETS.find((known) => known === asked);
  if (!preset)
    throw new InvalidInput(`period must be one of ${PRESETS.join(", ")}, got "${asked}"`);
  return periodOf(preset, timeZone, now);
}

export function periodOf(preset: Preset, timeZone: string, now: Date): Period {
  const count = PRESET_DAYS[preset];
  const today = dayAt(now, timeZone);
  const first = addDays(today, 1 - count);
  return {
    preset,
    timeZone,
    from: startOfDay(first, timeZone),
    to: startOfDay(addDays(today, 1), timeZone),
    days: Array.from({ length: count }, (_, index) => addDays(first, index)),
  };
}

export const unitOf = (period: Period): Unit => (period.preset === "today" ? "hour" : "day");

/** Where each hour or day of a period begins, oldest first. A day of daylight saving has 23 or 25
 * hours; where clocks move by half an hour, its last one is cut short. */
export function stepsOf(period: Period): Date[] {
  if (unitOf(period) === "day") return startsOfDays(period);
  const count = Math.ceil((period.to.getTime() - period.from.getTime()) / HOUR);
  return Array.from(
    { length: count },
    (_, index) => new Date(period.from.getTime() + index * HOUR),
  );
}

/** Where each day of a period begins, oldest first. */
export const startsOfDays = ({ days, timeZone }: Period): Date[] =>
  days.map((day) => startOfDay(day, timeZone));
