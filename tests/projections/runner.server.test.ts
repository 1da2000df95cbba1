import fc from "fast-check";
import { describe, expect } from "vitest";
import { append, ensurePartitions } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import type { Database, Db } from "~/platform/db.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { refoldClients } from "~/projections/refold.server";
import { FACTS } from "~/projections/tables.server";
import { ensureCheckpoints, groupsBehind, projectNext } from "~/projections/runner.server";
import { test } from "../database";
import { logEvent, minutes, NOON, shop } from "../factories";

test.beforeAll(async ({ db }) => {
  await ensurePartitions(db, NOON);
  await ensureCheckpoints(db);
});

/** Folds until the shop's group has nothing more to read. The horizon is the whole server's, so other
 * test files' transactions may hold it back for a moment. */
async function catchUp(db: Database, shopId: number, limit = 1_000): Promise<void> {
  await expect
    .poll(
      async () => {
        await projectNext(db, shopId % 16, limit);
        return unread(db, shopId);
      },
      { timeout: 20_000, interval: 5 },
    )
    .toBe(0);
}

const unread = async (db: Db, shopId: number) => {
  const [row] = await db.$queryRaw<{ events: number }[]>`
    select count(*)::int as events from pixel_events e join projection_checkpoints c
      on c.shop_group = ${shopId}::int % 16 and (e.tx_id, e.position) > (c.tx_id, c.position)
    where e.shop_id = ${shopId}::int`;
  return row?.events;
};

/** Every row of every table that timelines fold into, as JSON without its shop. */
async function factsOf(db: Db, shopId: number): Promise<Record<string, string[]>> {
  const facts: Record<string, string[]> = {};
  for (const { table } of FACTS) {
    const rows = await db.$queryRawUnsafe<{ row: string }[]>(
      `select (to_jsonb(f) - 'shop_id')::text as row from ${table} f where shop_id = $1::int order by 1`,
      shopId,
    );
    facts[table] = rows.map(({ row }) => row);
  }
  return facts;
}

const rowsOf = async (db: Db, shopId: number) => ({
  sessions: await db.session.findMany({ where: { shopId }, orderBy: { sessionId: "asc" } }),
  pageViews: await db.pageView.findMany({ where: { shopId }, orderBy: { eventId: "asc" } }),
});

test("events become sessions and page views", async ({ db }) => {
  const { id } = await shop(db);
  await append(db, id, [
    logEvent({ eventId: "1" }),
    logEvent({ eventId: "2", occurredAt: minutes(5) }),
    logEvent({ eventId: "3", occurredAt: minutes(60) }),
    logEvent({ eventId: "4", clientId: "bo" }),
  ]);

  await catchUp(db, id);

  const { sessions, pageViews } = await rowsOf(db, id);
  expect(
    sessions.map(({ sessionId, clientId, pageViewCount }) => [sessionId, clientId, pageViewCount]),
  ).toEqual([
    ["1", "ana", 2],
    ["3", "ana", 1],
    ["4", "bo", 1],
  ]);
  expect(pageViews.map(({ eventId, sessionId }) => [eventId, sessionId])).toEqual([
    ["1", "1"],
    ["2", "1"],
    ["3", "3"],
    ["4", "4"],
  ]);
});

test("an event that arrives late is put where it belongs, and joins what it connects", async ({
  db,
}) => {
  const { id } = await shop(db);
  await append(db, id, [
    logEvent({ eventId: "a" }),
    logEvent({ eventId: "c", occurredAt: minutes(50) }),
  ]);
  await catchUp(db, id);
  expect((await rowsOf(db, id)).sessions).toHaveLength(2);

  await append(db, id, [logEvent({ eventId: "b", occurredAt: minutes(25) })]);
  await catchUp(db, id);

  expect((await rowsOf(db, id)).sessions).toMatchObject([{ sessionId: "a", eventCount: 3 }]);
});

test("one client id in two shops is two clients", async ({ db }) => {
  const [one, other] = [await shop(db), await shop(db)];
  await append(db, one.id, [logEvent()]);
  await append(db, other.id, [logEvent(), logEvent({ occurredAt: minutes(1) })]);

  await catchUp(db, one.id);
  await catchUp(db, other.id);

  expect((await rowsOf(db, one.id)).sessions).toMatchObject([{ eventCount: 1 }]);
  expect((await rowsOf(db, other.id)).sessions).toMatchObject([{ eventCount: 2 }]);
});

test("two workers on one group share it without doing anything twice", async ({ db }) => {
  const { id } = await shop(db);
  const events = Array.from({ length: 60 }, (_, minute) =>
    logEvent({ occurredAt: minutes(minute) }),
  );
  await append(db, id, events);

  await Promise.all([catchUp(db, id, 7), catchUp(db, id, 5), catchUp(db, id, 3)]);

  expect((await rowsOf(db, id)).sessions).toMatchObject([{ eventCount: 60 }]);
});

test("a group with nothing new is not behind", async ({ db }) => {
  const { id } = await shop(db);
  await append(db, id, [logEvent()]);
  await expect.poll(() => groupsBehind(db), { timeout: 20_000 }).toContain(id % 16);

  await catchUp(db, id);

  expect(await groupsBehind(db)).not.toContain(id % 16);
});

test("refolding clients after their events were erased erases their rows and no others", async ({
  db,
}) => {
  const { id } = await shop(db);
  await append(db, id, [logEvent(), logEvent({ clientId: "bo" })]);
  await catchUp(db, id);
  await db.$executeRaw`delete from pixel_events where shop_id = ${id}::int and client_id = 'ana'`;

  await db.$transaction((tx) => refoldClients(tx, id, ["ana"]));

  const { sessions, pageViews } = await rowsOf(db, id);
  expect(sessions.map((session) => session.clientId)).toEqual(["bo"]);
  expect(pageViews.map((view) => view.clientId)).toEqual(["bo"]);
});

test("a rebuild mends rows that are wrong and touches no other shop's", async ({ db }) => {
  const [one, other] = [await shop(db), await shop(db)];
  for (const { id } of [one, other]) {
    await append(db, id, [logEvent(), logEvent({ occurredAt: minutes(90) })]);
    await catchUp(db, id);
  }
  const right = await rowsOf(db, one.id);
  const facts = await factsOf(db, one.id);
  await db.session.updateMany({
    where: { shopId: { in: [one.id, other.id] } },
    data: { eventCount: 99 },
  });

  expect(await rebuildShop(db, one.id)).toBe(1);

  expect(await rowsOf(db, one.id)).toEqual(right);
  expect(await factsOf(db, one.id)).toEqual(facts);
  expect((await rowsOf(db, other.id)).sessions).toMatchObject([
    { eventCount: 99 },
    { eventCount: 99 },
  ]);
});

describe("whatever happens on the way, the rows are the same", () => {
  const productVariant = { id: "70", product: { id: "7" }, price: null };
  const cartLine = { merchandise: productVariant, quantity: 1, cost: null };
  const checkout = { token: "t", currencyCode: "EUR", lineItems: [{ quantity: 1 }] };
  const searchResult = { query: "tea", productIds: ["7"] };
  const KINDS: [name: string, data: object][] = [
    ["page_viewed", {}],
    ["product_viewed", { productVariant }],
    ["search_submitted", { searchResult }],
    ["product_added_to_cart", { cartLine }],
    ["checkout_started", { checkout }],
    ["checkout_completed", { checkout: { ...checkout, order: { id: "99" } } }],
    ["page_viewed", {}],
  ];
  const PLAN: LogEvent[] = Array.from({ length: 24 }, (_, index) => {
    const [name, data] = KINDS[index % KINDS.length] ?? ["page_viewed", {}];
    return logEvent({
      ...{ name, payload: { context: { path: `/${index % 3}` }, data, consent: null } },
      eventId: `e${String(index).padStart(2, "0")}`,
      clientId: ["ana", "bo"][index % 2],
      occurredAt: minutes((index * 37) % 240),
      seq: index % 3,
    });
  });

  /** The database as it is until it dies at one of its statements, counted from now. */
  function dyingAfter(db: Database, statements: number): Database {
    let left = statements;
    const mortal = db.$extends({
      query: {
        $allOperations({ args, query }) {
          if (left-- <= 0) throw new Error("the process died here");
          return query(args);
        },
      },
    });
    return mortal as Database;
  }

  const step = fc.oneof(
    fc.record({ kind: fc.constant("send" as const), events: fc.subarray(PLAN) }),
    fc.record({ kind: fc.constant("fold" as const), limit: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constant("die" as const), after: fc.integer({ min: 0, max: 9 }) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  async function take(db: Database, shopId: number, next: Step): Promise<void> {
    if (next.kind === "send") await append(db, shopId, next.events);
    else if (next.kind === "fold") await projectNext(db, shopId % 16, next.limit);
    else await projectNext(dyingAfter(db, next.after), shopId % 16, 100).catch(() => {});
  }

  test(
    "order, batches, repetition and a crash between any two steps",
    { timeout: 240_000 },
    async ({ db }) => {
      const straight = await shop(db);
      await append(db, straight.id, PLAN);
      await catchUp(db, straight.id);
      const expected = await factsOf(db, straight.id);
      for (const [table, rows] of Object.entries(expected))
        expect(rows.length > 0, table).toBe(table !== "fold_failures");

      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          const { id } = await shop(db);
          for (const next of steps) await take(db, id, next);
          await append(db, id, PLAN);
          await catchUp(db, id, 5);

          expect(await factsOf(db, id)).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
  );
});
