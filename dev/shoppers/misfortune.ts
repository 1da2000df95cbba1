import type { Chance } from "../chance";
import { DAY, HOUR, MINUTE, SECOND } from "./calendar";
import type { Visit } from "./model";

const WITHHELD = 0.06;
const BLOCKED = 0.05;
const WRONG_CLOCK = 0.02;
const LOST_NETWORK = 0.026;

/** Whether a browser lets the pixel run: its shopper may withhold consent, or have an ad blocker. */
export function pixelOf(luck: Chance): Visit["pixel"] {
  const at = luck.next();
  if (at < WITHHELD) return "withheld";
  return at < WITHHELD + BLOCKED ? "blocked" : "runs";
}

/** How far a browser's clock is ahead, in milliseconds: mostly not at all, else by minutes (set by
 * hand), by hours (a time zone mistaken), or by days. */
export function clockErrorOf(luck: Chance): number {
  if (!luck.happens(WRONG_CLOCK)) return 0;
  const sign = luck.happens(0.5) ? 1 : -1;
  const size = luck.weighted({ minutes: 6, hours: 3, days: 1 });
  if (size === "minutes") return sign * luck.between(6 * MINUTE, 55 * MINUTE);
  if (size === "hours") return sign * (luck.between(1, 12) * HOUR + luck.between(0, 40) * SECOND);
  return sign * (luck.between(1, 6) * DAY + luck.between(0, 5) * HOUR);
}

/** The page, counted from 1, in the middle of which the network fails for good; infinity when it holds. */
export const lastPageOnline = (luck: Chance): number =>
  luck.happens(LOST_NETWORK) ? luck.between(1, 3) : Infinity;
