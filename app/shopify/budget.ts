import { z } from "zod";
import { SECOND } from "~/platform/time";

/** What a query cost and what is left of the shop's bucket of points, as each answer says.
 * dev:api/usage/limits */
export const Cost = z.object({
  requestedQueryCost: z.number(),
  throttleStatus: z.object({
    maximumAvailable: z.number().positive(),
    currentlyAvailable: z.number(),
    restoreRate: z.number().positive(),
  }),
});
export type Cost = z.infer<typeof Cost>;
type ThrottleStatus = Cost["throttleStatus"];

/** What background work leaves of the bucket to whoever waits for an answer. */
const LEFT_TO_OTHERS = 0.5;

/** What is in a bucket some milliseconds after its status was told. */
export const restored = (status: ThrottleStatus, elapsedMs: number): number =>
  Math.min(
    status.maximumAvailable,
    status.currentlyAvailable + (Math.max(0, elapsedMs) / SECOND) * status.restoreRate,
  );

/** Milliseconds until background work may ask a query and half of the bucket is left all the while.
 * A query dearer than that half waits for a full bucket.
 * @param elapsedMs since the status was told
 * @param points that the query may cost */
export function pauseFor(status: ThrottleStatus, elapsedMs: number, points: number): number {
  const { maximumAvailable, restoreRate } = status;
  const wanted = Math.min(maximumAvailable, maximumAvailable * LEFT_TO_OTHERS + points);
  const missing = Math.max(0, wanted - restored(status, elapsedMs));
  return Math.ceil((missing / restoreRate) * SECOND);
}
