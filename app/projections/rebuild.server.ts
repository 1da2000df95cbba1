import type { Database, Db } from "~/platform/db.server";
import { HOUR } from "~/platform/time";
import { holdOffWorkers, replace } from "./refold.server";

const CLIENTS_AT_ONCE = 500;

/** Drops a shop's sessions and page views and folds them anew from the log, in one transaction: a
 * reader sees the old rows or the new ones. Rows older than the log itself are kept.
 * @returns how many clients were folded */
export const rebuildShop = (db: Database, shopId: number): Promise<number> =>
  db.$transaction(
    async (tx) => {
      await holdOffWorkers(tx, shopId);
      const since = await logBegins(tx);
      await clear(tx, shopId, since);
      let clients = 0;
      let after: string | undefined = "";
      while (after !== undefined) {
        const batch: string[] = await clientsAfter(tx, shopId, after);
        await replace(
          tx,
          batch.map((clientId) => ({ shopId, clientId, since })),
        );
        clients += batch.length;
        after = batch.at(-1);
      }
      return clients;
    },
    { timeout: 2 * HOUR, maxWait: 10_000 },
  );

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
