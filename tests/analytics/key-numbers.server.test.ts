import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { keyNumbers } from "~/analytics/key-numbers.server";
import { questionOf } from "~/analytics/question";
import { test } from "../database";
import { shop } from "../factories";

const NOW = new Date("2026-06-15T12:00:00Z");

test("the few numbers that matter are those of their pages, all of the period and day by day", async ({
  db,
}) => {
  const { id: shopId } = await shop(db);
  const at = new Date("2026-06-14T09:00:00Z");
  await db.session.createMany({
    data: [1, 0, 0, 0].map((orderCount, index) => ({
      ...{ shopId, sessionId: randomUUID(), clientId: `c${index}`, startedAt: at, endedAt: at },
      ...{ eventCount: 1, pageViewCount: 1, orderCount },
    })),
  });
  await db.order.create({
    data: {
      ...{ shopId, orderId: 1n, placedAt: at, updatedAt: at, isTest: false, currency: "EUR" },
      ...{ totalMinor: 900, subtotalMinor: 900, discountMinor: 100, taxMinor: 0 },
      ...{ shippingMinor: 0, refundedMinor: 0, revenueMinor: 900, itemCount: 1 },
      ...{ hasDiscountCode: true, source: "webhook", firstReceivedAt: at, completedAt: at },
    },
  });
  const question = questionOf({ id: shopId, timeZone: "UTC" }, new URLSearchParams(), NOW);

  const [all] = await keyNumbers(db, question, "all");
  const steps = await keyNumbers(db, question, "step");

  const expected = {
    of: "all",
    ...{ sessions: 4, convertedSessions: 1, conversionRate: 0.25, netMinor: 900, orders: 1 },
    ...{ averageOrderMinor: 900, carts: 0, abandonmentRate: null },
    ...{ ordersWithinReach: 1, captureRate: 1 },
  };
  expect(all).toEqual(expected);
  expect(steps).toHaveLength(7);
  expect(steps[5]).toEqual({ ...expected, of: "2026-06-14T00:00:00.000Z" });
  expect(steps[6]).toMatchObject({ sessions: 0, netMinor: 0, conversionRate: null });
});
