import fc from "fast-check";
import { expect } from "vitest";
import { importLines, type Refusal } from "~/events/import.server";
import type { NumberedLine } from "~/platform/lines.server";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { eraseCustomer } from "~/privacy/erase.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { test } from "../database";
import { prepareFolds } from "../folding";
import { minutes, NOON, pageViewed, shop } from "../factories";

test.beforeAll(async ({ db }) => {
  await prepareFolds(db);
});

const event = (id: string, minute: number, about: Record<string, unknown> = {}) =>
  JSON.stringify({
    type: "event",
    ...pageViewed({ id, timestamp: minutes(minute).toISOString(), ...about }),
  });
const order = (id: string, about: Record<string, unknown> = {}) =>
  JSON.stringify({
    ...{ type: "order", id, createdAt: NOON, updatedAt: NOON, currencyCode: "EUR" },
    ...{ totalPrice: "10.00", subtotalPrice: "10.00", lineItems: [], ...about },
  });

async function* numbered(lines: readonly string[]): AsyncGenerator<NumberedLine> {
  for (const [i, text] of lines.entries()) yield await Promise.resolve({ number: i + 1, text });
}

const importInto = (db: Database, shopId: number, lines: readonly string[], more = {}) =>
  importLines(db, numbered(lines), { shopId, receivedAt: NOON, retentionDays: 90, ...more });

const sessionsOf = async (db: Database, shopId: number) => {
  await rebuildShop(db.pool, { shopId });
  const rows = await db.session.findMany({ where: { shopId }, orderBy: { sessionId: "asc" } });
  return rows.map((row) => [row.sessionId, row.clientId, row.pageViewCount]);
};

const MONTH = 30 * 24 * 60;
const LINES = [
  event("a", -MONTH),
  event("b", -MONTH + 5),
  event("c", -MONTH + 50),
  event("d", -10, { clientId: "bo" }),
  order("5001"),
];

test("old events find their place in the log, and become sessions of their day", async ({ db }) => {
  const { id } = await shop(db);

  const report = await importInto(db, id, LINES);

  expect(report).toMatchObject({ lines: 5, accepted: 5, duplicate: 0, refused: 0 });
  expect(await sessionsOf(db, id)).toEqual([
    ["a", "ana", 2],
    ["c", "ana", 1],
    ["d", "bo", 1],
  ]);
});

test("a file in any order, with any of its lines repeated, gives the same log and sessions", async ({
  db,
}) => {
  const { id: reference } = await shop(db);
  await importInto(db, reference, LINES);
  const expected = await sessionsOf(db, reference);

  const someOrder = fc
    .tuple(fc.shuffledSubarray(LINES, { minLength: LINES.length }), fc.subarray(LINES))
    .map(([all, again]) => [...all, ...again]);
  await fc.assert(
    fc.asyncProperty(someOrder, async (lines) => {
      const { id } = await shop(db);
      const { accepted } = await importInto(db, id, lines);
      expect(accepted).toBe(LINES.length);
      expect(await sessionsOf(db, id)).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});

test("a second run adds nothing", async ({ db }) => {
  const { id } = await shop(db);
  await importInto(db, id, LINES);

  expect(await importInto(db, id, LINES)).toMatchObject({ accepted: 0, duplicate: 5 });
});

test("a bad line is reported by its number and sinks no other", async ({ db }) => {
  const { id } = await shop(db);
  const refusals: Refusal[] = [];

  const report = await importInto(db, id, [event("a", 0), "", "{", event("b", 1)], {
    onRefusal: (refusal: Refusal) => refusals.push(refusal),
  });

  expect(refusals).toEqual([{ line: 3, reason: "line: not JSON" }]);
  expect(report).toMatchObject({ lines: 3, accepted: 2, reasons: { "line: not JSON": 1 } });
});

test("a file of something else is given up after a hundred lines", async ({ db }) => {
  const { id } = await shop(db);
  const picture = Array.from({ length: 5_000 }, () => "\u0089PNG");

  await expect(importInto(db, id, picture)).rejects.toThrow("none of the first 100 lines");
});

test("a dry run says what would happen and writes nothing", async ({ db }) => {
  const { id } = await shop(db);

  expect(await importInto(db, id, LINES, { isDryRun: true })).toMatchObject({ accepted: 5 });
  expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(0);
});

test("who was erased does not come back with a file, and takes their orders along", async ({
  db,
}) => {
  const { id } = await shop(db);
  const lines = [
    event("a", 0, { customerId: "7001000001" }),
    order("5001", { customerId: "7001000001" }),
    order("5002"),
    event("b", 1, { clientId: "bo" }),
  ];
  await importInto(db, id, lines);

  const erased = await inTransaction(db.pool, (sql) =>
    eraseCustomer(sql, id, { customerId: 7001000001n, orderIds: ["5002"], requestId: "redact-1" }),
  );
  const again = await importInto(db, id, lines.slice(0, 2));

  expect(erased).toBe(3);
  expect(again.reasons).toEqual({ "customerId: erased on request": 2 });
  const left = await db.pixelEvent.findMany({ where: { shopId: id } });
  expect(left.map(({ eventId }) => eventId)).toEqual(["b"]);
});

test("another shop's rows stay its own", async ({ db }) => {
  const [one, other] = [await shop(db), await shop(db)];
  await importInto(db, one.id, LINES);

  expect(await importInto(db, other.id, LINES)).toMatchObject({ accepted: 5 });
  expect(await db.pixelEvent.count({ where: { shopId: one.id } })).toBe(5);
});
