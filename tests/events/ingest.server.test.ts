import { describe, expect } from "vitest";
import { ingest, LIMITS } from "~/events/ingest.server";
import { ensurePartitions } from "~/events/log.server";
import type { Db } from "~/platform/db.server";
import { test } from "../database";
import { body, NOON, pageViewed, shop } from "../factories";

test.beforeAll(async ({ db }) => {
  await ensurePartitions(db, NOON);
});

const stored = (db: Db, shopId: number) =>
  db.pixelEvent.findMany({ where: { shopId }, orderBy: { eventId: "asc" } });

describe("what is taken", () => {
  test("an event is kept with its client, its times and its payload", async ({ db }) => {
    const { id, pixelKey } = await shop(db);
    const event = pageViewed({ customerId: "77", seq: 4, consent: null });

    const answer = await ingest(db, body({ key: pixelKey, events: [event] }), NOON);

    expect(answer).toEqual({ accepted: 1, duplicate: 0, rejected: 0, rejections: [] });
    expect(await stored(db, id)).toMatchObject([
      {
        eventId: event.id,
        clientId: "ana",
        customerId: 77n,
        seq: 4,
        occurredAt: NOON,
        receivedAt: NOON,
        payload: { data: {}, context: { path: "/", title: "Home" } },
      },
    ]);
  });

  test("fields that are not on the list are dropped at the door too", async ({ db }) => {
    const { id, pixelKey } = await shop(db);
    const event = pageViewed({ email: "ana@example.com", data: { email: "ana@example.com" } });

    await ingest(db, body({ key: pixelKey, events: [event] }), NOON);

    expect(JSON.stringify((await stored(db, id))[0]?.payload)).not.toContain("ana@");
  });

  test("the same event again, in one batch or in the next, is stored once", async ({ db }) => {
    const { id, pixelKey } = await shop(db);
    const event = pageViewed();

    const first = await ingest(db, body({ key: pixelKey, events: [event, event] }), NOON);
    const second = await ingest(db, body({ key: pixelKey, events: [event] }), NOON);

    expect([first.accepted, first.duplicate]).toEqual([1, 1]);
    expect([second.accepted, second.duplicate]).toEqual([0, 1]);
    expect(await stored(db, id)).toHaveLength(1);
  });

  test("one id in two shops is two events", async ({ db }) => {
    const [one, other] = [await shop(db), await shop(db)];
    const event = pageViewed();

    for (const { pixelKey } of [one, other])
      expect(await ingest(db, body({ key: pixelKey, events: [event] }), NOON)).toMatchObject({
        accepted: 1,
      });
  });

  test("money arrives as decimals and is kept in minor units of its currency", async ({ db }) => {
    const { id, pixelKey } = await shop(db);
    const priced = (amount: number, currencyCode: string) =>
      pageViewed({
        name: "product_viewed",
        data: {
          productVariant: { id: "1", price: { amount, currencyCode }, product: { id: "2" } },
        },
      });

    await ingest(
      db,
      body({ key: pixelKey, events: [priced(19.99, "EUR"), priced(1200, "JPY")] }),
      NOON,
    );

    const prices = (await stored(db, id)).map(({ payload }) => JSON.stringify(payload));
    expect(prices.join()).toContain('"amountMinor":1999');
    expect(prices.join()).toContain('"amountMinor":1200');
  });
});

describe("what is refused, event by event", () => {
  const refused: [string, unknown, string][] = [
    [
      "a name that we do not take",
      pageViewed({ name: "clicked" }),
      "name: not an event that is kept",
    ],
    [
      "a foreign custom event",
      pageViewed({ name: "other:thing" }),
      "name: not an event that is kept",
    ],
    ["an event without a name", { id: "x" }, "name: missing"],
    ["something that is no event", 7, "name: missing"],
    ["an event without a client", pageViewed({ clientId: undefined }), "clientId"],
    ["a time that is none", pageViewed({ timestamp: "yesterday" }), "timestamp"],
    [
      "a time before the web",
      pageViewed({ timestamp: "1970-01-01T00:00:00Z" }),
      "timestamp: older than 7 days",
    ],
    ["a NUL character", pageViewed({ context: { path: "/", title: "a\0b" } }), "text"],
    ["half a surrogate pair", pageViewed({ context: { path: "/", title: "\ud800" } }), "text"],
    [
      "a negative price",
      pageViewed({
        name: "product_viewed",
        data: { productVariant: { price: { amount: -1, currencyCode: "EUR" }, product: {} } },
      }),
      "data.productVariant.price.amount",
    ],
  ];

  test.for(refused)("%s", async ([, event, reason], { db }) => {
    const { id, pixelKey } = await shop(db);
    const good = pageViewed();

    const answer = await ingest(db, body({ key: pixelKey, events: [event, good] }), NOON);

    expect(answer).toMatchObject({ accepted: 1, rejected: 1, rejections: [{ index: 0 }] });
    expect(answer.rejections[0]?.reason).toContain(reason);
    expect((await stored(db, id)).map((row) => row.eventId)).toEqual([good.id]);
  });
});

describe("what is refused whole", () => {
  const malformed: [string, Buffer][] = [
    ["no JSON", Buffer.from("{")],
    ["JSON of another shape", Buffer.from("[]")],
    ["no key", Buffer.from(JSON.stringify({ sentAt: NOON.toISOString(), events: [] }))],
    ["a time of sending that is none", body({ key: "k", events: [], sentAt: "now" })],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00])],
  ];

  test.for(malformed)("%s is malformed", async ([, bytes], { db }) => {
    await expect(ingest(db, bytes, NOON)).rejects.toMatchObject({
      code: "invalid_input",
      status: 400,
    });
  });

  test("an unknown key is not let in, nor one of a shop that has uninstalled", async ({ db }) => {
    const gone = await shop(db);
    await db.shop.update({ where: { id: gone.id }, data: { uninstalledAt: NOON } });

    for (const key of ["nobody", "", "\0", gone.pixelKey])
      await expect(ingest(db, body({ key, events: [pageViewed()] }), NOON)).rejects.toMatchObject({
        status: 401,
      });
    expect(await stored(db, gone.id)).toEqual([]);
  });

  test("more events than a batch may have is too large", async ({ db }) => {
    const { pixelKey } = await shop(db);
    const events = Array.from({ length: LIMITS.batchEvents + 1 }, () => pageViewed());

    await expect(ingest(db, body({ key: pixelKey, events }), NOON)).rejects.toMatchObject({
      status: 413,
    });
  });

  test("an event over 16 KB is too large", async ({ db }) => {
    const { pixelKey } = await shop(db);
    const events = [pageViewed({ data: { filler: "x".repeat(LIMITS.eventBytes) } })];

    await expect(ingest(db, body({ key: pixelKey, events }), NOON)).rejects.toMatchObject({
      status: 413,
    });
  });
});
