import { randomUUID } from "node:crypto";
import type { Db } from "~/platform/db.server";

/** What asked for a sync. */
export type SyncReason = "install" | "nightly" | "page" | "api";

/** Asks for a shop's whole catalogue to be fetched, by whichever process finds the time.
 * @returns false while an earlier one is under way, which stays as it was */
export async function requestSync(
  db: Db,
  shopId: number,
  { reason, now }: { reason: SyncReason; now: Date },
): Promise<boolean> {
  const requested = await db.$executeRaw`
    insert into catalog_syncs (shop_id, sync_id, reason, status, started_at, updated_at)
    values (${shopId}::int, ${randomUUID()}::uuid, ${reason}, 'waiting', ${now}::timestamptz,
            ${now}::timestamptz)
    on conflict (shop_id) where finished_at is null do nothing`;
  return requested > 0;
}
