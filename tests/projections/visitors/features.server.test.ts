import { expect } from "vitest";
import { test } from "../../database";
import { minutes, NOON, shop } from "../../factories";
import { rowsOf, summarize } from "./world";

const BOTH = ["customer:1", "client:ana"];

test("interactions add up a visitor's sessions and what was bought and kept", async ({ db }) => {
  const { id } = await shop(db);
  const { session, product, order, item } = rowsOf(db, id);
  const one = await session({ visitorId: "customer:1" });
  const other = await session({ visitorId: "customer:1", clientId: "bo" });
  const bot = await session({ visitorId: "customer:1", botRule: "declared" });
  await product({ sessionId: one.sessionId, viewCount: 2, dwellMs: 60_000n, addedQuantity: 3n });
  await product({ sessionId: other.sessionId, removedQuantity: 1n, lastAt: minutes(70) });
  await product({ sessionId: bot.sessionId, viewCount: 999 });
  const { orderId } = await order({ placedAt: minutes(90) });
  await item({ orderId, quantity: 3, refundedQuantity: 2 });
  await item({ orderId, productId: 8n });

  await summarize(db, id, BOTH);

  const found = await db.interaction.findMany({
    where: { shopId: id },
    orderBy: { productId: "asc" },
  });
  expect(found).toMatchObject([
    {
      ...{ productId: 7n, viewCount: 3, dwellMs: 60_000n, addedQuantity: 3n, removedQuantity: 1n },
      ...{ purchasedQuantity: 1n, firstAt: NOON },
    },
    { productId: 8n, viewCount: 0, purchasedQuantity: 1n, lastAt: minutes(90), weight: 1 },
  ]);
  expect(found[0]?.weight).toBeCloseTo(1 + 0.3 * Math.log2(3) + 0.05 * 2 + 0.05, 5);
});

test("features come from sessions, what was looked at, and orders", async ({ db }) => {
  const { id } = await shop(db, { timeZone: "Europe/Berlin" });
  const { session, product, view, order, item } = rowsOf(db, id);
  const { sessionId } = await session({ visitorId: "customer:1", engagedMs: 5_000 });
  await session({ visitorId: "customer:1", startedAt: minutes(4 * 1_440) });
  await product({ sessionId });
  const tent = { sessionId, productType: "Tents", vendor: "Fjord" };
  await view({ ...tent, priceMinor: 500n });
  await view({ ...tent, viewedAt: minutes(1), priceMinor: 700n });
  await view({ ...tent, viewedAt: minutes(2), priceMinor: 9_999n, currency: "CHF" });
  const { orderId } = await order({ placedAt: minutes(30), sessionId, discountMinor: 5n });
  await item({ orderId, priceMinor: 650n, productId: 7n });
  await item({ orderId, priceMinor: 100n, productId: 8n, vendor: "Alp" });

  await summarize(db, id, BOTH);

  expect(await db.userFeatures.findMany({ where: { shopId: id } })).toMatchObject([
    {
      ...{
        visitorId: "customer:1",
        lastSessionAt: minutes(4 * 1_440 + 10),
        lastOrderAt: minutes(30),
      },
      ...{ sessionCount: 2, orderCount: 1, dayCount: 2, medianDaysBetween: 4, engagedMs: 5_000n },
      ...{ totalMinor: 1_000n, meanOrderMinor: 1_000n, discountedShare: 1 },
      ...{ priceLowMinor: 100n, priceMedianMinor: 650n, priceHighMinor: 700n },
      ...{ decisionMs: 30n * 60_000n, categoryShares: [{ name: "Tents", share: 1 }] },
      vendorShares: [
        expect.objectContaining({ name: "Fjord" }),
        expect.objectContaining({ name: "Alp" }),
      ],
      weekdayShares: [0, 0, 0.5, 0, 0, 0.5, 0],
    },
  ]);
});
