import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { firstShop, test } from "./stack";

const EVENTS = 5_000;
const BATCH = 25;
const SENDERS = 4;

type Pixel = { endpoint: string; key: string };

const event = (number: number) => ({
  id: `crash-${number}`,
  name: "page_viewed",
  clientId: `client-${number % 40}`,
  timestamp: new Date(Date.now() - (EVENTS - number) * 20).toISOString(),
  seq: number,
  context: { path: `/page/${number % 7}`, title: "Page" },
  data: {},
});

/** Sends a batch until it is acknowledged, as the pixel does; tells whether it took more than once. */
async function deliver({ endpoint, key }: Pixel, numbers: number[]): Promise<{ retried: boolean }> {
  const body = JSON.stringify({
    key,
    sentAt: new Date().toISOString(),
    events: numbers.map(event),
  });
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(endpoint, { method: "POST", body }).catch(() => undefined);
    if (response?.ok) return { retried: attempt > 0 };
    await response?.body?.cancel();
    await sleep(50); // the app is down for a moment: the pixel waits as well
  }
}

const logged = async (db: Database) =>
  (
    await db.pixelEvent.findMany({
      where: { eventId: { startsWith: "crash-" } },
      select: { eventId: true },
    })
  ).map(({ eventId }) => eventId);

test(
  "killing the app while it takes events loses none that it acknowledged",
  { timeout: 180_000 },
  async ({ stack, db }) => {
    const pixel = await firstShop(stack);
    const batches = Array.from({ length: EVENTS / BATCH }, (_, batch) =>
      Array.from({ length: BATCH }, (__, index) => batch * BATCH + index),
    );
    const acknowledged = new Set<string>();
    let killed: string[] = [];
    let retries = 0;

    const send = async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        const { retried } = await deliver(pixel, batch);
        if (retried) retries++;
        batch.forEach((number) => acknowledged.add(`crash-${number}`));
      }
    };
    const crash = async () => {
      await expect.poll(() => acknowledged.size, { interval: 5 }).toBeGreaterThan(EVENTS / 3);
      await stack.killApp();
      killed = [...acknowledged];
      await stack.startApp();
    };
    await Promise.all([crash(), ...Array.from({ length: SENDERS }, send)]);

    const stored = await logged(db);
    expect(killed.length).toBeGreaterThan(0);
    expect(killed.length).toBeLessThan(EVENTS);
    expect(retries).toBeGreaterThan(0);
    expect(stored).toHaveLength(EVENTS);
    expect(new Set(stored)).toEqual(acknowledged);
  },
);

test("after the crash the sessions are what a rebuild from the log makes of it", async ({ db }) => {
  const shop = await db.shop.findFirstOrThrow({ where: { pixelId: { not: null } } });
  const rows = async () => ({
    sessions: await db.session.findMany({
      where: { shopId: shop.id },
      orderBy: { sessionId: "asc" },
    }),
    pageViews: await db.pageView.findMany({
      where: { shopId: shop.id },
      orderBy: { eventId: "asc" },
    }),
  });
  await expect.poll(async () => (await rows()).pageViews.length).toBe(EVENTS);
  const incremental = await rows();

  await rebuildShop(db.pool, { shopId: shop.id });

  expect(await rows()).toEqual(incremental);
  expect(incremental.sessions.reduce((sum, { eventCount }) => sum + eventCount, 0)).toBe(EVENTS);
});
