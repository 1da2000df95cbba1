import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { liveNow } from "~/analytics/live/live.server";
import { eventStream } from "~/platform/event-stream.server";
import { dataIn } from "~/components/analytics/live-feed";
import type { Database } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { test } from "../database";
import { shop } from "../factories";

const NOW = new Date("2026-06-15T12:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE);

const visit = (db: Database, shopId: number, minutes: number, about: object = {}) =>
  db.session.create({
    data: {
      ...{ shopId, sessionId: randomUUID(), clientId: "ana", eventCount: 1, pageViewCount: 1 },
      ...{ startedAt: ago(minutes + 10), endedAt: ago(minutes), exitPath: "/cart", ...about },
    },
  });

test("who did something within five minutes is there, on the page seen last", async ({ db }) => {
  const [{ id }, other] = [await shop(db), await shop(db)];
  await visit(db, id, 1);
  await visit(db, id, 4, { clientId: "bo", exitPath: "/", sampleRate: 0.5 });
  await visit(db, id, 6);
  await visit(db, id, 1, { botRule: "name" });
  await visit(db, other.id, 1);

  const live = await liveNow(db, id, NOW);

  expect(live).toMatchObject({
    visitors: 3,
    pages: [
      { path: "/", visitors: 2 },
      { path: "/cart", visitors: 1 },
    ],
  });
});

test("carts that were changed lately and not bought are summed up", async ({ db }) => {
  const { id: shopId } = await shop(db);
  const cart = (minutes: number, about: object = {}) => ({
    ...{
      shopId,
      cartId: randomUUID(),
      clientId: "ana",
      itemCount: 1,
      valueMinor: 500,
      currency: "EUR",
    },
    ...{ isBot: false, sampleRate: 1 },
    ...{ startedAt: ago(minutes + 60), lastActionAt: ago(minutes), ...about },
  });
  await db.cart.createMany({
    data: [
      ...[cart(1), cart(29, { currency: "USD" }), cart(31)],
      ...[cart(2, { convertedAt: ago(1) }), cart(3, { isBot: true })],
    ],
  });
  await db.shop.update({ where: { id: shopId }, data: { currency: "EUR" } });

  expect((await liveNow(db, shopId, NOW)).carts).toEqual({ count: 2, valueMinor: 500 });
});

test("page views are told minute by minute", async ({ db }) => {
  const { id: shopId } = await shop(db);
  const view = (minutes: number) => ({
    ...{ shopId, eventId: randomUUID(), sessionId: "s", clientId: "ana", path: "/" },
    viewedAt: ago(minutes),
  });
  await db.pageView.createMany({ data: [view(0.5), view(0.6), view(29.5), view(31)] });

  const { pageViews } = await liveNow(db, shopId, NOW);

  expect(pageViews).toHaveLength(30);
  expect([pageViews[0], pageViews[29], pageViews.reduce((one, other) => one + other)]).toEqual([
    ...[1, 2, 3],
  ]);
});

test("a listener is told at once, and then only what is new", async () => {
  const told = [1, 1, 2];
  const leaving = new AbortController();
  const request = new Request("https://pixelnova.test/stream", { signal: leaving.signal });
  const answer = eventStream(request, () =>
    Promise.resolve({ at: new Date(), visitors: told.shift() ?? 2 }),
  );
  if (!answer.body) throw new Error("the stream has no body");

  const heard: unknown[] = [];
  for await (const data of dataIn(answer.body)) {
    heard.push((JSON.parse(data) as { visitors: number }).visitors);
    if (heard.length === 2) leaving.abort();
  }

  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  expect(heard).toEqual([1, 2]);
});

test("a listener that cannot be told hears of it", async () => {
  const request = new Request("https://pixelnova.test/stream");
  const answer = eventStream(request, () => Promise.reject(new Error("the database is away")));

  await expect(answer.text()).rejects.toThrow();
});
