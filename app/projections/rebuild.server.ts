import type pg from "pg";
import { readLog, SHOP_GROUPS, type Position } from "~/events/log.server";
import { AppError } from "~/platform/errors";
import { inTransaction, type Sql } from "~/platform/sql.server";
import { checkpointOf, holdOffWorkers } from "./claims.server";
import { refold, refoldClients } from "./refold.server";
import { scopeOf, type Scope } from "./rebuild-scope.server";
import { changesIn, summarizeNext } from "./runner.server";
import { copyKept, dropStage, enterStaging, inStaging, stage, unstage } from "./staging.server";
import type { AnyFact } from "./tables.server";
import { recordVersions } from "./versions.server";

const CLIENTS_AT_ONCE = 250;
const ENTRIES_AT_ONCE = 5_000;
const VISITORS_AT_ONCE = 500;

/** Which shop, and what of it: every projection unless some are named. A signal that is aborted ends
 * the rebuild after the batch in progress and leaves every row as it was. */
export type Rebuild = { shopId: number; projections?: readonly string[]; signal?: AbortSignal };

/** The shop changed under the rebuild in a way that the log does not tell, as by an erasure. */
class Overtaken extends AppError {
  readonly code = "overtaken";
  readonly status = 409;
}

/** Makes a shop's tables anew from the log, beside those that the app goes on using and keeping current,
 * and puts them in their place at once. Every batch is a transaction of its own, for one that stayed
 * open would hold up the reading of the log. Rows older than the log itself are kept.
 * @returns how many clients were folded
 * @throws {InvalidInput} a projection that there is not */
export async function rebuildShop(pool: pg.Pool, rebuild: Rebuild): Promise<number> {
  const scope = scopeOf(rebuild.projections);
  return alone(pool, rebuild.shopId, () => rebuildAlone(pool, rebuild, scope));
}

/** Waits until no other rebuild of the shop goes on. */
async function alone<Result>(pool: pg.Pool, shopId: number, work: () => Promise<Result>) {
  const lock = await pool.connect();
  try {
    await lock.query("select pg_advisory_lock(hashtext('pixelnova rebuild'), $1)", [shopId]);
    return await work();
  } finally {
    lock.release(true); // the lock ends with its connection
  }
}

async function rebuildAlone(pool: pg.Pool, rebuild: Rebuild, scope: Scope): Promise<number> {
  for (;;) {
    try {
      return await attempt(pool, rebuild, scope);
    } catch (error) {
      const { shopId } = rebuild;
      await inTransaction(pool, (sql) => dropStage(sql, shopId));
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}

async function attempt(pool: pg.Pool, { shopId, signal }: Rebuild, scope: Scope): Promise<number> {
  const { since, begun, ...run } = await inTransaction(pool, (sql) => begin(sql, shopId, scope));
  const staged = <Result>(work: (sql: Sql) => Promise<Result>) => {
    signal?.throwIfAborted();
    return inStaging(pool, shopId, work);
  };
  if (scope.hasJourneys) await foldSubjects(staged, shopId, scope.facts);
  let clients = 0;
  for (let after: string | undefined = ""; after !== undefined;) {
    const from: string = after;
    after = await staged(async (sql) => {
      const batch = await clientsAfter(sql, shopId, from);
      const touches = batch.map((clientId) => ({ shopId, clientId, since }));
      await refoldClients(sql, touches, scope.facts);
      await run.progress(sql, (clients += batch.length));
      return batch.at(-1);
    });
  }
  let read = begun;
  const follow = (sql: Sql) => followLog(sql, { shopId, scope, after: read });
  for (let next = await staged(follow); next; next = await staged(follow)) read = next;
  if (scope.hasJourneys) while ((await staged((sql) => summarizeShop(sql, shopId))) > 0);
  await inTransaction(pool, async (sql) => {
    await holdOffWorkers(sql, shopId);
    await enterStaging(sql, shopId);
    for (let next = await follow(sql); next; next = await follow(sql)) read = next;
    while (scope.hasJourneys && (await summarizeShop(sql, shopId)) > 0);
    await run.end(sql);
    await unstage(sql, shopId, scope.tables);
    await recordVersions(sql, shopId, scope.projections);
  });
  return clients;
}

const summarizeShop = (sql: Sql, shopId: number): Promise<number> =>
  summarizeNext(sql, shopId % SHOP_GROUPS, VISITORS_AT_ONCE);

/** Makes the stage and the note that tells how far the rebuild is. */
async function begin(sql: Sql, shopId: number, { tables, kept, projections }: Scope) {
  const begun = await holdOffWorkers(sql, shopId);
  const since = await logBegins(sql);
  await stage(sql, shopId, tables);
  await copyKept(sql, shopId, { since, kept, projections });
  const [note] = await sql.rows<{ startedAt: Date }>(
    `insert into rebuilds (shop_id, projections, clients_done, client_count)
     select $1::int, $2::text[], 0, count(distinct client_id) from pixel_events
     where shop_id = $1::int and client_id is not null
     on conflict (shop_id) do update
     set projections = excluded.projections, clients_done = 0,
         client_count = excluded.client_count, started_at = now(), updated_at = now()
     returning started_at as "startedAt"`,
    [shopId, projections],
  );
  const mine = [shopId, note?.startedAt];
  const orOvertaken = async (count: Promise<number>) => {
    if ((await count) === 0) throw new Overtaken("the shop changed while it was made anew");
  };
  return {
    since,
    begun,
    progress: (sql: Sql, clients: number) =>
      orOvertaken(
        sql.run(
          `update rebuilds set clients_done = $3::int, updated_at = now()
           where shop_id = $1::int and started_at = $2::timestamptz`,
          [...mine, clients],
        ),
      ),
    end: (sql: Sql) =>
      orOvertaken(
        sql.run(
          "delete from rebuilds where shop_id = $1::int and started_at = $2::timestamptz",
          mine,
        ),
      ),
  };
}

type Staged = <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>;

/** Orders and customers, in the order of their ids. */
async function foldSubjects(
  staged: Staged,
  shopId: number,
  facts: readonly AnyFact[],
): Promise<void> {
  for (const [key, field] of [
    ["order_id", "orders"],
    ["customer_id", "customers"],
  ] as const)
    for (let after: string | undefined = "0"; after !== undefined;) {
      const from: string = after;
      after = await staged(async (sql) => {
        const ids = await subjectsAfter(sql, shopId, { key, after: from });
        const subjects = ids.map((id) => ({ shopId, id }));
        await refold(sql, { clients: [], orders: [], customers: [], [field]: subjects }, facts);
        return ids.at(-1);
      });
    }
}

/** Folds into the stage what the workers have folded into the tables since: the next entries.
 * @returns how far the log has been read; undefined once the stage has caught up */
async function followLog(
  sql: Sql,
  { shopId, scope, after }: { shopId: number; scope: Scope; after: Position },
): Promise<Position | undefined> {
  const group = shopId % SHOP_GROUPS;
  const until = await checkpointOf(sql, shopId);
  const entries = (await readLog(sql, { group, after, limit: ENTRIES_AT_ONCE })).filter(
    (entry) => !isAfter(entry, until),
  );
  const changes = changesIn(entries.filter((entry) => entry.shopId === shopId));
  if (scope.hasJourneys) await refold(sql, changes, scope.facts);
  else await refoldClients(sql, changes.clients, scope.facts);
  return entries.at(-1);
}

function isAfter(one: Position, other: Position): boolean {
  const ahead = BigInt(one.tx) - BigInt(other.tx);
  return ahead > 0n || (ahead === 0n && BigInt(one.position) > BigInt(other.position));
}

/** Every shop that has anything in the log. */
export async function shopsInLog(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ shopId: number }>(
    `select id as "shopId" from shops
     where exists (select from pixel_events where shop_id = shops.id) order by id`,
  );
  return rows.map(({ shopId }) => shopId);
}

/** The first moment that the log can still hold: its oldest partition's first. */
async function logBegins(sql: Sql): Promise<Date> {
  const [row] = await sql.rows<{ begins: Date }>(
    `select coalesce(min(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD')), 'epoch')::timestamptz
       as begins
     from pg_inherits where inhparent = 'pixel_events'::regclass`,
  );
  return row?.begins ?? new Date(0);
}

async function clientsAfter(sql: Sql, shopId: number, after: string): Promise<string[]> {
  const rows = await sql.rows<{ clientId: string }>(
    `select distinct client_id as "clientId" from pixel_events
     where shop_id = $1::int and client_id > $2 order by client_id limit $3::int`,
    [shopId, after, CLIENTS_AT_ONCE],
  );
  return rows.map(({ clientId }) => clientId);
}

async function subjectsAfter(
  sql: Sql,
  shopId: number,
  { key, after }: { key: "order_id" | "customer_id"; after: string },
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `select distinct ${key} as id from pixel_events
     where shop_id = $1::int and ${key} > $2::bigint and client_id is null
     order by ${key} limit $3::int`,
    [shopId, after, CLIENTS_AT_ONCE],
  );
  return rows.map(({ id }) => id);
}
