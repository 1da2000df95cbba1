import { Prisma, type Backfill } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { sinceOf } from "./backfill";

/** How long a process may be silent before another one goes on with its work. */
const CLAIM = MINUTE;

/** A backfill that this process works on until `waitUntil`, which proves that it still may. */
export type Claim = {
  shopId: number;
  domain: string;
  since: Date | null;
  operationId: string | null;
  attempts: number;
  readCount: number;
  startedAt: Date;
  waitUntil: Date;
};

/** What may change while it is worked on. */
export type Change = Partial<{
  status: "waiting" | "running" | "reading" | "done" | "failed";
  operationId: string | null;
  attempts: number;
  readCount: number;
  totalCount: number | null;
  finishedAt: Date;
  error: string | null;
}>;

/** What a merchant sees of a backfill. */
export type BackfillState = Pick<
  Backfill,
  "status" | "since" | "readCount" | "totalCount" | "finishedAt" | "error"
>;

/** How far a shop's backfill is; null before the first one. */
export const backfillOf = (db: Db, shopId: number): Promise<BackfillState | null> =>
  db.backfill.findUnique({
    where: { shopId },
    select: {
      ...{ status: true, since: true, readCount: true, totalCount: true },
      ...{ finishedAt: true, error: true },
    },
  });

/** Asks for a shop's orders to be fetched, by whichever process finds the time.
 * @returns false while an earlier request is under way, which stays as it was */
export async function requestBackfill(
  db: Db,
  shopId: number,
  { since, now }: { since: Date | null; now: Date },
): Promise<boolean> {
  const requested = await db.$executeRaw`
    insert into backfills (shop_id, since, status, started_at, updated_at)
    values (${shopId}::int, ${since}::timestamptz, 'waiting', ${now}::timestamptz, ${now}::timestamptz)
    on conflict (shop_id) do update
    set since = excluded.since, status = 'waiting', started_at = excluded.started_at,
        updated_at = excluded.updated_at, operation_id = null, attempts = 0, read_count = 0,
        total_count = null, wait_until = null, finished_at = null, error = null
    where backfills.finished_at is not null`;
  return requested > 0;
}

/** Asks for the orders of every shop that was installed, or has granted its orders, since they were last
 * asked for.
 * @returns the shops */
export async function requestDue(db: Db, now: Date): Promise<number[]> {
  const due = await db.shop.findMany({
    where: { uninstalledAt: null, shopifyId: { not: null }, scopes: { has: "read_orders" } },
    select: {
      id: true,
      scopes: true,
      installedAt: true,
      backfill: { select: { startedAt: true } },
    },
  });
  const requested: number[] = [];
  for (const { id, installedAt, backfill, ...shop } of due) {
    if (backfill && backfill.startedAt >= installedAt) continue;
    if (await requestBackfill(db, id, { since: sinceOf(shop, now), now })) requested.push(id);
  }
  return requested;
}

/** Takes a backfill that there is something to do for and that nobody works on.
 * @param shopId only this shop's */
export async function claimBackfill(db: Db, now: Date, shopId?: number): Promise<Claim | null> {
  const own = shopId === undefined ? Prisma.empty : Prisma.sql`and shop_id = ${shopId}::int`;
  const [claim] = await db.$queryRaw<Claim[]>`
    update backfills b set wait_until = ${claimEnd(now)}::timestamptz
    from shops s
    where s.id = b.shop_id and b.shop_id = (
      select shop_id from backfills
      where finished_at is null and (wait_until is null or wait_until <= ${now}::timestamptz) ${own}
      order by updated_at limit 1 for update skip locked)
    returning b.shop_id as "shopId", s.domain, b.since, b.operation_id as "operationId",
              b.attempts, b.read_count as "readCount", b.started_at as "startedAt",
              b.wait_until as "waitUntil"`;
  return claim ?? null;
}

const claimEnd = (now: Date): Date => new Date(now.getTime() + CLAIM);

/** Notes what was done and keeps the backfill for this process, or leaves it alone until a moment.
 * @throws {ClaimLost} another process has taken it over: what this one did last must not count */
export async function noteProgress(
  db: Db,
  claim: Claim,
  { now, until, ...change }: Change & { now: Date; until?: Date },
): Promise<Claim> {
  const { shopId, waitUntil: held } = claim;
  const waitUntil = until ?? claimEnd(now);
  const { count } = await db.backfill.updateMany({
    where: { shopId, waitUntil: held, finishedAt: null },
    data: { ...change, waitUntil, updatedAt: now },
  });
  if (count === 0) throw new ClaimLost("another process goes on with the backfill");
  const { operationId, attempts, readCount } = { ...claim, ...change };
  return { ...claim, operationId, attempts, readCount, waitUntil };
}

/** What was being done is another process's now; nothing went wrong. */
export class ClaimLost extends Error {}

/** Wakes the backfill that waits for a bulk operation, since Shopify says that it is over. */
export const wakeBackfill = (db: Db, shopId: number, operationId: string): Promise<number> =>
  db.$executeRaw`
    update backfills set wait_until = null
    where shop_id = ${shopId}::int and operation_id = ${operationId} and status = 'running'`;
