import type pg from "pg";
import { type Position } from "~/events/log.server";
import type { Sql } from "~/platform/sql.server";

/** The one reader of the log; what it has read, the tables show. */
const PROJECTION = "sessions";

/** Takes a group's checkpoint, unless another worker has it, until the transaction ends. */
export async function claimCheckpoint(sql: Sql, group: number): Promise<Position | undefined> {
  const [checkpoint] = await sql.rows<Position>(
    `select tx_id::text as tx, position from projection_checkpoints
     where projection = $1 and shop_group = $2::int for update skip locked`,
    [PROJECTION, group],
  );
  return checkpoint;
}

/** Waits for, and then keeps, the right to change a shop's tables until the transaction ends.
 * @returns how far the log has been read */
export async function holdOffWorkers(sql: Sql, shopId: number): Promise<Position> {
  await sql.run(
    `select from projection_checkpoints
     where projection = $1 and shop_group = $2::int % 16 for update`,
    [PROJECTION, shopId],
  );
  return checkpointOf(sql, shopId);
}

/** How far the log has been read for a shop. */
export async function checkpointOf(sql: Sql, shopId: number): Promise<Position> {
  const [checkpoint] = await sql.rows<Position>(
    `select tx_id::text as tx, position from projection_checkpoints
     where projection = $1 and shop_group = $2::int % 16`,
    [PROJECTION, shopId],
  );
  return checkpoint ?? { tx: "0", position: "0" };
}

/** The same for changes that no entry of the log tells of, such as an erasure. A rebuild that is under
 * way has read the shop as it was, so it starts over. */
export async function holdForChange(sql: Sql, shopId: number): Promise<void> {
  await holdOffWorkers(sql, shopId);
  await sql.run("delete from rebuilds where shop_id = $1::int", [shopId]);
}

export const moveCheckpoint = (sql: Sql, group: number, { tx, position }: Position) =>
  sql.run(
    `update projection_checkpoints
     set tx_id = $3::text::xid8, position = $4::bigint, updated_at = now()
     where projection = $1 and shop_group = $2::int`,
    [PROJECTION, group, tx, position],
  );

/** Makes a checkpoint for every group of shops, where there is none. */
export const ensureCheckpoints = (pool: pg.Pool, groups: number) =>
  pool.query(
    `insert into projection_checkpoints (projection, shop_group)
     select $1, shop_group from generate_series(0, $2::int - 1) as shop_group
     on conflict (projection, shop_group) do nothing`,
    [PROJECTION, groups],
  );

/** The groups of shops whose log goes on after their checkpoint, or whose visitors wait. The log is asked for its next
 * entry in order, which only its index can tell: asked whether there is any, the planner expects to come upon
 * one soon, and reads all of the log of groups that have none. */
export async function groupsBehind(pool: Pick<pg.Pool, "query">): Promise<number[]> {
  const { rows } = await pool.query<{ group: number }>(
    `select shop_group as group from projection_checkpoints c
     where projection = $1 and ((
       select e.position from pixel_events e
       where e.shop_id % 16 = c.shop_group and (e.tx_id, e.position) > (c.tx_id, c.position)
         and e.tx_id < pg_snapshot_xmin(pg_current_snapshot())
       order by e.tx_id, e.position limit 1) is not null
       or exists (select from stale_visitors v where v.shop_id % 16 = c.shop_group))
     order by shop_group`,
    [PROJECTION],
  );
  return rows.map(({ group }) => group);
}
