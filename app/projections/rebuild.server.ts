import type { Database, Db } from "~/platform/db.server";
import { HOUR } from "~/platform/time";
import { FOLD_VERSION } from "./timeline";
import { holdOffWorkers, replace } from "./refold.server";
import { clearShop } from "./tables.server";

const CLIENTS_AT_ONCE = 200;

const TRANSACTION = { timeout: 2 * HOUR, maxWait: 10_000 };

/** Which version of the fold a rebuild is by. A signal that is aborted ends it after the batch in
 * progress, and leaves every row as it was. */
export type Aim = { version: number; signal?: AbortSignal };

/** Drops a shop's facts and folds them anew from the log, in one transaction: a
 * reader sees the old rows or the new ones. Rows older than the log itself are kept.
 * @returns how many clients were folded */
export const rebuildShop = (
  db: Database,
  shopId: number,
  aim: Aim = { version: FOLD_VERSION },
): Promise<number> =>
  db.$transaction(async (tx) => {
    await holdOffWorkers(tx, shopId);
    return foldAnew(tx, shopId, aim);
  }, TRANSACTION);

/** Rebuilds a shop, unless by now it was folded by this version, as by another worker.
 * @returns how many clients were folded; null when nothing had to be done */
export const upgradeShop = (db: Database, shopId: number, aim: Aim): Promise<number | null> =>
  db.$transaction(async (tx) => {
    await holdOffWorkers(tx, shopId);
    const behind = await shopsBehind(tx, aim.version);
    return behind.includes(shopId) ? foldAnew(tx, shopId, aim) : null;
  }, TRANSACTION);

/** The shops that were folded by an earlier version. */
export async function shopsBehind(db: Db, version: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ shopId: number }[]>`
    select shop_id as "shopId" from projection_versions
    where version < ${version}::int order by shop_id`;
  return rows.map(({ shopId }) => shopId);
}

async function foldAnew(db: Db, shopId: number, { version, signal }: Aim): Promise<number> {
  const since = await logBegins(db);
  await clearShop(db, shopId, since);
  let clients = 0;
  let after: string | undefined = "";
  while (after !== undefined) {
    signal?.throwIfAborted();
    const batch: string[] = await clientsAfter(db, shopId, after);
    await replace(
      db,
      batch.map((clientId) => ({ shopId, clientId, since })),
    );
    clients += batch.length;
    after = batch.at(-1);
  }
  await recordVersion(db, shopId, version);
  return clients;
}

const recordVersion = (db: Db, shopId: number, version: number) => db.$executeRaw`
  insert into projection_versions (shop_id, projection, version)
  values (${shopId}::int, 'sessions', ${version}::int)
  on conflict (shop_id, projection) do update set version = excluded.version`;

/** Every shop that has anything in the log. */
export async function shopsInLog(db: Db): Promise<number[]> {
  const rows = await db.$queryRaw<{ shopId: number }[]>`
    select id as "shopId" from shops
    where exists (select from pixel_events where shop_id = shops.id) order by id`;
  return rows.map(({ shopId }) => shopId);
}

/** The first moment that the log can still hold: its oldest partition's first. */
async function logBegins(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<{ begins: Date }[]>`
    select coalesce(min(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD')), 'epoch')::timestamptz as begins
    from pg_inherits where inhparent = 'pixel_events'::regclass`;
  return row?.begins ?? new Date(0);
}

async function clientsAfter(db: Db, shopId: number, after: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ clientId: string }[]>`
    select distinct client_id as "clientId" from pixel_events
    where shop_id = ${shopId}::int and client_id > ${after}
    order by client_id limit ${CLIENTS_AT_ONCE}::int`;
  return rows.map(({ clientId }) => clientId);
}
