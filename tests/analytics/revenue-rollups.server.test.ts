import { expect } from "vitest";
import { revenue } from "~/analytics/revenue/revenue.server";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addOrders, addVisits, ask } from "./orders";
import { keepAll } from "./keeping";

const NOW = "2026-06-16T12:00:00Z";
const asks = (id: number) => ask(id, "from=2026-06-01&to=2026-06-14", { now: NOW });

const keep = (db: Database, shopId: number) => keepAll(db, { shopId, timeZone: "UTC" }, NOW);

/** By channel: orders, and what was paid back. */
const byChannel = async (db: Database, id: number) =>
  Object.fromEntries(
    (await revenue(db, asks(id), { by: "channel" })).rows.map(
      ({ of, orders, refundMinor }) => [of, [orders, refundMinor]] as const,
    ),
  );

/** Two orders of days that are kept, one of them paid back days later. */
async function sold(db: Database): Promise<number> {
  const { id } = await shop(db, { timeZone: "UTC" });
  await addVisits(db, id, [{ at: "2026-06-02T10:00Z", id: "a", channel: "email" }]);
  await addOrders(db, id, [
    { at: "2026-06-04T10:00Z", session: "a", refunds: [{ at: "2026-06-09T10:00Z", minor: 300 }] },
    { at: "2026-06-05T10:00Z", session: "b" },
  ]);
  await keep(db, id);
  return id;
}

test("what is kept of revenue is read, by what sessions have in common", async ({ db }) => {
  const id = await sold(db);

  expect(await byChannel(db, id)).toEqual({ email: [1, 300], unseen: [1, 0] });
  expect(await compareSpans(db, id)).toBe(0);
  await db.$executeRaw`update revenue_rollups set orders = 7 * orders where shop_id = ${id}::int`;
  expect(await byChannel(db, id)).toEqual({ email: [7, 300], unseen: [7, 0] });
});

test("a filter is answered from what is kept of its value, two of them from facts", async ({
  db,
}) => {
  const id = await sold(db);
  const counted = async (search: string) => {
    const question = ask(id, `from=2026-06-01&to=2026-06-14&${search}`, { now: NOW });
    const { rows } = await revenue(db, question, { by: "all" });
    return rows.map(({ of, orders, refundMinor }) => [of, orders, refundMinor]);
  };
  await db.$executeRaw`update revenue_rollups set orders = 7 * orders where shop_id = ${id}::int`;

  expect(await counted("channel=email")).toEqual([["all", 7, 300]]);
  expect(await counted("channel=social")).toEqual([["all", 0, 0]]);
  expect(await counted("channel=unseen")).toEqual([["all", 0, 0]]);
  expect(await counted("channel=email&device=none")).toEqual([["all", 1, 300]]);
});

test("a session that changes or comes late changes its orders and refunds of other days", async ({
  db,
}) => {
  const id = await sold(db);

  await db.session.updateMany({ where: { shopId: id }, data: { channel: "social" } });
  await addVisits(db, id, [{ at: "2026-06-02T11:00Z", id: "b", channel: "direct" }]);

  expect(await byChannel(db, id)).toEqual({ social: [1, 300], direct: [1, 0] });
  await db.session.deleteMany({ where: { shopId: id, sessionId: "a" } });
  expect(await byChannel(db, id)).toEqual({ unseen: [1, 300], direct: [1, 0] });
  await keep(db, id);
  expect(await compareSpans(db, id)).toBe(0);
});

test("an order that is cancelled takes along its refund of another day", async ({ db }) => {
  const id = await sold(db);

  const where = { shopId: id, sessionId: "a" };
  await db.order.updateMany({ where, data: { cancelledAt: new Date(NOW) } });

  expect(await byChannel(db, id)).toEqual({ unseen: [1, 0] });
});
