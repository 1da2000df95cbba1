import { describe, expect } from "vitest";
import { LIMITS } from "~/events/ingest/batch";
import { PAYLOAD_LIMIT, type Reason } from "~/events/steps";
import type { Db } from "~/platform/db.server";
import { body, minutes, NOON, pageViewed, shop } from "../../factories";
import { take, test } from "../../ingest";

const stored = (db: Db, shopId: number) =>
  db.pixelEvent.findMany({ where: { shopId }, orderBy: { eventId: "asc" } });

describe("what is taken", () => {
  test("an event is kept with its client, its times and its payload", async ({ db, ingest }) => {
    const { id, pixelKey } = await shop(db);
    const event = pageViewed({ customerId: "77", seq: 4, consent: null });

    const answer = await take(ingest, body({ key: pixelKey, events: [event] }));

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

  test("fields that are not on the list are dropped at the door too", async ({ db, ingest }) => {
    const { id, pixelKey } = await shop(db);
    const event = pageViewed({ email: "ana@example.com", data: { email: "ana@example.com" } });

    await take(ingest, body({ key: pixelKey, events: [event] }));

    expect(JSON.stringify((await stored(db, id))[0]?.payload)).not.toContain("ana@");
  });

  test("the same event again, in one batch or in the next, is stored once", async ({
    db,
    ingest,
  }) => {
    const { id, pixelKey } = await shop(db);
    const event = pageViewed();

    const first = await take(ingest, body({ key: pixelKey, events: [event, event] }));
    const second = await take(ingest, body({ key: pixelKey, events: [event] }));

    expect([first.accepted, first.duplicate]).toEqual([1, 1]);
    expect([second.accepted, second.duplicate]).toEqual([0, 1]);
    expect(await stored(db, id)).toHaveLength(1);
  });

  test("one id in two shops is two events", async ({ db, ingest }) => {
    const [one, other] = [await shop(db), await shop(db)];
    const event = pageViewed();

    for (const { pixelKey } of [one, other])
      expect(await take(ingest, body({ key: pixelKey, events: [event] }))).toMatchObject({
        accepted: 1,
      });
  });

  test("money arrives as decimals and is kept in minor units of its currency", async ({
    db,
    ingest,
  }) => {
    const { id, pixelKey } = await shop(db);
    const priced = (amount: number, currencyCode: string) =>
      pageViewed({
        name: "product_viewed",
        data: {
          productVariant: { id: "1", price: { amount, currencyCode }, product: { id: "2" } },
        },
      });

    await take(
      ingest,
      body({ key: pixelKey, events: [priced(19.99, "EUR"), priced(1200, "JPY")] }),
    );

    const prices = (await stored(db, id)).map(({ payload }) => JSON.stringify(payload));
    expect(prices.join()).toContain('"amountMinor":1999');
    expect(prices.join()).toContain('"amountMinor":1200');
  });
});

describe("what is refused, event by event", () => {
  const priced = (amount: number) =>
    pageViewed({
      name: "product_viewed",
      data: { productVariant: { price: { amount, currencyCode: "EUR" }, product: {} } },
    });
  const on = (context: object) => pageViewed({ context: { path: "/", ...context } });
  const refused: [string, unknown, Reason, string][] = [
    ["a name that we do not take", pageViewed({ name: "clicked" }), "unknown_name", "name"],
    ["a foreign custom event", pageViewed({ name: "other:thing" }), "unknown_name", "name"],
    ["an event without a name", { id: "x" }, "not_an_event", "name"],
    ["something that is no event", 7, "not_an_event", "name"],
    ["no client", pageViewed({ clientId: undefined }), "invalid_field", "clientId"],
    ["an id that is too long", pageViewed({ id: "i".repeat(129) }), "invalid_field", "id"],
    ["a time that is none", pageViewed({ timestamp: "yesterday" }), "invalid_field", "timestamp"],
    ["a time before the web", pageViewed({ timestamp: "1970-01-01T00:00:00Z" }), "too_old", "1970"],
    [
      "a time to come",
      pageViewed({ timestamp: minutes(6).toISOString() }),
      "in_the_future",
      "2026",
    ],
    ["a NUL character", on({ title: "a\0b" }), "unstorable_text", "NUL"],
    ["half a surrogate pair", on({ title: "\ud800" }), "unstorable_text", "surrogate"],
    ["a negative price", priced(-1), "invalid_field", "data.productVariant.price.amount"],
    [
      "an address that is no page's",
      on({ referrer: "javascript:alert(1)" }),
      "invalid_field",
      "referrer",
    ],
    [
      "an address that is too long",
      on({ referrer: `/${"x".repeat(1_024)}` }),
      "invalid_field",
      "referrer",
    ],
    ["a screen of no size", on({ screen: [-1, 800] }), "invalid_field", "screen"],
    [
      "a consent that is neither",
      pageViewed({ consent: { analytics: "yes" } }),
      "invalid_field",
      "consent",
    ],
    ["a share of nobody", pageViewed({ sampleRate: 0 }), "invalid_field", "sampleRate"],
    ["too much in one event", tooLarge(), "too_large", String(PAYLOAD_LIMIT)],
  ];

  test.for(refused)("%s", async ([, event, reason, told], { db, ingest }) => {
    const { id, pixelKey } = await shop(db);
    const good = pageViewed();

    const answer = await take(ingest, body({ key: pixelKey, events: [event, good] }));

    expect(answer).toMatchObject({ accepted: 1, rejected: 1, rejections: [{ index: 0 }] });
    expect(answer.rejections[0]?.reason).toBe(reason);
    expect(answer.rejections[0]?.message).toContain(told);
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

  test.for(malformed)("%s is malformed", async ([, bytes], { ingest }) => {
    await expect(take(ingest, bytes)).rejects.toMatchObject({
      code: "invalid_input",
      status: 400,
    });
  });

  test("an unknown key is not let in, nor one of a shop that has uninstalled", async ({
    db,
    ingest,
  }) => {
    const gone = await shop(db);
    await db.shop.update({ where: { id: gone.id }, data: { uninstalledAt: NOON } });

    for (const key of ["nobody", "", "\0", gone.pixelKey])
      await expect(take(ingest, body({ key, events: [pageViewed()] }))).rejects.toMatchObject({
        status: 401,
      });
    expect(await stored(db, gone.id)).toEqual([]);
  });

  test("more events than a batch may have is too large", async ({ db, ingest }) => {
    const { pixelKey } = await shop(db);
    const events = Array.from({ length: LIMITS.batchEvents + 1 }, () => pageViewed());

    await expect(take(ingest, body({ key: pixelKey, events }))).rejects.toMatchObject({
      status: 413,
    });
  });
});

/** A checkout with as many lines, and as much text in them, as each field on its own may have. */
function tooLarge() {
  const product = { title: "p".repeat(512), vendor: "v".repeat(255), type: "t".repeat(255) };
  const variant = { title: "t".repeat(512), sku: "s".repeat(255), product };
  const lineItems = Array.from({ length: 20 }, () => ({ quantity: 1, variant }));
  return pageViewed({ name: "checkout_started", data: { checkout: { lineItems } } });
}
