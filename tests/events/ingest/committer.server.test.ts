import { expect } from "vitest";
import { Committer } from "~/events/ingest/committer.server";
import type { Row } from "~/events/ingest/write.server";
import { ensurePartitions } from "~/events/log.server";
import { createLog } from "~/platform/log.server";
import { test as base } from "../../database";
import { logEvent, NOON, shop } from "../../factories";

const quiet = createLog("silent");

const test = base
  .extend("writes", () => [] as number[])
  .extend<{ committer: Committer }>({
    committer: async ({ db, dbUrl, writes }, use) => {
      await ensurePartitions(db, NOON);
      const onWrite = (events: number) => writes.push(events);
      const committer = new Committer({ databaseUrl: dbUrl, log: quiet, connections: 1, onWrite });
      await use(committer);
      await committer.stop();
    },
  });

const rows = (shopId: number, count: number, about: Partial<Row> = {}): Row[] =>
  Array.from({ length: count }, () => ({ ...logEvent(), ...about, shopId }));

test("requests that come while a write is under way go together with the next", async ({
  committer,
  db,
  writes,
}) => {
  const { id } = await shop(db);
  await committer.commit(rows(id, 1));

  const answers = await Promise.all(
    Array.from({ length: 40 }, () => committer.commit(rows(id, 5))),
  );

  expect(writes.length).toBeLessThan(5);
  expect(answers.every(({ isNew }) => isNew.length === 5 && isNew.every(Boolean))).toBe(true);
  expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(201);
});

test("each request hears which of its own events are new, in whatever company", async ({
  committer,
  db,
}) => {
  const [one, other] = [await shop(db), await shop(db)];
  const known = rows(one.id, 3);
  await committer.commit(known);

  const [mixed, foreign] = await Promise.all([
    committer.commit([...known.slice(0, 1), ...rows(one.id, 2), ...known.slice(1)]),
    committer.commit(known.map((row) => ({ ...row, shopId: other.id }))),
  ]);

  expect(mixed.isNew).toEqual([false, true, true, false, false]);
  expect(foreign.isNew).toEqual([true, true, true]);
});

test("an event that PostgreSQL cannot take ends its own request alone", async ({
  committer,
  db,
}) => {
  const { id } = await shop(db);
  const bad = rows(id, 2, { payload: "no JSON" });

  const [good, refused] = await Promise.allSettled([
    committer.commit(rows(id, 2)),
    committer.commit(bad),
  ]);

  expect(good.status).toBe("fulfilled");
  expect(refused).toMatchObject({ status: "rejected", reason: { code: "22P02" } });
  expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(2);
});

test("stopping writes what waits first", async ({ db, dbUrl }) => {
  await ensurePartitions(db, NOON);
  const { id } = await shop(db);
  const committer = new Committer({ databaseUrl: dbUrl, log: quiet });
  const told = Array.from({ length: 10 }, () => committer.commit(rows(id, 10)));

  await committer.stop();

  expect(await Promise.all(told)).toHaveLength(10);
  expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(100);
});
