import { expect } from "vitest";
import { capture } from "~/analytics/capture.server";
import { periodOf } from "~/analytics/period";
import { append, ensurePartitions } from "~/events/log.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { logEvent, minutes, NOON, shop } from "../factories";

const WEEK = periodOf("7d", "Europe/Berlin", NOON);
const DAY_MINUTES = 24 * 60;

/** A verified order of a shop; a test states only what it is about. */
async function sold(db: Database, shopId: number, about: object = {}) {
  const count = await db.order.count();
  await db.order.create({
    data: {
      ...{ shopId, orderId: 900 + count, placedAt: NOON, updatedAt: NOON, currency: "EUR" },
      ...{ isTest: false, hasDiscountCode: false, itemCount: 1, source: "webhook" },
      ...{ totalMinor: 0, subtotalMinor: 0, discountMinor: 0, taxMinor: 0, shippingMinor: 0 },
      ...{ refundedMinor: 0, revenueMinor: 0, firstReceivedAt: NOON },
      ...about,
    },
  });
}

/** A session, with the consent of its first event in the log. */
async function visited(db: Database, shopId: number, about: { id: string; marketing: boolean }) {
  const { id, marketing } = about;
  const startedAt = minutes(-60);
  await ensurePartitions(db, NOON);
  const payload = { data: {}, context: null, consent: { analytics: true, marketing } };
  await append(db, shopId, [
    logEvent({ eventId: id, clientId: `client-${id}`, occurredAt: startedAt, payload }),
  ]);
  await db.session.create({
    data: {
      ...{ shopId, sessionId: id, clientId: `client-${id}`, startedAt, endedAt: NOON },
      ...{ eventCount: 1, pageViewCount: 1, browser: "Safari", device: "mobile" },
    },
  });
  return { sessionId: id, clientId: `client-${id}` };
}

test("orders are told by their day, and by what is known of the session that they came of", async ({
  db,
}) => {
  const { id } = await shop(db);
  const [allowed, refused] = [
    await visited(db, id, { id: "one", marketing: true }),
    await visited(db, id, { id: "two", marketing: false }),
  ];
  await sold(db, id, { ...allowed, completedAt: NOON });
  await sold(db, id, { ...refused });
  await sold(db, id, { source: "backfill" });
  await sold(db, id, { placedAt: minutes(-2 * DAY_MINUTES) });
  await sold(db, id, { isTest: true, completedAt: NOON });
  await sold(db, id, { placedAt: minutes(-8 * DAY_MINUTES) });

  const { total, byDay, byBrowser, byMarketing } = await capture(db, id, WEEK);

  expect(total).toEqual({
    ...{ seen: 1, webhook: 1, backfill: 1, import: 0, before: 1, all: 4, rate: 1 / 3 },
  });
  const days = byDay.map(({ all, rate }) => [all, rate]);
  expect(days).toEqual([...[0, 1, 2, 3].map(() => [0, null]), [1, null], [0, null], [3, 1 / 3]]);
  expect(byBrowser.map(({ key, all, rate }) => [key, all, rate])).toEqual([
    ["Safari", 2, 0.5],
    ["unknown", 2, 0],
  ]);
  expect(byMarketing.map(({ key, all, rate }) => [key, all, rate])).toEqual([
    ["unknown", 2, 0],
    ["false", 1, 0],
    ["true", 1, 1],
  ]);
});

test("another shop's orders and visits are not counted", async ({ db }) => {
  const [own, other] = [await shop(db), await shop(db)];
  await visited(db, other.id, { id: "three", marketing: true });
  await sold(db, own.id);
  await sold(db, other.id);

  expect((await capture(db, own.id, WEEK)).total).toMatchObject({ all: 1, before: 1, rate: null });
  expect((await capture(db, other.id, WEEK)).total).toMatchObject({ all: 1, webhook: 1, rate: 0 });
});
