import pg from "pg";
import { describe, expect } from "vitest";
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
  await committer.commit(id, rows(id, 1), false);

  const answers = await Promise.all(
    Array.from({ length: 40 }, () => committer.commit(id, rows(id, 5), false)),
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
  await committer.commit(one.id, known, false);

  const [mixed, foreign] = await Promise.all([
    committer.commit(one.id, [...known.slice(0, 1), ...rows(one.id, 2), ...known.slice(1)], false),
    committer.commit(
      other.id,
      known.map((row) => ({ ...row, shopId: other.id })),
      false,
    ),
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
    committer.commit(id, rows(id, 2), false),
    committer.commit(id, bad, false),
  ]);

  expect(good.status).toBe("fulfilled");
  expect(refused).toMatchObject({ status: "rejected", reason: { code: "22P02" } });
  expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(2);
});

describe("when the log stands still", () => {
  test("the room fills, then refuses at once, and what was refused is not stored", async ({
    committer,
    db,
    dbUrl,
  }) => {
    const { id } = await shop(db);
    const blocker = new pg.Client(dbUrl);
    await blocker.connect();
    await blocker.query("begin; lock table pixel_events in access exclusive mode");

    const requests = Array.from({ length: 60 }, () => rows(id, 50));
    const told = requests.map((each) =>
      committer.commit(id, each, false).then(
        () => "stored",
        (error: unknown) => (error as { code: string }).code,
      ),
    );
    expect(committer.load().share).toBeGreaterThan(0.4);
    await blocker.query("commit");
    await blocker.end();

    const answers = await Promise.all(told);
    const stored = answers.filter((answer) => answer === "stored").length;
    expect(new Set(answers)).toEqual(new Set(["stored", "overloaded"]));
    expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(stored * 50);
  });

  test("a purchase is let in after page views are no longer, and is written before them", async ({
    committer,
    db,
    dbUrl,
  }) => {
    const shops = [await shop(db), await shop(db), await shop(db)];
    const blocker = new pg.Client(dbUrl);
    await blocker.connect();
    await blocker.query("begin; lock table pixel_events in access exclusive mode");
    const order: string[] = [];
    const send = (shopId: number, kind: string) =>
      committer.commit(shopId, rows(shopId, 50), kind === "purchase").then(
        () => order.push(kind),
        () => order.push(`${kind} refused`),
      );

    const all = shops.flatMap(({ id }) => Array.from({ length: 40 }, () => send(id, "view")));
    const purchase = send(shops[0]?.id ?? 0, "purchase");
    await blocker.query("commit");
    await blocker.end();
    await Promise.all([...all, purchase]);

    expect(order).toContain("view refused");
    const stored = order.filter((each) => !each.endsWith("refused"));
    // The first write took page views before the purchase came; the purchase is in the next.
    expect(stored.indexOf("purchase")).toBeLessThan(25);
  });
});

test("stopping writes what waits first", async ({ db, dbUrl }) => {
  await ensurePartitions(db, NOON);
  const { id } = await shop(db);
  const committer = new Committer({ databaseUrl: dbUrl, log: quiet });
  const told = Array.from({ length: 10 }, () => committer.commit(id, rows(id, 10), false));

  await committer.stop();

  expect(await Promise.all(told)).toHaveLength(10);
  expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(100);
});
