import { DAY, MINUTE } from "~/platform/time";

const TOLERANCE = 5 * MINUTE;
const OLDEST = 7 * DAY;

/** How far a browser's clock is ahead of ours, judged by its time when it sent; 0 while it is
 * within five minutes, which the way here may have taken. Milliseconds. */
export function clockOffset(sentAt: Date, receivedAt: Date): number {
  const offset = sentAt.getTime() - receivedAt.getTime();
  return Math.abs(offset) > TOLERANCE ? offset : 0;
}

/** When an event happened by our clock, or why its time cannot be believed. */
export function occurrence(
  timestamp: Date,
  offset: number,
  receivedAt: Date,
): { occurredAt: Date } | { reason: "too_old" | "in_the_future"; message: string } {
  const occurredAt = new Date(timestamp.getTime() - offset);
  const age = receivedAt.getTime() - occurredAt.getTime();
  if (age > OLDEST)
    return { reason: "too_old", message: `${occurredAt.toISOString()} is more than 7 days ago` };
  if (age < -TOLERANCE)
    return { reason: "in_the_future", message: `${occurredAt.toISOString()} is still to come` };
  return { occurredAt };
}
