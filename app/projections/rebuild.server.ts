import type { Database, Db } from "~/platform/db.server";
import { HOUR } from "~/platform/time";
import { BOT_RULES_VERSION } from "./bots";
import { holdOffWorkers, replace } from "./refold.server";

const CLIENTS_AT_ONCE = 500;

const TRANSACTION = { timeout: 2 * HOUR, maxWait: 10_000 };

/** By which version of the rules for bots to score. A signal that is aborted ends the rebuild after
 * the batch in progress, and leaves every row as it was. */
export type Scoring = { rules: number; signal?: AbortSignal };

/** Drops a shop's sessions and page views and folds them anew from the log, in one transaction: a
 * reader sees the old rows or the new ones. Rows older than the log itself are kept.
 * @returns how many clients were folded */
export const rebuildShop = (
  db: Database,
  shopId: number,
  scoring: Scoring = { rules: BOT_RULES_VERSION },
): Promise<number> =>
  db.$transaction(async (tx) => {
    await holdOffWorkers(tx, shopId);
    return foldAnew(tx, shopId, scoring);
  }, TRANSACTION);

/** Rebuilds a shop, unless by now it was scored by these rules, as by another worker.
 * @returns how many clients were folded; null when nothing had to be done */
export const rescoreShop = (
  db: Database,
  shopId: number,
  scoring: Scoring,
): Promise<number | null> =>
  db.$transaction(async (tx) => {
    await holdOffWorkers(tx, shopId);
    const behind = await shopsBehind(tx, scoring.rules);
    return behind.includes(shopId) ? foldAnew(tx, shopId, scoring) : null;
  }, TRANSACTION);

/** The shops whose sessions were scored by an earlier version of the rules. */
export async function shopsBehind(db: Db, rules: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ shopId: number }[]>`
    select shop_id as "shopId" from projection_versions
    where bot_rules < ${rules}::int order by shop_id`;
  return rows.map(({ shopId }) => shopId);
}

async function foldAnew(db: Db, shopId: number, { rules, signal }: Scoring): Promise<number> {
  const since = await logBegins(db);
  await clear(db, shopId, since);
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
  await recordRules(db, shopId, rules);
  return clients;
}

const recordRules = (db: Db, shopId: number, rules: number) => db.$executeRaw`
  insert into projection_versions (shop_id, bot_rules) values (${shopId}::int, ${rules}::int)
  on conflict (shop_id) do update set bot_rules = excluded.bot_rules`;

/** Every shop that has anything in the log. */
export async function shopsInLog(db: Db): Promise<number[]> {
  const rows = await db.$queryRaw<{ shopId: number }[]>`
    select id as "shopId" from shops
    where exists (select from pixel_events where shop_id = shops.id) order by id`;
  return rows.map(({ shopId }) => shopId);
}

async function clear(db: Db, shopId: number, since: Date): Promise<void> {
  await db.$executeRaw`
    delete from sessions where shop_id = ${shopId}::int and ended_at >= ${since}::timestamptz`;
  await db.$executeRaw`
    delete from page_views where shop_id = ${shopId}::int and viewed_at >= ${since}::timestamptz`;
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
