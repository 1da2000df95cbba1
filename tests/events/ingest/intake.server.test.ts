import pg from "pg";
import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { forgetIntake, intake, refusedExamples } from "~/events/ingest/intake.server";
import { ensurePartitions } from "~/events/log.server";
import { traceEvent } from "~/events/trace.server";
import { body, minutes, NOON, pageViewed, shop } from "../../factories";
import { openIngest, take, test } from "../../ingest";

const DAY = 24 * 60;

describe("what came in is counted", () => {
  test("by shop, outcome and origin, and no shop sees another's", async ({ db, ingest }) => {
    const [one, other] = [await shop(db), await shop(db)];
    const event = pageViewed();
    const send = (key: string, events: unknown[], origin: string, dropped?: number) => {
      const batch = Buffer.from(
        JSON.stringify({ key, sentAt: NOON.toISOString(), dropped, events }),
      );
      return ingest.take(batch, { receivedAt: NOON, requestId: randomUUID(), origin });
    };

    await send(one.pixelKey, [event, pageViewed()], "shop.example");
    await send(one.pixelKey, [event, pageViewed({ name: "clicked" })], "thief.example", 7);
    await send(other.pixelKey, [pageViewed()], "sandbox");
    await ingest.writeCounts();
    await send(one.pixelKey, [pageViewed()], "shop.example");
    await ingest.writeCounts();

    expect(await intake(db, one.id, minutes(-60))).toEqual({
      accepted: 3,
      duplicate: 1,
      missing: [
        { why: "dropped_by_browser", events: 7 },
        { why: "unknown_name", events: 1 },
      ],
      sources: [
        { origin: "shop.example", key: "current", accepted: 3, duplicate: 0 },
        { origin: "thief.example", key: "current", accepted: 0, duplicate: 1 },
      ],
    });
    expect(await intake(db, other.id, minutes(-60))).toMatchObject({ accepted: 1, missing: [] });
    expect(await refusedExamples(db, other.id)).toEqual([]);
  });

  test("with examples of what was refused, a few of a kind, for a week", async ({ db, ingest }) => {
    const { id, pixelKey } = await shop(db);
    const bad = Array.from({ length: 30 }, () => pageViewed({ name: "clicked", id: "e\0\ud800" }));
    await take(ingest, body({ key: pixelKey, events: [...bad, pageViewed({ clientId: 5 })] }));
    await ingest.writeCounts();

    const examples = await refusedExamples(db, id);

    expect(examples.filter(({ name }) => name === "clicked")).toHaveLength(3);
    expect(examples).toContainEqual(
      expect.objectContaining({
        name: "page_viewed",
        message: expect.stringContaining("clientId"),
      }),
    );
    await forgetIntake(db, minutes(8 * DAY), 400);
    expect(await refusedExamples(db, id)).toEqual([]);
    expect((await intake(db, id, minutes(-60))).missing).toHaveLength(2);
  });
});

test("a body without anything in it is told so at once", async ({ ingest }) => {
  await expect(take(ingest, Buffer.from(""))).rejects.toMatchObject({ status: 400 });
});

describe("limits", () => {
  const PLENTY = { count: 1_000, seconds: 10 };

  test("a shop, and a browser, that send more than their share are told when to come back", async ({
    db,
    dbUrl,
  }) => {
    const [one, other] = [await shop(db), await shop(db)];
    const few = { count: 10, seconds: 10 };
    const ofShop = openIngest(
      { db, databaseUrl: dbUrl },
      { limits: { perShop: few, perClient: PLENTY } },
    );
    const ofClient = openIngest(
      { db, databaseUrl: dbUrl },
      { limits: { perShop: PLENTY, perClient: few } },
    );
    const batch = (key: string, clientId: string) =>
      body({ key, events: Array.from({ length: 6 }, () => pageViewed({ clientId })) });
    const refused = { status: 429, headers: { "Retry-After": "10", "RateLimit-Limit": "10" } };

    await take(ofShop, batch(one.pixelKey, "ana"));
    await expect(take(ofShop, batch(one.pixelKey, "bo"))).rejects.toMatchObject(refused);
    await take(ofShop, batch(other.pixelKey, "ana"));
    await take(ofClient, batch(one.pixelKey, "ana"));
    await expect(take(ofClient, batch(one.pixelKey, "ana"))).rejects.toMatchObject(refused);
    await take(ofClient, batch(one.pixelKey, "bo"));

    await Promise.all([ofShop.stop(), ofClient.stop()]);
    expect((await intake(db, one.id, minutes(-60))).missing).toEqual([
      { why: "too_many", events: 12 },
    ]);
  });
});

test("when the log stands still page views are refused, purchases go first, and the refused are counted", async ({
  db,
  dbUrl,
}) => {
  await ensurePartitions(db, NOON);
  const ingest = openIngest({ db, databaseUrl: dbUrl }, { keysMs: 60_000, connections: 1 });
  const shops = await Promise.all([shop(db), shop(db), shop(db)]);
  for (const { pixelKey } of shops)
    await take(ingest, body({ key: pixelKey, events: [pageViewed()] }));
  const blocker = new pg.Client(dbUrl);
  await blocker.connect();
  await blocker.query("begin; lock table pixel_events in access exclusive mode");
  const told: string[] = [];
  const send = (key: string, name: string) => {
    const data = { checkout: { token: "t", currencyCode: "EUR", lineItems: [] } };
    const events = Array.from({ length: 50 }, () => pageViewed({ name, data }));
    const filler = "x".repeat(30_000); // as large as a browser's fifty events
    return take(
      ingest,
      body({ key, events: [...events.slice(1), pageViewed({ name, data, filler })] }),
    )
      .then(() => told.push(name))
      .catch((error: unknown) => told.push((error as { code: string }).code));
  };

  const views = shops.flatMap(({ pixelKey }) =>
    Array.from({ length: 60 }, () => send(pixelKey, "page_viewed")),
  );
  const purchase = send(shops[0].pixelKey, "checkout_completed");
  await blocker.query("commit");
  await blocker.end();
  await Promise.all([...views, purchase]);
  await ingest.stop();

  const stored = told.filter((each) => each !== "overloaded");
  expect(new Set(told)).toEqual(new Set(["page_viewed", "checkout_completed", "overloaded"]));
  // What was let through before the purchase came is written before it.
  expect(stored.indexOf("checkout_completed")).toBeLessThan(stored.length / 2);
  const ids = { in: shops.map(({ id }) => id) };
  expect(await db.pixelEvent.count({ where: { shopId: ids } })).toBe(3 + stored.length * 50);
  const { missing } = await intake(db, shops[1].id, minutes(-60));
  expect(missing).toMatchObject([{ why: "overloaded" }]);
});

describe("keys", () => {
  test("the one before works until its grace ends, and is told apart", async ({ db, ingest }) => {
    const { id, pixelKey } = await shop(db);
    const rotate = (until: Date) =>
      db.shop.update({
        where: { id },
        data: { pixelKey: `new-${id}`, previousPixelKey: pixelKey, previousPixelKeyUntil: until },
      });
    const send = (key: string) => take(ingest, body({ key, events: [pageViewed()] }));

    await rotate(new Date(Date.now() + 60_000));
    await send(pixelKey);
    await send(`new-${id}`);
    await ingest.writeCounts();
    expect((await intake(db, id, minutes(-60))).sources.map(({ key }) => key).sort()).toEqual([
      "current",
      "previous",
    ]);

    await rotate(new Date(Date.now() - 1));
    await expect(send(pixelKey)).rejects.toMatchObject({ status: 401 });
    await send(`new-${id}`);
  });

  test("many unknown keys at once, and the same one, are all refused", async ({ ingest }) => {
    const keys = Array.from({ length: 300 }, (_, number) => `nobody-${number % 100}`);

    const told = await Promise.allSettled(
      keys.map((key) => take(ingest, body({ key, events: [pageViewed()] }))),
    );

    expect(told.every((each) => each.status === "rejected")).toBe(true);
    expect(told.map((each) => (each as { reason: { status: number } }).reason.status)).toEqual(
      keys.map(() => 401),
    );
  });
});

test("an event leads to its request, its batch and its commit", async ({ db, ingest }) => {
  const { domain, pixelKey } = await shop(db);
  const events = [pageViewed(), pageViewed(), pageViewed()];
  const requestId = randomUUID();

  await Promise.all([
    ingest.take(body({ key: pixelKey, events }), { receivedAt: NOON, requestId, origin: "none" }),
    take(ingest, body({ key: pixelKey, events: [pageViewed({ clientId: "bo" })] })),
  ]);

  const [trace] = await traceEvent(db, events[1]?.id ?? "");
  expect(trace).toMatchObject({ domain, requestId, eventsOfRequest: 3, receivedAt: NOON });
  expect(trace?.eventsOfCommit).toBe(4);
  expect(await traceEvent(db, "nothing")).toEqual([]);
});

test("a repeated event finds its first copy, although its browser's clock is wrong and a week has turned", async ({
  db,
  ingest,
}) => {
  const { id, pixelKey } = await shop(db);
  const clock = minutes(-3 * DAY); // three days behind: last week by its own time
  const event = pageViewed({ timestamp: clock.toISOString() });
  const send = (sentAt: Date, receivedAt: Date) =>
    take(
      ingest,
      body({ key: pixelKey, events: [event], sentAt: sentAt.toISOString() }),
      receivedAt,
    );

  const sunday = minutes(1.5 * DAY - 1); // the time put right is a minute before the week's end …
  await send(clock, sunday);
  const again = await send(minutes(-3 * DAY), minutes(1.5 * DAY + 1)); // … and then a minute after

  expect(again).toMatchObject({ accepted: 0, duplicate: 1 });
  expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(1);
});
