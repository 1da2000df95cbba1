import pg from "pg";
import { expect } from "vitest";
import { SHOP_GROUPS } from "~/events/log.server";
import type { Database, Db } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { refoldWholly, type People } from "~/projections/change.server";
import { ensureCheckpoints } from "~/projections/claims.server";
import { PROJECTED_TABLES } from "~/projections/rebuild-scope.server";
import { projectNext } from "~/projections/runner.server";

export const prepareFolds = (db: Database) => ensureCheckpoints(db.pool, SHOP_GROUPS);

/** Takes one step for a shop's group. */
export const step = (pool: pg.Pool, shopId: number, entries = 1_000): Promise<number> =>
  projectNext(pool, shopId % SHOP_GROUPS, { entries, visitors: 100 });

/** Folds until nothing of the shop is left to do. The horizon is the whole server's, so other test files'
 * transactions may hold it back for a moment. */
export const catchUp = (db: Database, shopId: number, entries?: number): Promise<void> =>
  expect
    .poll(
      async () => {
        await step(db.pool, shopId, entries);
        return leftToDo(db, shopId);
      },
      { timeout: 60_000, interval: 5 },
    )
    .toBe(0);

async function leftToDo(db: Db, shopId: number): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ left: number }[]>`
    select (select count(*) from pixel_events e join projection_checkpoints c
              on c.shop_group = ${shopId}::int % 16 and (e.tx_id, e.position) > (c.tx_id, c.position)
            where e.shop_id = ${shopId}::int)::int
         + (select count(*) from stale_visitors where shop_id = ${shopId}::int)::int as left`;
  return row?.left;
}

/** Every row of every table that something is folded into, as JSON without its shop.
 * @param tables only these */
export async function factsOf(
  db: Db,
  shopId: number,
  tables = PROJECTED_TABLES,
): Promise<Record<string, string[]>> {
  const facts: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await db.$queryRawUnsafe<{ row: string }[]>(
      `select (to_jsonb(f) - 'shop_id')::text as row from ${table} f where shop_id = $1::int order by 1`,
      shopId,
    );
    facts[table] = rows.map(({ row }) => row);
  }
  return facts;
}

/** Folds browsers' timelines anew. */
export const refold = (
  db: Database,
  shopId: number,
  clientIds: string[],
  more: Partial<People> = {},
) => inTransaction(db.pool, (sql) => refoldWholly(sql, shopId, { clientIds, ...more }));

/** Connections to a database of whose statements somebody is told, each before it is sent: the first is 0.
 * An error that they answer with is the statement's. */
export function watched(
  connectionString: string,
  before: (statement: number) => Error | undefined,
): pg.Pool {
  let statements = 0;
  const pool = new pg.Pool({ connectionString, options: "-c TimeZone=UTC" });
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    const query = client.query.bind(client);
    client.query = ((...parameters: Parameters<typeof query>) => {
      const error = before(statements++);
      return error ? Promise.reject(error) : (query(...parameters) as unknown);
    }) as typeof client.query;
  });
  return pool;
}

/** Connections to a database that all die at one statement, counted from now. */
export const dyingAfter = (connectionString: string, statements: number): pg.Pool =>
  watched(connectionString, (statement) =>
    statement < statements ? undefined : new Error("the process died here"),
  );
