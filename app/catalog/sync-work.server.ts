import type { Database } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { inTransaction, type Sql } from "~/platform/sql.server";
import type { Admin } from "~/shopify/admin.server";
import { clearCollections } from "./collections.server";
import { clearStage } from "./stage.server";
import { noteSync, type SyncChange, type SyncClaim } from "./sync-state.server";

export type SyncWorld = {
  db: Database;
  log: Log;
  adminOf: (domain: string) => Promise<Admin>;
  now: () => Date;
  /** Ends the work after the batch under way. */
  signal?: AbortSignal;
};

/** A sync that this process has in hand; `claim` is replaced with each thing noted. */
export type SyncWork = { world: SyncWorld; claim: SyncClaim };

/** Notes progress and keeps the sync in hand.
 * @param alongside what is committed with it
 * @throws {SyncClaimLost} another process has it: nothing was committed */
export async function note(
  work: SyncWork,
  change: SyncChange & { until?: Date },
  alongside: (sql: Sql) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const { db, now } = work.world;
  work.claim = await inTransaction(db.pool, async (sql) => {
    const claim = await noteSync(sql, work.claim, { ...change, now: now() });
    await alongside(sql);
    return claim;
  });
}

/** Leaves the sync alone for so many milliseconds; then any process may go on with it. */
export const pause = (work: SyncWork, ms: number, change: SyncChange = {}): Promise<void> =>
  note(work, { ...change, until: new Date(work.world.now().getTime() + ms) });

/** What a sync has in the stage. */
export const stageOf = ({ claim: { shopId, syncId } }: SyncWork) => ({ shopId, batch: syncId });

/** Takes everything out of the stage that was read so far. */
export async function emptyStage(work: SyncWork, sql: Sql): Promise<void> {
  await clearStage(sql, stageOf(work));
  await clearCollections(sql, stageOf(work));
}

/** What is noted when nothing has been read. */
export const NOTHING_READ = { productsRead: 0, collectionsRead: 0, productsUnread: [] };
