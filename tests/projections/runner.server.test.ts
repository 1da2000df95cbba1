import fc from "fast-check";
import { describe, expect } from "vitest";
import { append, ensurePartitions, SHOP_GROUPS } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import { verifiedRow } from "~/events/verified";
import type { Database, Db } from "~/platform/db.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { groupsBehind } from "~/projections/claims.server";
import { test } from "../database";
import { catchUp, dyingAfter, factsOf, prepareFolds, refold, step } from "../folding";
import { logEvent, minutes, NOON, shop } from "../factories";

test.beforeAll(async ({ db }) => {
  await ensurePartitions(db, NOON);
  await prepareFolds(db);
});

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
  await expect.poll(() => groupsBehind(db.pool)).toContain(id % 16);

  await catchUp(db, id);

  expect(await groupsBehind(db.pool)).not.toContain(id % 16);
});

test("visitors that wait in another group are left to it", async ({ db }) => {
  const one = await shop(db);
  let other = await shop(db);
  while (other.id % SHOP_GROUPS === one.id % SHOP_GROUPS) other = await shop(db);
  await db.staleVisitor.createMany({
    data: [one, other].map(({ id: shopId }) => ({ shopId, visitorId: "ana" })),
  });

  await catchUp(db, one.id);

  const waiting = await db.staleVisitor.findMany({ where: { shopId: { in: [one.id, other.id] } } });
  expect(waiting.map(({ shopId }) => shopId)).toEqual([other.id]);
});

test("refolding clients after their events were erased erases their rows and no others", async ({
  db,
}) => {
  const { id } = await shop(db);
  await append(db, id, [logEvent(), logEvent({ clientId: "bo" })]);
  await catchUp(db, id);
  await db.$executeRaw`delete from pixel_events where shop_id = ${id}::int and client_id = 'ana'`;

  await refold(db, id, ["ana"]);

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

  expect(await rebuildShop(db.pool, { shopId: one.id })).toBe(1);

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
  const click = { element: "a", relativeX: 0, relativeY: 1, viewportWidth: 800 };
  const KINDS: [name: string, data: object][] = [
    ["page_viewed", {}],
    ["product_viewed", { productVariant }],
    ["search_submitted", { searchResult }],
    ["product_added_to_cart", { cartLine }],
    ["checkout_started", { checkout }],
    ["checkout_completed", { checkout: { ...checkout, order: { id: "99" } } }],
    ["pixelnova:page_engaged", { visibleMs: 2_000, scrollPercent: 50 }],
    ["pixelnova:element_clicked", click],
    ["pixelnova:shared", { method: "copy_link" }],
    ["page_viewed", {}],
  ];
  const amount = (amountMinor: number) => ({ amountMinor, currencyCode: "EUR" });
  /** Ana's order, as it became: placed, paid and partly refunded. */
  const orders = ["99", "99", "98"].map((id, index) => {
    const updatedAt = minutes(200 + index * 10);
    const lineItems = [{ lineItemId: "6", quantity: 1, subtotal: amount(300) }];
    const refund = { id: "5", createdAt: updatedAt, totalRefunded: amount(300), lineItems };
    const line = { id: "6", productId: "7", quantity: 1, price: amount(900) };
    return verifiedRow({
      ...{ eventId: `order-${index}`, source: "webhook", name: "orders/updated", orderId: id },
      ...{ occurredAt: updatedAt, receivedAt: updatedAt, customerId: "1" },
      data: {
        ...{ id, createdAt: minutes(190), updatedAt, checkoutToken: id === "99" ? "t" : null },
        ...{ customerId: "1", currencyCode: "EUR", test: false, hasDiscountCode: false },
        ...{ totalPrice: amount(900), subtotalPrice: amount(900), totalDiscounts: amount(0) },
        ...{ totalTax: amount(0), totalShippingPrice: amount(0) },
        lineItems: [{ ...line, totalDiscount: amount(0) }],
        refunds: index === 1 ? [refund] : [],
      },
    });
  });
  const customer = verifiedRow({
    ...{ eventId: "customer", source: "webhook", name: "customers/update", orderId: null },
    ...{ occurredAt: NOON, receivedAt: NOON, customerId: "1" },
    data: { id: "1", updatedAt: NOON, state: "enabled" },
  });
  const browsing: LogEvent[] = Array.from({ length: 24 }, (_, index) => {
    const [name, data] = KINDS[index % KINDS.length] ?? ["page_viewed", {}];
    return logEvent({
      ...{ name, payload: { context: { path: `/${index % 3}` }, data, consent: null } },
      eventId: `e${String(index).padStart(2, "0")}`,
      clientId: ["ana", "bo"][index % 2],
      customerId: index === 13 ? "2" : null,
      occurredAt: minutes((index * 37) % 240),
      seq: index % 3,
    });
  });

  const PLAN = [...browsing, ...orders, customer];
  const EMPTY = new Set(["fold_failures", "stale_visitors"]);

  const anyStep = fc.oneof(
    fc.record({ kind: fc.constant("send" as const), events: fc.subarray(PLAN) }),
    fc.record({ kind: fc.constant("fold" as const), limit: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constant("die" as const), after: fc.integer({ min: 0, max: 40 }) }),
  );
  type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

  type Place = { db: Database; dbUrl: string; shopId: number };
  async function take({ db, dbUrl, shopId }: Place, next: Step): Promise<void> {
    if (next.kind === "send") await append(db, shopId, next.events);
    else if (next.kind === "fold") await step(db.pool, shopId, next.limit);
    else {
      const mortal = dyingAfter(dbUrl, next.after);
      await step(mortal, shopId).catch(() => {});
      await mortal.end();
    }
  }

  test(
    "order, batches, repetition and a crash between any two steps",
    { timeout: 240_000 },
    async ({ db, dbUrl }) => {
      const straight = await shop(db);
      await append(db, straight.id, PLAN);
      await catchUp(db, straight.id);
      const expected = await factsOf(db, straight.id);
      for (const [table, rows] of Object.entries(expected))
        expect(rows.length > 0, table).toBe(!EMPTY.has(table));

      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), async (steps) => {
          const { id } = await shop(db);
          for (const next of steps) await take({ db, dbUrl, shopId: id }, next);
          await append(db, id, PLAN);
          await catchUp(db, id, 5);

          expect(await factsOf(db, id)).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
  );
});
