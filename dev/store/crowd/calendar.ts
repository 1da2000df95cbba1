import { chance } from "./chance";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How busy each hour of the shop's day is, from midnight on. */
const HOURS: readonly number[] = [
  2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 8, 9, 11, 10, 9, 9, 10, 11, 13, 15, 17, 16, 11, 5,
];
/** How busy each day of the week is, from Sunday on, as a share of a usual day. */
const WEEK = [1.25, 0.9, 0.85, 0.95, 1, 1.05, 1.2];

type Arrival = { visitor: number; at: Date; key: string };

/** When the visitors of the last six days came. A day's arrivals depend on the day alone and not on
 * `now`, so a later run finds the same ones, and only those that came since are new.
 * @param visitors in all; about a fifth of the visits are by someone who has been there before */
export function arrivals(
  seed: string,
  visitors: number,
  now: Date,
  offsetHours: number,
): Arrival[] {
  const today = Math.floor(now.getTime() / DAY);
  const days = Array.from({ length: 7 }, (_, i) => today - 6 + i);
  return days
    .flatMap((day) => arrivalsOn(seed, visitors, day, offsetHours))
    .filter(({ at }) => at <= now && now.getTime() - at.getTime() < 6 * DAY)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** @param day counted from 1970, in UTC */
function arrivalsOn(seed: string, visitors: number, day: number, offsetHours: number): Arrival[] {
  const luck = chance(`${seed} day ${day}`);
  const share = WEEK[new Date(day * DAY).getUTCDay()] ?? 1;
  const count = Math.round((visitors / 6) * share * (0.9 + luck.next() * 0.2));
  return Array.from({ length: count }, (_, i) => {
    const local = Number(luck.weighted(Object.fromEntries(HOURS.entries())));
    const hour = (local - offsetHours + 48) % 24;
    const at = new Date(day * DAY + (hour + luck.next()) * HOUR);
    return {
      visitor: luck.between(0, Math.ceil(visitors * 0.8)),
      at,
      key: `${seed} visit ${day}.${i}`,
    };
  });
}
