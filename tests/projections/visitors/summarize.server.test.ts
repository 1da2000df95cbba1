import { describe, expect } from "vitest";
import { chance } from "../../../dev/chance";
import { test } from "../../database";
import { minutes, NOON, shop } from "../../factories";
import { checkOut, everything, rowsOf, summarize } from "./world";

const BOTH = ["customer:1", "client:ana"];

describe("a visitor", () => {
  test("is a customer with all browsers: sessions, orders and what they brought", async ({
    db,
  }) => {
    const { id } = await shop(db);
    const { session, order } = rowsOf(db, id);
    await session({ visitorId: "customer:1" });
    await session({ visitorId: "customer:1", clientId: "bo", startedAt: minutes(500) });
    await order({ revenueMinor: 700n, placedAt: minutes(900) });
    await order({ revenueMinor: 300n, placedAt: minutes(600) });

    await summarize(db, id, BOTH);

    expect(await db.visitor.findMany({ where: { shopId: id } })).toEqual([
      {
        ...{ shopId: id, visitorId: "customer:1", customerId: 1n, firstSeenAt: NOON },
        ...{ lastSeenAt: minutes(900), clientCount: 2, sessionCount: 2, orderCount: 2 },
        revenueMinor: 1_000n,
      },
    ]);
  });

  test("may be known by orders alone; test orders and cancelled ones make nobody", async ({
    db,
  }) => {
    const { id } = await shop(db);
    const { order } = rowsOf(db, id);
    await order({ placedAt: minutes(5) });
    await order({ customerId: 2n, isTest: true });
    await order({ customerId: 3n, cancelledAt: NOON });

    await summarize(db, id, ["customer:1", "customer:2", "customer:3"]);

    const visitors = await db.visitor.findMany({ where: { shopId: id } });
    expect(visitors).toMatchObject([
      { visitorId: "customer:1", sessionCount: 0, clientCount: 0, firstSeenAt: minutes(5) },
    ]);
    expect(await db.userFeatures.findMany({ where: { shopId: id } })).toMatchObject([
      { visitorId: "customer:1", lastSessionAt: null, orderCount: 1 },
    ]);
  });

  test("has the orders of nobody's that came of its sessions", async ({ db }) => {
    const { id } = await shop(db);
    const { session, order } = rowsOf(db, id);
    const { sessionId } = await session();
    await order({ sessionId, customerId: null });
    await order({ sessionId, customerId: 1n });

    await summarize(db, id, BOTH);

    const visitors = await db.visitor.findMany({ where: { shopId: id } });
    expect(visitors.map(({ visitorId, orderCount }) => [visitorId, orderCount]).sort()).toEqual([
      ["client:ana", 1],
      ["customer:1", 1],
    ]);
  });

  test("is no bot", async ({ db }) => {
    const { id } = await shop(db);
    await rowsOf(db, id).session({ botRule: "declared" });

    await summarize(db, id, BOTH);

    expect(await db.visitor.count({ where: { shopId: id } })).toBe(0);
    expect(await db.userFeatures.count({ where: { shopId: id } })).toBe(0);
  });

  test("is new in the first session, on whichever browser, and returns in the others", async ({
    db,
  }) => {
    const { id } = await shop(db);
    const { session } = rowsOf(db, id);
    const mine = { visitorId: "customer:1" };
    await session({ ...mine, sessionId: "third", startedAt: minutes(300) });
    await session({ ...mine, sessionId: "first", clientId: "bo", isReturning: true });
    await session({ ...mine, sessionId: "second", startedAt: minutes(100) });
    await session({ ...mine, sessionId: "bot", startedAt: minutes(-9), botRule: "declared" });

    await summarize(db, id, BOTH);

    const sessions = await db.session.findMany({ where: { shopId: id, isReturning: true } });
    expect(sessions.map(({ sessionId }) => sessionId).sort()).toEqual(["second", "third"]);
  });

  test("of whom nothing is left has no row in any table", async ({ db }) => {
    const { id } = await shop(db);
    const { session, cartAction, product } = rowsOf(db, id);
    const { sessionId } = await session();
    await cartAction({ sessionId });
    await product({ sessionId });
    await summarize(db, id, BOTH);
    expect(await db.cart.count({ where: { shopId: id } })).toBe(1);

    await db.session.deleteMany({ where: { shopId: id } });
    await db.cartAction.deleteMany({ where: { shopId: id } });
    await db.sessionProduct.deleteMany({ where: { shopId: id } });
    await summarize(db, id, BOTH);

    for (const rows of Object.values(await everything(db)))
      expect(rows.filter((row) => row.shopId === id)).toEqual([]);
  });
});

test("however visitors are batched, and however often, their rows are the same, and nobody else's move", async ({
  db,
}) => {
  const luck = chance("visitors");
  const [mine, other] = [await shop(db), await shop(db)];
  const people = Array.from({ length: 12 }, (_, i) => (i < 6 ? `customer:${i}` : `client:c${i}`));
  for (const { id } of [mine, other]) await populate(rowsOf(db, id), people, luck.between);
  for (const { id } of [mine, other]) {
    await checkOut(db, id, ["t0", "t1", "t2", "t3"]);
    await summarize(db, id, people);
  }
  const before = await everything(db);
  expect(before.interactions.length).toBeGreaterThan(20);
  expect(before.carts.length).toBeGreaterThan(10);

  for (let round = 0; round < 5; round++) {
    const shuffled = people.toSorted(() => luck.next() - 0.5);
    const cut = luck.between(0, people.length);
    await summarize(db, mine.id, shuffled.slice(cut));
    await summarize(db, mine.id, shuffled.slice(0, cut));
    await checkOut(db, mine.id, ["t2", "t0"]);
  }

  expect(await everything(db)).toEqual(before);
});

/** Some sessions, carts, checkouts and orders, by chance: browsers are shared, checkouts too. */
async function populate(
  { session, cartAction, product, view, step, order, item }: ReturnType<typeof rowsOf>,
  people: readonly string[],
  between: (from: number, to: number) => number,
): Promise<void> {
  for (let i = 0; i < 40; i++) {
    const visitorId = people[between(0, people.length - 1)] ?? "";
    const clientId = visitorId.startsWith("client:") ? visitorId.slice(7) : `c${between(0, 8)}`;
    const startedAt = minutes(between(0, 50_000));
    const { sessionId } = await session({ visitorId, clientId, startedAt });
    const productId = BigInt(between(1, 5));
    const inSession = { sessionId, clientId, productId };
    await product({ ...inSession, dwellMs: BigInt(between(0, 90_000)) });
    await view({ ...inSession, productType: `type ${productId}`, viewedAt: startedAt });
    await cartAction({ ...inSession, actedAt: startedAt, variantId: productId });
    const checkoutToken = `t${between(0, 3)}`;
    const name = between(0, 3) === 0 ? "completed" : "started";
    await step({
      sessionId,
      clientId,
      checkoutToken,
      step: name,
      reachedAt: minutes(1, startedAt),
    });
    const { orderId } = await order({ customerId: BigInt(between(0, 5)), placedAt: startedAt });
    await item({ orderId, productId, quantity: 2 });
  }
}
