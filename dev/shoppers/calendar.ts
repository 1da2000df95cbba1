import type { Chance } from "../chance";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const iso = (at: number): string => new Date(at).toISOString();

/** A calendar day of a time zone, from `start` to before `end`, in milliseconds since 1970: 23 or 25
 * hours where the clocks change. */
export type Day = { date: string; start: number; end: number };

/** How busy each hour of a day is, from midnight on. */
const HOURS = [
  2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 8, 9, 11, 10, 9, 9, 10, 11, 13, 15, 17, 16, 11, 5,
] as const;
/** How busy each day of the week is, from Sunday on; a usual day is 1. */
const WEEK = [1.2, 0.92, 0.87, 0.92, 0.96, 1, 1.13] as const;
/** What the last day of a world has more than the first one, as a share of the middle one. */
const GROWTH = 0.3;
const CAMPAIGN_RUSH = 1.7;

/** The last `count` days of a time zone that begin before a moment, oldest first. */
export function daysUntil(until: Date, count: number, timeZone: string): Day[] {
  const last = Date.parse(dateAt(until.getTime() - 1, timeZone));
  return Array.from({ length: count }, (_, i) => {
    const date = isoDate(last - (count - 1 - i) * DAY);
    const next = isoDate(last - (count - 2 - i) * DAY);
    return { date, start: startOf(date, timeZone), end: startOf(next, timeZone) };
  });
}

/** How many times a usual day's visitors come: by weekday, by growth, and on a campaign day.
 * @param progress of the world, 0 on its first day and 1 on its last */
export const busynessOf = (date: string, progress: number): number =>
  (WEEK[new Date(date).getUTCDay()] ?? 1) *
  (1 + GROWTH * (progress - 0.5)) *
  (campaignOn(date) === null ? 1 : CAMPAIGN_RUSH);

/** The merchant's campaigns: one on the last Friday of each month. */
export function campaignOn(date: string): string | null {
  const day = new Date(date);
  const isLastFriday =
    day.getUTCDay() === 5 && new Date(day.getTime() + 7 * DAY).getUTCMonth() !== day.getUTCMonth();
  return isLastFriday ? `${date.slice(0, 7)}-last-friday` : null;
}

/** A moment of a day, as likely as its hour is busy; null when no hour of it begins after `from`. */
export function momentOf(day: Day, timeZone: string, luck: Chance, from = day.start) {
  const hours: { hour: number; rush: number }[] = [];
  for (let hour = day.start; hour < day.end; hour += HOUR)
    if (hour >= from) hours.push({ hour, rush: hourRush(hour, timeZone) });
  let left = luck.next() * hours.reduce((sum, { rush }) => sum + rush, 0);
  const found = hours.find(({ rush }) => (left -= rush) < 0);
  return found ? Math.min(found.hour + luck.between(0, HOUR - 1), day.end - 1) : null;
}

/** How busy the hour is that a time zone's clocks show at a moment. */
export const hourRush = (at: number, timeZone: string): number =>
  HOURS[Math.floor((at + offsetAt(at, timeZone)) / HOUR) % 24] ?? 1;

export const dateAt = (at: number, timeZone: string): string =>
  isoDate(at + offsetAt(at, timeZone));

const isoDate = (at: number) => new Date(at).toISOString().slice(0, 10);

/** A day's midnight. The clocks of the zones that we use change later at night. */
function startOf(date: string, timeZone: string): number {
  const midnight = Date.parse(date);
  const nearly = midnight - offsetAt(midnight, timeZone);
  return midnight - offsetAt(nearly, timeZone);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** How far a zone's clocks are ahead of UTC, in milliseconds; they change on the hour. */
function offsetAt(at: number, timeZone: string): number {
  const hour = Math.floor(at / HOUR) * HOUR;
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, known);
  const offset = known.get(hour) ?? wallClock(hour, timeZone) - hour;
  known.set(hour, offset);
  return offset;
}

function wallClock(at: number, timeZone: string): number {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short", timeStyle: "medium" });
  clocks.set(timeZone, clock);
  return Date.parse(`${clock.format(at).replace(" ", "T")}Z`);
}
