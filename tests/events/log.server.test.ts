import pg from "pg";
import { expect } from "vitest";
import {
  append,
  dropOldPartitions,
  ensurePartitions,
  makeRoom,
  readLog,
  type Position,
} from "~/events/log.server";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { test } from "../database";
import { logEvent, minutes, NOON, shop } from "../factories";

test.beforeAll(async ({ db }) => {
  await ensurePartitions(db, NOON);
});

const START: Position = { tx: "0", position: "0" };

/** Every entry of the shop that a reader finds, going on from where it stands. */
async function readOn(db: Database, shopId: number, after: Position) {
  const entries = await inTransaction(db.pool, (sql) =>
    readLog(sql, { group: shopId % 16, after, limit: 1_000 }),
  );
  return {
    clients: entries.filter((entry) => entry.shopId === shopId).map((entry) => entry.clientId),
    after: entries.at(-1) ?? after,
  };
}

test("a transaction that commits late is not skipped by a reader who came by earlier", async ({
  db,
  dbUrl,
}) => {
  const { id } = await shop(db);
  const slow = new pg.Client({ connectionString: dbUrl });
  await slow.connect();
  await slow.query("begin");
  await slow.query(
    `insert into pixel_events (shop_id, week, event_id, source, name, client_id, occurred_at, received_at, payload)
     values ($1, '2026-11-16', 'slow', 'pixel', 'page_viewed', 'slow', $2, $2, '{}')`,
    [id, NOON],
  );
  await append(db, id, [logEvent({ clientId: "quick" })]); // a later position, committed earlier

  const early = await readOn(db, id, START);
  await slow.query("commit");
  await slow.end();

  expect(early.clients).toEqual([]);
  await expect
    .poll(async () => (await readOn(db, id, early.after)).clients)
    .toEqual(["slow", "quick"]);
});

test("a reader goes on after the entry that it read last", async ({ db }) => {
  const { id } = await shop(db);
  await append(db, id, [logEvent({ clientId: "first" })]);
  await expect.poll(async () => (await readOn(db, id, START)).clients).toEqual(["first"]);
  const { after } = await readOn(db, id, START);

  await append(db, id, [logEvent({ clientId: "second" })]);

  await expect.poll(async () => (await readOn(db, id, after)).clients).toEqual(["second"]);
});

test("a reader uses the index for reading, not a scan of the log", async ({ db }) => {
  const plan = await db.$queryRaw<{ "QUERY PLAN": string }[]>`
    explain select position from pixel_events
    where shop_id % 16 = 3 and (tx_id, position) > ('1'::xid8, 1)
      and tx_id < pg_snapshot_xmin(pg_current_snapshot())
    order by tx_id, position limit 10`;

  const lines = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(lines).toContain("Index Scan");
  expect(lines).not.toContain("Seq Scan");
});

test("retention drops whole weeks and leaves the rest", async ({ db }) => {
  const { id } = await shop(db);
  await ensurePartitions(db, minutes(-60 * 24 * 60));
  await append(db, id, [
    logEvent({ eventId: "old", occurredAt: minutes(-60 * 24 * 60) }),
    logEvent({ eventId: "new", occurredAt: NOON }),
  ]);

  const weeks = await dropOldPartitions(db, NOON, 30);

  expect(weeks).toBeGreaterThan(0);
  expect(
    await db.pixelEvent.findMany({ where: { shopId: id }, select: { eventId: true } }),
  ).toEqual([{ eventId: "new" }]);
});

test("partitions are made once, however many ask at the same time", async ({ db }) => {
  const later = minutes(400 * 24 * 60);

  await Promise.all(Array.from({ length: 4 }, () => ensurePartitions(db, later)));

  const { id } = await shop(db);
  expect(await append(db, id, [logEvent({ occurredAt: later })])).toBe(1);
});

test("room is made for the weeks that entries are of, and for none between", async ({ db }) => {
  const { id } = await shop(db);
  const years = [2001, 2031].map((year) => logEvent({ occurredAt: new Date(`${year}-06-01`) }));

  await makeRoom(db, years);

  expect(await append(db, id, years)).toBe(2);
  const between = logEvent({ occurredAt: new Date("2011-06-01") });
  await expect(append(db, id, [between])).rejects.toThrow("no partition");
});
