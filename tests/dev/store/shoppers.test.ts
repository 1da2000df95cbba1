import { expect } from "vitest";
import { SHOPS, shopOf } from "../../../dev/store/catalog/shops";
import { shopperEvents, simulateShoppers } from "../../../dev/store/shoppers";
import { parseBatch } from "~/events/ingest.server";
import { sift } from "~/events/sift";
import { test } from "./running-store";

const NOW = new Date("2026-11-21T12:00:00.000Z");
const NEXT_DAY = new Date("2026-11-22T12:00:00.000Z");
const OUTDOOR = shopOf("northwind-outdoor.myshopify.com");
const crowd = { shop: OUTDOOR, visitors: 120, seed: 7, now: NOW };

test("every event is one that the app takes", () => {
  for (const shop of SHOPS) {
    const events = shopperEvents({ ...crowd, shop });

    const { rejections } = sift({ sentAt: NOW.toISOString(), events }, NOW);

    expect(events.length).toBeGreaterThan(400);
    expect(rejections).toEqual([]);
  }
});

test("the same crowd does the same, another one something else", () => {
  const events = shopperEvents(crowd);

  expect(shopperEvents(crowd)).toEqual(events);
  expect(shopperEvents({ ...crowd, seed: 8 })).not.toEqual(events);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});

test("a day later the crowd is the same, with what came since", () => {
  const before = new Map(shopperEvents(crowd).map((event) => [event.id, event.timestamp]));

  const after = shopperEvents({ ...crowd, now: NEXT_DAY });

  const known = after.filter(({ id }) => before.has(id));
  expect(known.length).toBeGreaterThan(before.size / 2);
  expect(known.every(({ id, timestamp }) => before.get(id) === timestamp)).toBe(true);
  const since = after.filter(({ timestamp }) => timestamp > NOW.toISOString());
  expect(since.length).toBeGreaterThan(0);
});

test("every day of the last six has visitors, and a few of them buy", () => {
  const events = shopperEvents(crowd);

  const days = new Set(events.map(({ timestamp }) => timestamp.slice(0, 10)));
  const named = (name: string) => events.filter((event) => event.name === name).length;
  expect([...days].toSorted()).toEqual([15, 16, 17, 18, 19, 20, 21].map((day) => `2026-11-${day}`));
  expect(named("page_viewed")).toBeGreaterThan(named("product_viewed"));
  expect(named("product_viewed")).toBeGreaterThan(named("product_added_to_cart"));
  expect(named("checkout_completed")).toBeGreaterThan(0);
});

test("a crowd is sent in batches that the app takes at once", async ({ store, app }) => {
  const pixel = { endpoint: `${store.tunnelAddress}/pixel/events`, key: "k1" };

  await simulateShoppers({ pixel, visitors: 60, seed: 7, now: NOW });

  const batches = app.received.map(({ body }) => parseBatch(Buffer.from(body)));
  const sent = batches.flatMap(({ events }) => events);
  expect(sent).toEqual(shopperEvents({ ...crowd, visitors: 60 }));
  expect(app.received.every(({ body }) => Buffer.byteLength(body) < 64 * 1024)).toBe(true);
});
