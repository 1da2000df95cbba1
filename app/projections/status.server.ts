import type { Db } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { VERSIONS } from "./versions.server";

/** One projection of a shop: by which version of its fold its table was filled, and which is wanted. */
export type ProjectionState = { name: string; version: number | null; wanted: number };
/** A rebuild that is under way, by the browsers whose timelines are done. */
export type RebuildProgress = {
  projections: string[];
  done: number;
  total: number;
  updatedAt: Date;
};

export type ProjectionStatus = {
  /** Age of the oldest entry of the log that is not folded yet; 0 when all are. */
  lagSeconds: number;
  /** Entries of the log that are not folded yet. */
  lagEvents: number;
  /** What a fold threw at and was set aside. */
  failures: number;
  projections: ProjectionState[];
  rebuild: RebuildProgress | null;
};

/** How the folds of a shop are doing. */
export async function projectionStatus(db: Db, shopId: number): Promise<ProjectionStatus> {
  const [lag, failures, versions, rebuild] = await Promise.all([
    lagOf(db, shopId),
    db.foldFailure.count({ where: { shopId } }),
    db.projectionVersion.findMany({ where: { shopId } }),
    db.rebuild.findUnique({ where: { shopId } }),
  ]);
  const known = new Map(versions.map(({ projection, version }) => [projection, version]));
  return {
    ...lag,
    failures,
    projections: [...VERSIONS].map(([name, wanted]) => ({
      name,
      version: known.get(name) ?? null,
      wanted,
    })),
    rebuild: rebuild && {
      projections: rebuild.projections,
      done: rebuild.clientsDone,
      total: rebuild.clientCount,
      updatedAt: rebuild.updatedAt,
    },
  };
}

/** @returns of the shop's entries those that its group's checkpoint has not passed */
async function lagOf(db: Db, shopId: number): Promise<{ lagSeconds: number; lagEvents: number }> {
  const [row] = await db.$queryRaw<{ events: number; seconds: number | null }[]>`
    select unread.events, extract(epoch from now() - unread.since)::float8 as seconds
    from projection_checkpoints c cross join lateral (
      select count(*)::int as events, min(e.received_at) as since
      from pixel_events e
      where e.shop_id % 16 = c.shop_group and (e.tx_id, e.position) > (c.tx_id, c.position)
        and e.shop_id = ${shopId}::int
    ) as unread
    where c.shop_group = ${shopId}::int % 16`;
  return { lagEvents: row?.events ?? 0, lagSeconds: Math.max(0, row?.seconds ?? 0) };
}

/** Folds take a moment: until then nobody is told of it. */
const PATIENCE = MINUTE;

/** Since when entries of the shop's log have waited to be folded; null when none has waited for a minute. */
export async function waitingSince(db: Db, shopId: number, now: Date): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ since: Date | null }[]>`
    select min(unread.received_at) as since
    from projection_checkpoints c cross join lateral (
      select e.received_at from pixel_events e
      where e.shop_id % 16 = c.shop_group and (e.tx_id, e.position) > (c.tx_id, c.position)
        and e.shop_id = ${shopId}::int
      order by e.tx_id, e.position limit 1
    ) as unread
    where c.shop_group = ${shopId}::int % 16`;
  const since = row?.since ?? null;
  return since && now.getTime() - since.getTime() > PATIENCE ? since : null;
}

/** Entries of all shops that are not folded yet: it takes as long as there are many. */
export async function foldBacklog(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ events: number }[]>`
    select sum(unread.events)::int as events
    from projection_checkpoints c cross join lateral (
      select count(*) as events from pixel_events e
      where e.shop_id % 16 = c.shop_group and (e.tx_id, e.position) > (c.tx_id, c.position)
    ) as unread`;
  return row?.events ?? 0;
}

/** How far the rebuilds under way are, from 0 to 1; 1 when there is none. */
export async function rebuildProgress(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ progress: number | null }[]>`
    select sum(clients_done)::float8 / nullif(sum(client_count), 0) as progress from rebuilds`;
  return row?.progress ?? 1;
}
