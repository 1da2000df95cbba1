export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The Monday, as YYYY-MM-DD in UTC, of the week that holds a moment. */
export function weekOf(moment: Date): string {
  const day = Math.floor(moment.getTime() / DAY);
  if (day !== lastDay) {
    const daysSinceMonday = (((day + 3) % 7) + 7) % 7; // 1 January 1970 was a Thursday
    lastMonday = new Date((day - daysSinceMonday) * DAY).toISOString().slice(0, 10);
    lastDay = day;
  }
  return lastMonday;
}

/** Events come in by the thousand, and nearly all of them on one day. */
let lastDay = NaN;
let lastMonday = "";
