import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { losses } from "~/analytics/quality/losses.server";
import { dataQuality } from "~/analytics/quality/quality.server";
import { questionOf } from "~/analytics/question";
import type { Database } from "~/platform/db.server";
import { MINUTE, SECOND } from "~/platform/time";
import { test } from "../database";
import { shop } from "../factories";

const NOW = new Date("2026-06-15T12:00:00Z");
const question = (shopId: number) =>
  questionOf({ id: shopId, timeZone: "UTC" }, new URLSearchParams("period=7d"), NOW);

const session = (at: string, about: object = {}) => ({
  ...{ sessionId: randomUUID(), clientId: "ana", startedAt: new Date(at), endedAt: new Date(at) },
  ...{ eventCount: 1, pageViewCount: 1, ...about },
});

let orderId = 0n;
const order = (at: string, about: object = {}) => {
  const placedAt = new Date(at);
  return {
    ...{ orderId: ++orderId, placedAt, updatedAt: placedAt, isTest: false, currency: "EUR" },
    ...{ totalMinor: 0, subtotalMinor: 0, discountMinor: 0, taxMinor: 0, shippingMinor: 0 },
    ...{ refundedMinor: 0, revenueMinor: 0, itemCount: 1, hasDiscountCode: false },
    ...{ source: "webhook", firstReceivedAt: new Date(placedAt.getTime() + 2 * SECOND), ...about },
  };
};

/** Two days of traffic, and a first visit before which orders are out of reach. */
async function openShop(db: Database): Promise<number> {
  const { id: shopId } = await shop(db);
  const ours = <Row extends object>(rows: Row[]) => rows.map((row) => ({ shopId, ...row }));
  await db.session.createMany({
    data: ours([
      session("2026-06-10T08:00:00Z"),
      session("2026-06-11T08:00:00Z", { botRule: "name", sampleRate: 0.5 }),
    ]),
  });
  await db.order.createMany({
    data: ours([
      order("2026-06-10T07:00:00Z"),
      order("2026-06-10T09:00:00Z", { completedAt: new Date("2026-06-10T09:00:01Z") }),
      order("2026-06-11T09:00:00Z", {
        firstReceivedAt: new Date(Date.parse("2026-06-11T09:00:00Z") + MINUTE),
      }),
      order("2026-06-11T10:00:00Z", { source: "backfill" }),
      order("2026-06-11T11:00:00Z", { isTest: true }),
    ]),
  });
  await db.ingestCount.createMany({
    data: ours(
      (
        [
          ["2026-06-10T09:00:00Z", "accepted", 90],
          ["2026-06-10T09:00:00Z", "duplicate", 6],
          ["2026-06-11T09:00:00Z", "too_old", 3],
          ["2026-06-11T09:00:00Z", "dropped_by_browser", 1],
        ] as const
      ).map(([hour, outcome, events]) => ({
        ...{ hour: new Date(hour), outcome, events, origin: "sandbox", key: "current" },
      })),
    ),
  });
  return shopId;
}

test("what is known is told, of the period and of each day", async ({ db }) => {
  const asked = question(await openShop(db));

  const { rows: all } = await dataQuality(db, asked, { by: "all" });
  const { rows: steps } = await dataQuality(db, asked, { by: "step" });

  expect(all).toEqual([
    {
      ...{ of: "all", orders: 3, ordersSeen: 1, captureRate: expect.closeTo(1 / 3) },
      ...{ accepted: 90, duplicates: 6, refused: 3, dropped: 1, botSessions: 2 },
      webhookDelay: expect.any(Number),
    },
  ]);
  // Of 2 s, 2 s and a minute.
  expect(Math.abs((all[0]?.webhookDelay ?? 0) / (2 * SECOND) - 1)).toBeLessThan(0.025);
  expect(steps).toHaveLength(7);
  expect(steps[1]).toMatchObject({
    ...{ of: "2026-06-10T00:00:00.000Z", orders: 1, captureRate: 1, accepted: 90, refused: 0 },
  });
  expect(steps[2]).toMatchObject({ orders: 2, ordersSeen: 0, captureRate: 0 });
  expect(steps[0]).toMatchObject({ orders: 0, captureRate: null, webhookDelay: null });
});

test("what is missing is told by its cause", async ({ db }) => {
  const { rows } = await losses(db, question(await openShop(db)));

  expect(rows).toEqual([
    { lost: "events", cause: "duplicate", count: 6, share: 0.06 },
    { lost: "events", cause: "too_old", count: 3, share: 0.03 },
    { lost: "events", cause: "dropped_by_browser", count: 1, share: 0.01 },
    {
      ...{ lost: "orders", cause: "fetched later: neither pixel nor webhook told", count: 1 },
      share: expect.closeTo(1 / 3),
    },
    {
      ...{ lost: "orders", cause: "the pixel saw no completed checkout", count: 1 },
      share: expect.closeTo(1 / 3),
    },
    { lost: "sessions", cause: "bot: name", count: 2, share: expect.closeTo(2 / 3) },
  ]);
});

test("a shop without anything lacks nothing", async ({ db }) => {
  const { id } = await shop(db);

  expect((await losses(db, question(id))).rows).toEqual([]);
  expect((await dataQuality(db, question(id), { by: "all" })).rows).toMatchObject([
    { orders: 0, captureRate: null, accepted: 0 },
  ]);
});
