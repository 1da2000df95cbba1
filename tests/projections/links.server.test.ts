import { describe, expect } from "vitest";
import { append, ensurePartitions } from "~/events/log.server";
import { changeLink, linksOf, parseLinkChange } from "~/projections/links.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { test } from "../database";
import { logEvent, minutes, NOON, shop } from "../factories";
import { catchUp, factsOf, prepareFolds } from "../folding";
import { rowsOf } from "./visitors/world";

type Db = Parameters<typeof rowsOf>[0];

let sequence = 0;
const link = (db: Db, shopId: number, about: object = {}) =>
  db.identityLink.create({
    data: {
      ...{ shopId, sessionId: `s${++sequence}`, clientId: "ana", customerId: 1n },
      ...{ kind: "signed_in", eventId: `e${sequence}`, linkedAt: NOON, ...about },
    },
  });

describe("why browsers are one person", () => {
  test("is told by the first event of each kind, and how many sessions show it", async ({ db }) => {
    const { id } = await shop(db);
    const { session } = rowsOf(db, id);
    for (const minute of [0, 60, 120])
      await session({ visitorId: "customer:1", startedAt: minutes(minute) });
    await link(db, id, { eventId: "later", linkedAt: minutes(60) });
    await link(db, id, { eventId: "first" });
    await link(db, id, { kind: "order", eventId: "paid", linkedAt: minutes(70), orderId: 9n });
    await link(db, id, { clientId: "phone", eventId: "there", linkedAt: minutes(90) });
    await link(db, id, { clientId: "other", customerId: 2n });

    expect(await linksOf(db, id, "customer:1")).toEqual([
      {
        ...{ clientId: "ana", customerId: "1", isUndone: false, sessionCount: 3 },
        evidence: [
          { kind: "signed_in", eventId: "first", at: NOON, orderId: null, sessions: 2 },
          { kind: "order", eventId: "paid", at: minutes(70), orderId: "9", sessions: 1 },
        ],
      },
      {
        ...{ clientId: "phone", customerId: "1", isUndone: false, sessionCount: 0 },
        evidence: [
          { kind: "signed_in", eventId: "there", at: minutes(90), orderId: null, sessions: 1 },
        ],
      },
    ]);
  });

  test("is told of a browser by itself, too; not of another shop's", async ({ db }) => {
    const [{ id }, other] = [await shop(db), await shop(db)];
    await link(db, id);
    await link(db, other.id, { customerId: 2n });

    expect(await linksOf(db, id, "client:ana")).toMatchObject([{ customerId: "1" }]);
    expect(await linksOf(db, id, "client:nobody")).toEqual([]);
    expect(await linksOf(db, id, "customer:2")).toEqual([]);
  });
});

const pair = { clientId: "ana", customerId: "1" };

/** Two sessions of ana's before customer 1 signs in, and one after; another shop has the same. */
async function signIn(db: Db) {
  await ensurePartitions(db, NOON);
  await prepareFolds(db);
  const shops = [await shop(db), await shop(db)] as const;
  for (const { id } of shops) {
    await append(db, id, [
      logEvent({ eventId: "early" }),
      logEvent({ eventId: "in", occurredAt: minutes(60), customerId: "1" }),
      logEvent({ eventId: "after", occurredAt: minutes(200) }),
      logEvent({ eventId: "bo", clientId: "bo" }),
    ]);
    await catchUp(db, id);
  }
  return { id: shops[0].id, other: shops[1].id };
}

const visitorsOf = async (db: Db, shopId: number) => {
  const visitors = await db.visitor.findMany({ where: { shopId }, orderBy: { visitorId: "asc" } });
  return visitors.map(({ visitorId, sessionCount }) => [visitorId, sessionCount]);
};

describe("a link", () => {
  test("that is undone leaves the browser to itself, also after a rebuild; restored, all is as before", async ({
    db,
  }) => {
    const { id, other } = await signIn(db);
    const before = await factsOf(db, id);
    const elsewhere = await factsOf(db, other);
    expect(await visitorsOf(db, id)).toEqual([
      ["client:bo", 1],
      ["customer:1", 3],
    ]);

    await changeLink(db.pool, id, { ...pair, change: "undo" });
    await changeLink(db.pool, id, { ...pair, change: "undo" });

    const undone = [
      ["client:ana", 3],
      ["client:bo", 1],
    ];
    expect(await visitorsOf(db, id)).toEqual(undone);
    expect(await linksOf(db, id, "customer:1")).toMatchObject([
      { isUndone: true, sessionCount: 0, evidence: [{ eventId: "in" }] },
    ]);
    await rebuildShop(db.pool, { shopId: id });
    await catchUp(db, id);
    expect(await visitorsOf(db, id)).toEqual(undone);

    await changeLink(db.pool, id, { ...pair, change: "restore" });
    await catchUp(db, id);

    expect(await factsOf(db, id)).toEqual(before);
    expect(await factsOf(db, other)).toEqual(elsewhere);
  });

  test("that is none cannot be undone", async ({ db }) => {
    const { id } = await signIn(db);

    for (const wrong of [{ customerId: "2" }, { clientId: "bo" }])
      await expect(changeLink(db.pool, id, { ...pair, ...wrong, change: "undo" })).rejects.toThrow(
        "is not tied to customer",
      );
  });

  test.each([
    [{ change: "forget" }, 'change must be undo or restore, got "forget"'],
    [{ change: "undo" }, "want a clientId, got none"],
    [{ change: "undo", clientId: "ana", customerId: "x" }, 'customerId must be digits, got "x"'],
  ])("is not changed by a form that says %j", (fields, message) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);

    expect(() => parseLinkChange(form)).toThrow(message);
  });
});
