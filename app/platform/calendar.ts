import { DAY, MINUTE } from "./time";

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether Intl knows an IANA time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    clockOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The day, as YYYY-MM-DD, that a time zone's calendar shows at a moment. */
export const dayAt = (moment: Date, timeZone: string): string =>
  new Date(wallClock(moment.getTime(), timeZone)).toISOString().slice(0, 10);

/** What a time zone's clock and calendar show at a moment.
 * @returns the day as YYYY-MM-DD, the hour from 0 to 23, the weekday from 0, Monday, to 6 */
export function clockAt(moment: Date, timeZone: string) {
  const shown = new Date(wallClock(moment.getTime(), timeZone));
  return {
    day: shown.toISOString().slice(0, 10),
    hour: shown.getUTCHours(),
    weekday: (shown.getUTCDay() + 6) % 7,
  };
}

/** Counts on from a day, as YYYY-MM-DD; backwards for a negative count. */
export const addDays = (day: string, count: number): string =>
  new Date(midnightUtc(day) + count * DAY).toISOString().slice(0, 10);

/** The moment at which a day, as YYYY-MM-DD, begins in a time zone: its midnight; where the clock
 * jumps over midnight, the moment after the jump; where midnight comes twice, the last one that follows
 * the day before. A day that a zone left out (Pacific/Apia, 2011-12-30) begins where it ends. */
export function startOfDay(day: string, timeZone: string): Date {
  const key = `${day} ${timeZone}`;
  const time = starts.get(key) ?? findStart(day, timeZone);
  if (starts.size >= MOST_STARTS) starts.clear();
  starts.set(key, time);
  return new Date(time);
}

/** Asking Intl takes a tenth of a millisecond, and pages ask for every day of a period. */
const starts = new Map<string, number>();
const MOST_STARTS = 20_000;

function findStart(day: string, timeZone: string): number {
  const midnight = midnightUtc(day);
  const offsets = [offsetAt(midnight - DAY, timeZone), offsetAt(midnight + DAY, timeZone)];
  const candidates = offsets.map((offset) => midnight - offset);
  const midnights = candidates.filter(
    (time) => wallClock(time, timeZone) === midnight && wallClock(time - 1, timeZone) < midnight,
  );
  if (midnights.length > 0) return Math.max(...midnights);
  const isPast = (time: number) => wallClock(time, timeZone) >= midnight;
  return endOfJump(Math.min(...candidates), Math.max(...candidates), isPast);
}

/** Halves its way to the first moment, after `before` and up to `after`, that is past the jump. */
function endOfJump(before: number, after: number, isPast: (time: number) => boolean): number {
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isPast(middle)) after = middle;
    else before = middle;
  }
  return after;
}

const midnightUtc = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** How far a zone's clock is ahead of UTC, in milliseconds. */
const offsetAt = (time: number, timeZone: string) => wallClock(time, timeZone) - time;

/** What a zone's clock shows, written as the UTC time that shows the same; whole minutes apart. */
function wallClock(time: number, timeZone: string): number {
  const shown = new Map(
    clockOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? NaN;
  const minute = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
  );
  return minute + (((time % MINUTE) + MINUTE) % MINUTE);
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  clocks.set(timeZone, clock);
  return clock;
}
