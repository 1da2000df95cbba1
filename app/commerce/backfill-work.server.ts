import type { Database, Db } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { SECOND } from "~/platform/time";
import type { Admin } from "~/shopify/admin.server";
import { noteProgress, type Change, type Claim } from "./backfill-state.server";

export type BackfillWorld = {
  db: Database;
  log: Log;
  adminOf: (domain: string) => Promise<Admin>;
  /** Orders last changed longer ago are not taken: the log would drop them. */
  retentionDays: number;
  now: () => Date;
  /** Ends the work after the batch under way. */
  signal?: AbortSignal;
};

/** A backfill that this process has in hand; `claim` is replaced with each thing noted. */
export type Work = { world: BackfillWorld; claim: Claim };

/** Shorter than a claim, which the transaction renews. */
const TRANSACTION = { maxWait: 10 * SECOND, timeout: 30 * SECOND };

/** Notes progress and keeps the backfill in hand.
 * @param alongside what is committed with it
 * @throws {ClaimLost} another process has it: nothing was committed */
export async function note(
  work: Work,
  change: Change & { until?: Date },
  alongside: (db: Db) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const { world } = work;
  work.claim = await world.db.$transaction(async (tx) => {
    const claim = await noteProgress(tx, work.claim, { ...change, now: world.now() });
    await alongside(tx);
    return claim;
  }, TRANSACTION);
}

/** Leaves the backfill alone for so many milliseconds; then any process may go on with it. */
export const pause = (work: Work, ms: number, change: Change = {}): Promise<void> =>
  note(work, { ...change, until: new Date(work.world.now().getTime() + ms) });
