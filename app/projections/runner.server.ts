import { readLog, SHOP_GROUPS, type LogEntry, type Position } from "~/events/log.server";
import type { Database, Db } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { refold, type Touch } from "./refold.server";

/** Sessions and page views are one projection: they come from one fold. */
const PROJECTION = "sessions";
const TRANSACTION = { timeout: 2 * MINUTE, maxWait: 10_000 };

/** Makes a checkpoint for every group of shops, where there is none. */
export const ensureCheckpoints = (db: Db) => db.$executeRaw`
  insert into projection_checkpoints (projection, shop_group)
  select ${PROJECTION}, shop_group from generate_series(0, ${SHOP_GROUPS - 1}::int) as shop_group
  on conflict (projection, shop_group) do nothing`;

/** The groups of shops whose log goes on after their checkpoint. */
export async function groupsBehind(db: Db): Promise<number[]> {
  const rows = await db.$queryRaw<{ group: number }[]>`
    select shop_group as group from projection_checkpoints c
    where projection = ${PROJECTION} and exists (
      select from pixel_events e
      where e.shop_id % 16 = c.shop_group and (e.tx_id, e.position) > (c.tx_id, c.position)
        and e.tx_id < pg_snapshot_xmin(pg_current_snapshot()))`;
  return rows.map(({ group }) => group);
}

/** Folds the next entries of a group; rows and checkpoint are committed together.
 * @returns how many entries were read; 0 when there are none, or another worker has the group */
export const projectNext = (db: Database, group: number, limit: number): Promise<number> =>
  db.$transaction(async (tx) => {
    const after = await claimCheckpoint(tx, group);
    const entries = after ? await readLog(tx, group, after, limit) : [];
    const last = entries.at(-1);
    if (!last) return 0;
    await refold(tx, touchesOf(entries));
    await moveCheckpoint(tx, group, last);
    return entries.length;
  }, TRANSACTION);

/** Each client in the entries, with the earliest time among them. */
export function touchesOf(entries: readonly Omit<LogEntry, keyof Position>[]): Touch[] {
  const touches = new Map<string, Touch>();
  for (const { shopId, clientId, occurredAt } of entries) {
    if (clientId === null) continue; // what no browser sent is on no timeline
    const key = `${shopId} ${clientId}`;
    const known = touches.get(key);
    if (!known || occurredAt < known.since)
      touches.set(key, { shopId, clientId, since: occurredAt });
  }
  return [...touches.values()];
}

async function claimCheckpoint(db: Db, group: number): Promise<Position | undefined> {
  const [checkpoint] = await db.$queryRaw<Position[]>`
    select tx_id::text as tx, position from projection_checkpoints
    where projection = ${PROJECTION} and shop_group = ${group}::int
    for update skip locked`;
  return checkpoint;
}

const moveCheckpoint = (db: Db, group: number, { tx, position }: Position) => db.$executeRaw`
  update projection_checkpoints
  set tx_id = ${tx}::text::xid8, position = ${position}::bigint, updated_at = now()
  where projection = ${PROJECTION} and shop_group = ${group}::int`;
