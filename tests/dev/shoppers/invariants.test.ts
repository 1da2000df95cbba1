import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateAt, MINUTE } from "../../../dev/shoppers/calendar";
import type { Visit } from "../../../dev/shoppers/model";
import { shopOf } from "../../../dev/store/catalog/shops";
import { AUCKLAND_SHOP, BERLIN_SHOP, world } from "./worlds";

/** Small worlds of any seed, over the days on which the clocks change in each of the two shops. */
const options = fc.record({
  seed: fc.nat(),
  days: fc.integer({ min: 2, max: 5 }),
  visitorsPerDay: fc.integer({ min: 60, max: 140 }),
});
const shops = fc.constantFrom(
  { shop: BERLIN_SHOP, until: new Date("2026-10-26T23:00:00Z") },
  { shop: AUCKLAND_SHOP, until: new Date("2026-09-28T11:00:00Z") },
  { shop: AUCKLAND_SHOP, until: new Date("2026-11-20T03:17:00Z") },
);
const WORLDS = fc
  .sample(fc.tuple(options, shops), 4)
  .map(([options, shop]) => world({ ...options, ...shop }));
const time = (iso: string) => Date.parse(iso);
const byStart = (one: Visit, other: Visit) => time(one.startedAt) - time(other.startedAt);

describe.each(WORLDS)("$options", ({ days, visits, orders, customers, options }) => {
  test("a visit's events lie within it, in order, less than 20 minutes apart", () => {
    for (const { startedAt, endedAt, events } of visits) {
      const times = [startedAt, ...events.map(({ at }) => at), endedAt].map(time);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(new Set(events.map(({ at }) => at)).size).toBe(events.length);
      const gaps = events.slice(1).map(({ at }, i) => time(at) - time(events[i]?.at ?? ""));
      expect(Math.max(0, ...gaps)).toBeLessThan(20 * MINUTE);
    }
  });

  test("two visits of one browser are 45 minutes apart or more", () => {
    const lastEnd = new Map<string, number>();
    for (const { clientId, startedAt, endedAt } of visits.toSorted(byStart)) {
      const before = lastEnd.get(clientId);
      if (before !== undefined)
        expect(time(startedAt) - before).toBeGreaterThanOrEqual(45 * MINUTE);
      lastEnd.set(clientId, time(endedAt));
    }
  });

  test("no id comes twice", () => {
    const ids = [
      ...visits.flatMap(({ id, events }) => [id, ...events.map(({ event }) => event.id)]),
      ...orders.flatMap(({ id, token, checkoutToken, lines, refunds }) =>
        [id, token, checkoutToken, ...lines, ...refunds].map((item) =>
          typeof item === "object" ? item.id : item,
        ),
      ),
      ...customers.map(({ id }) => id),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("an event has the time of the shopper's clock, and a place among those of its page", () => {
    for (const { events, clientId, clockErrorMs } of visits) {
      const open: { path: string | undefined; seq: number }[] = [];
      for (const { at, event } of events) {
        expect(time(event.timestamp)).toBe(time(at) + clockErrorMs);
        expect(event.clientId).toBe(clientId);
        const path = event.context?.path;
        if (event.name === "page_viewed") open.push({ path, seq: -1 });
        const page = open.find((page) => page.path === path && page.seq + 1 === event.seq);
        expect(page).toBeDefined();
        if (page) page.seq += 1;
      }
    }
  });

  test("the pages are those that were viewed, and fill the visit", () => {
    for (const { pages, events, startedAt, endedAt } of visits) {
      const viewed = events.filter(({ event }) => event.name === "page_viewed");
      expect(viewed.map(({ at, event }) => [at, event.context?.path])).toEqual(
        pages.map(({ at, path }) => [at, path]),
      );
      const seconds = pages.reduce((sum, page) => sum + page.seconds, 0);
      const length = (time(endedAt) - time(startedAt)) / 1_000;
      expect(Math.abs(seconds - length)).toBeLessThanOrEqual(pages.length);
    }
  });

  test("a visit begins on its day of the shop's calendar, and nothing happens after the world's end", () => {
    const { timeZone } = shopOf(options.shop);
    for (const { date, visits } of days) {
      expect(visits.map(({ startedAt }) => startedAt)).toEqual(
        visits.map(({ startedAt }) => startedAt).toSorted(),
      );
      for (const { startedAt, endedAt, events } of visits) {
        expect(dateAt(time(startedAt), timeZone)).toBe(date);
        for (const at of [endedAt, ...events.map(({ at }) => at)])
          expect(time(at)).toBeLessThanOrEqual(options.until.getTime());
      }
    }
  });

  test("events are unsent where the pixel does not run, and lost only at a browser's very end", () => {
    const gone = new Set<string>();
    for (const { clientId, pixel, events } of visits.toSorted(byStart)) {
      expect(gone.has(clientId)).toBe(false);
      const fates = events.map(({ fate }) => fate);
      const firstLost = fates.indexOf("lost");
      if (pixel !== "runs") expect(new Set(fates)).toEqual(new Set(["unsent"]));
      else expect(fates).not.toContain("unsent");
      if (firstLost < 0) continue;
      gone.add(clientId);
      expect(new Set(fates.slice(firstLost))).toEqual(new Set(["lost"]));
    }
  });

  test("an order, its visit and its events name one another", () => {
    const byId = new Map(orders.map((order) => [order.id, order]));
    const buyers = visits.filter(({ orderId }) => orderId !== null);
    expect(buyers.map(({ orderId }) => orderId).toSorted()).toEqual([...byId.keys()].toSorted());
    for (const { orderId, customerId, startedAt, endedAt, events, cart, steps } of buyers) {
      const order = byId.get(orderId ?? 0);
      expect(order).toBeDefined();
      if (!order) continue;
      expect(order.customerId).toBe(Number(customerId));
      expect(order.createdAt > startedAt && order.createdAt < endedAt).toBe(true);
      expect(cart).toEqual([]);
      expect(steps.at(-1)).toEqual({ step: "purchased", at: order.createdAt });
      for (const { event } of events)
        if (event.name === "checkout_completed")
          expect(event.data).toMatchObject({
            checkout: { token: order.checkoutToken, order: { id: String(orderId) } },
          });
    }
  });
});
