import { describe, expect } from "vitest";
import { ensurePartitions } from "~/events/log.server";
import { changeLink, linksOf, parseLinkChange } from "~/projections/links.server";
import { test } from "../database";
import { minutes, NOON, shop } from "../factories";
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

describe("a link", () => {
  const pair = { clientId: "ana", customerId: "1" };

  test("is undone for this shop alone, as often as one likes, and restored", async ({ db }) => {
    await ensurePartitions(db, NOON);
    const [{ id }, other] = [await shop(db), await shop(db)];
    for (const shopId of [id, other.id]) await link(db, shopId);

    await changeLink(db, id, { ...pair, change: "undo" });
    await changeLink(db, id, { ...pair, change: "undo" });

    const undone = await db.identityUndo.findMany({ where: { clientId: "ana" } });
    expect(undone).toMatchObject([{ shopId: id, customerId: 1n }]);

    await changeLink(db, id, { ...pair, change: "restore" });

    expect(await db.identityUndo.count({ where: { shopId: id } })).toBe(0);
  });

  test("that is none cannot be undone", async ({ db }) => {
    const { id } = await shop(db);

    await expect(changeLink(db, id, { ...pair, change: "undo" })).rejects.toThrow(
      'browser "ana" is not tied to customer 1',
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
