import { HOUR, MINUTE } from "~/platform/time";

/** How long to wait after each failed attempt; after the last one a delivery is given up. */
export const WAITS = [1 * MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR] as const;

/** How long whoever tries a delivery has it to themselves: longer than any attempt takes. When they die,
 * another one takes over. */
export const LEASE = 2 * MINUTE;

/** When to try again.
 * @param attempts how often it was tried, at least once
 * @returns null when it is given up */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait);
}
