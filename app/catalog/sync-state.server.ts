import { randomUUID } from "node:crypto";
import { Prisma } from "@prisma/client";
import { columnOf } from "~/platform/columns";
import type { Db } from "~/platform/db.server";
import type { Sql } from "~/platform/sql.server";
import { MINUTE } from "~/platform/time";

/** What asked for a sync. */
export type SyncReason = "install" | "nightly" | "page" | "api" | "sweep";

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

/** How long a process may be silent before another one goes on with its work. */
const CLAIM = MINUTE;
const claimEnd = (now: Date): Date => new Date(now.getTime() + CLAIM);

/** A sync that this process works on until `waitUntil`, which proves that it still may. */
export type SyncClaim = {
  shopId: number;
  domain: string;
  /** The shop's; null while it is being installed. */
  currency: string | null;
  uninstalledAt: Date | null;
  syncId: string;
  startedAt: Date;
  error: string | null;
  waitUntil: Date;
} & Progress;

/** How far it is. */
type Progress = {
  productsOperationId: string | null;
  collectionsOperationId: string | null;
  attempts: number;
  productsRead: number;
  collectionsRead: number;
  productsUnread: string[];
};

/** What may change while it is worked on. */
export type SyncChange = Partial<
  Progress & {
    status: "waiting" | "running" | "reading" | "merging" | "done" | "failed";
    productsFound: number | null;
    collectionsFound: number | null;
    productsChanged: number;
    productsDeleted: number;
    variantsChanged: number;
    asOf: Date | null;
    finishedAt: Date;
    error: string | null;
  }
>;

/** Takes a sync that there is something to do for and that nobody works on. */
export async function claimSync(db: Db, now: Date, shopId?: number): Promise<SyncClaim | null> {
  const own = shopId === undefined ? Prisma.empty : Prisma.sql`and shop_id = ${shopId}::int`;
  const [claim] = await db.$queryRaw<SyncClaim[]>`
    update catalog_syncs c set wait_until = ${claimEnd(now)}::timestamptz
    from shops s
    where s.id = c.shop_id and (c.shop_id, c.sync_id) = (
      select shop_id, sync_id from catalog_syncs
      where finished_at is null and (wait_until is null or wait_until <= ${now}::timestamptz) ${own}
      order by updated_at limit 1 for update skip locked)
    returning c.shop_id as "shopId", s.domain, s.currency, s.uninstalled_at as "uninstalledAt",
              c.sync_id::text as "syncId", c.started_at as "startedAt", c.error,
              c.wait_until as "waitUntil", c.attempts,
              c.products_operation_id as "productsOperationId",
              c.collections_operation_id as "collectionsOperationId",
              c.products_read as "productsRead", c.collections_read as "collectionsRead",
              coalesce(c.products_unread, '{}')::text[] as "productsUnread"`;
  return claim ?? null;
}

/** Notes what was done and keeps the sync for this process, or leaves it alone until a moment.
 * @throws {SyncClaimLost} another process has taken it over: what this one did last must not count */
export async function noteSync(
  sql: Sql,
  claim: SyncClaim,
  { now, until, ...change }: SyncChange & { now: Date; until?: Date },
): Promise<SyncClaim> {
  const waitUntil = until ?? claimEnd(now);
  const noted = { ...change, waitUntil, updatedAt: now };
  const set = Object.keys(noted).map((field, i) => `${columnOf(field)} = $${i + 4}`);
  const written = await sql.run(
    `update catalog_syncs set ${set.join(", ")}
     where shop_id = $1::int and sync_id = $2::uuid and wait_until = $3::timestamptz
       and finished_at is null`,
    [claim.shopId, claim.syncId, claim.waitUntil, ...Object.values(noted)],
  );
  if (written === 0) throw new SyncClaimLost("another process goes on with the sync");
  return { ...claim, ...change, waitUntil };
}

/** What was being done is another process's now, or nobody's; nothing went wrong. */
export class SyncClaimLost extends Error {}

/** Wakes the sync that waits for a bulk operation, since Shopify says that it is over. */
export const wakeSync = (db: Db, shopId: number, operationId: string): Promise<number> =>
  db.$executeRaw`
    update catalog_syncs set wait_until = null
    where shop_id = ${shopId}::int and finished_at is null and status = 'running'
      and ${operationId} in (products_operation_id, collections_operation_id)`;
