import { expect } from "vitest";
import { ensurePartitions } from "~/events/log.server";
import type { Database } from "~/platform/db.server";
import { groupsBehind } from "~/projections/claims.server";
import { followGrowth } from "~/projections/statistics.server";
import { addSession } from "../analytics/facts";
import { test } from "../database";
import { shop } from "../factories";
import { prepareFolds } from "../folding";

const LONG = 20_000;

/** Whether the planner's statistics hold a shop. */
async function isKnown(db: Database, shopId: number): Promise<boolean> {
  const rows = await db.$queryRaw<{ shops: number[] }[]>`
    select most_common_vals::text::int[] as shops from pg_stats
    where tablename = 'sessions' and attname = 'shop_id'`;
  return rows.some(({ shops }) => shops.includes(shopId));
}

test("the planner hears of a shop that has grown, and of its next entries when they are four times as many", async ({
  db,
}) => {
  const [{ id: shopId }, { id: other }] = [await shop(db), await shop(db)];
  const growth = followGrowth(db.pool);
  const grow = (id: number, count: number) => {
    growth.note(Array.from({ length: count }, () => ({ shopId: id })));
    return growth.tellPlanner();
  };
  const addSessions = async (id: number) => {
    for (let hour = 10; hour < 20; hour++)
      await addSession(db, id, { at: `2026-11-21T${hour}:00:00Z` });
  };
  await addSessions(shopId);

  await grow(shopId, 3_999);
  expect(await isKnown(db, shopId)).toBe(false);
  await grow(other, 1);
  expect(await isKnown(db, shopId)).toBe(false);
  await grow(shopId, 1);
  expect(await isKnown(db, shopId)).toBe(true);

  await addSessions(other);
  await grow(shopId, 11_999);
  expect(await isKnown(db, other)).toBe(false);
  await grow(shopId, 1);
  expect(await isKnown(db, other)).toBe(true);
});

test("whether a log goes on is told without reading what was folded of it", async ({ db }) => {
  const ids = [await shop(db), await shop(db), await shop(db)].map(({ id }) => id);
  await ensurePartitions(db, new Date());
  await prepareFolds(db);
  await db.$executeRaw`
    insert into pixel_events (shop_id, week, event_id, source, name, client_id, occurred_at, received_at, payload)
    select (${ids}::int[])[1 + n % 3], date_trunc('week', at)::date, n::text, 'pixel', 'page_viewed', 'ana', at, at,
           json_build_object('title', repeat('x', 600))
    from generate_series(1, ${LONG}::int) as n
    cross join lateral (select now() + (n % 2) * interval '1 week' as at) as spread`;
  await db.$executeRaw`
    update projection_checkpoints set (tx_id, position) = (
      select tx_id, position from pixel_events order by tx_id desc, position desc limit 1)`;
  await db.$executeRaw`analyze pixel_events`;

  const client = await db.pool.connect();
  const rowsRead = async () => {
    const { rows } = await client.query<{ count: number }>(
      `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as count
       from pg_stat_xact_user_tables where relname like 'pixel_events%'`,
    );
    return rows[0]?.count ?? NaN;
  };
  await client.query("begin; set local enable_bitmapscan = off"); // as where a week of the log is large
  const before = await rowsRead();
  const behind = await groupsBehind(client);
  const after = await rowsRead();
  await client.query("rollback");
  client.release();

  expect(behind).toEqual([]);
  expect(after - before).toBeLessThan(LONG / 100);
});
