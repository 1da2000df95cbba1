import { dayAt } from "~/platform/calendar";
import { HOUR } from "~/platform/time";

/** What is known of a shop's sums. */
export type Standing = {
  /** The shop's. */
  timeZone: string;
  /** By whose days they are, and since when and how long ago they were right; null where there are none. */
  filledFor: string | null;
  filledAt: Date | null;
  checkedAt: Date | null;
};

/** A night's checks begin at three o'clock of the shop. */
const AT = 3 * HOUR;

/** Whether a shop's sums have to be made, or compared with its sessions: once in each of its nights. */
export function isDue({ timeZone, filledFor, filledAt, checkedAt }: Standing, now: Date): boolean {
  if (filledAt === null || checkedAt === null || filledFor !== timeZone) return true;
  const nightOf = (moment: Date) => dayAt(new Date(moment.getTime() - AT), timeZone);
  return nightOf(checkedAt) < nightOf(now);
}
