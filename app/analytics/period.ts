import { addDays, dayAt, isTimeZone, startOfDay } from "~/platform/calendar";
import { InvalidInput } from "~/platform/errors";
import { HOUR } from "~/platform/time";

/** How many days before today a period begins and ends. */
export const PRESET_DAYS = {
  today: { first: 0, last: 0 },
  yesterday: { first: 1, last: 1 },
  "7d": { first: 6, last: 0 },
  "30d": { first: 29, last: 0 },
  "90d": { first: 89, last: 0 },
  "365d": { first: 364, last: 0 },
} as const;

export type Preset = keyof typeof PRESET_DAYS;
export const PRESETS = [
  "today",
  "yesterday",
  "7d",
  "30d",
  "90d",
  "365d",
] as const satisfies Preset[];
const DEFAULT_PRESET: Preset = "7d";

/** The longest period that can be asked for, in days. */
const MOST_DAYS = 1_100;

/** Whole days of a shop. */
export type Period = {
  preset: Preset | "custom";
  timeZone: string;
  /** Inclusive: the start of the first day. */
  from: Date;
  /** Exclusive: the end of the last day, so partly in the future where that is today. */
  to: Date;
  /** YYYY-MM-DD, oldest first. */
  days: string[];
};

/** A step of a chart. */
export const UNITS = ["hour", "day", "week", "month"] as const;
export type Unit = (typeof UNITS)[number];

/** The time zone of a shop's days: its own, or UTC where it has none that Intl knows. The page says
 * which one it is. */
export const timeZoneOf = ({ timeZone }: { timeZone: string | null }): string =>
  timeZone !== null && isTimeZone(timeZone) ? timeZone : "UTC";

/** The period that an address asks for with `period`, or with `from` and `to`, both inclusive; the last 7
 * days when it does not ask.
 * @param timeZone the shop's, an IANA name
 * @throws {InvalidInput} `period` is none of the presets, or the days are none */
export function parsePeriod(search: URLSearchParams, timeZone: string, now: Date): Period {
  const [first, last] = [search.get("from"), search.get("to")];
  if (first !== null || last !== null) return customPeriod({ first, last }, timeZone, now);
  const asked = search.get("period") ?? DEFAULT_PRESET;
  const preset = PRESETS.find((known) => known === asked);
  if (!preset)
    throw new InvalidInput(`period must be one of ${PRESETS.join(", ")}, got "${asked}"`);
  return periodOf(preset, timeZone, now);
}

/** What an address asks, with a period of its own where it asks for none: some pages need more days than
 * others to show anything. */
export function searchWithPeriod(search: URLSearchParams, preset: Preset): URLSearchParams {
  const asked = new URLSearchParams(search);
  if (["period", "from", "to"].every((name) => !search.has(name))) asked.set("period", preset);
  return asked;
}

export function periodOf(preset: Preset, timeZone: string, now: Date): Period {
  const { first, last } = PRESET_DAYS[preset];
  const today = dayAt(now, timeZone);
  return { preset, ...daysFrom(addDays(today, -first), addDays(today, -last), timeZone) };
}

type Days = { first: string | null; last: string | null };

function customPeriod({ first, last }: Days, timeZone: string, now: Date): Period {
  const end = last ?? dayAt(now, timeZone);
  const begin = first ?? end;
  for (const [name, day] of Object.entries({ from: begin, to: end }))
    if (!isDay(day))
      throw new InvalidInput(`${name} must be a day such as 2026-11-21, got "${day}"`);
  if (begin > end) throw new InvalidInput(`from must not be after to, got ${begin} and ${end}`);
  if (addDays(begin, MOST_DAYS) <= end)
    throw new InvalidInput(`at most ${MOST_DAYS} days can be asked for, got ${begin} to ${end}`);
  return { preset: "custom", ...daysFrom(begin, end, timeZone) };
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  addDays(text, 0) === text;

/** The days from one to another, both inclusive. */
export function daysFrom(first: string, last: string, timeZone: string): Omit<Period, "preset"> {
  const days = [first];
  for (let day = first; day < last;) days.push((day = addDays(day, 1)));
  return {
    ...{ timeZone, days },
    from: startOfDay(first, timeZone),
    to: startOfDay(addDays(last, 1), timeZone),
  };
}

/** In what steps a period is shown unless the address says: not more than about a hundred. */
export function unitOf({ days }: Pick<Period, "days">): Unit {
  if (days.length <= 2) return "hour";
  if (days.length <= 92) return "day";
  return days.length <= 400 ? "week" : "month";
}

/** Where each step of a period begins, oldest first; the first begins with the period. A day of daylight
 * saving has 23 or 25 hours; where clocks move by half an hour, its last one is cut short. */
export function stepsOf(period: Period, unit: Unit = unitOf(period)): Date[] {
  if (unit === "hour") return hoursOf(period);
  const days = period.days.filter((day, index) => index === 0 || begins(day, unit));
  return days.map((day) => startOfDay(day, period.timeZone));
}

const begins = (day: string, unit: Unit): boolean => {
  if (unit === "month") return day.endsWith("-01");
  return unit === "day" || new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
};

function hoursOf({ from, to }: Period): Date[] {
  const count = Math.ceil((to.getTime() - from.getTime()) / HOUR);
  return Array.from({ length: count }, (_, index) => new Date(from.getTime() + index * HOUR));
}

/** Where each day of a period begins, oldest first. */
export const startsOfDays = (period: Period): Date[] => stepsOf(period, "day");
