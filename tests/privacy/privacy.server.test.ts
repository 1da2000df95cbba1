import { describe, expect } from "vitest";
import { z } from "zod";
import { append, ensurePartitions } from "~/events/log.server";
import { verifiedRow } from "~/events/verified";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { eraseCustomer } from "~/privacy/erase.server";
import { exportCustomer } from "~/privacy/export.server";
import { privacyExport, privacyRequests } from "~/privacy/requests.server";
import { test as base } from "../database";
import { refold } from "../folding";
import { logEvent, minutes, NOON, shop } from "../factories";

const ANA = { requestId: "redact-ana", customerId: 7n, orderIds: [] };
const order = (id: string) => ({
  name: "checkout_completed",
  payload: { data: { checkout: { order: { id }, lineItems: [] } }, context: null, consent: null },
});

/** Ana is customer 7 on her phone; she shares the laptop with Bo, customer 8; Cy is neither. */
const HOUSEHOLD = [
  logEvent({ eventId: "ana-phone", clientId: "phone", customerId: "7" }),
  logEvent({ eventId: "phone-nameless", clientId: "phone", occurredAt: minutes(-600) }),
  logEvent({ eventId: "ana-laptop", clientId: "laptop", customerId: "7" }),
  logEvent({ eventId: "bo-laptop", clientId: "laptop", customerId: "8", occurredAt: minutes(300) }),
  logEvent({ eventId: "laptop-nameless", clientId: "laptop", occurredAt: minutes(-300) }),
  logEvent({ eventId: "cy", clientId: "tablet" }),
  logEvent({ eventId: "guest-order", clientId: "library", ...order("1001") }),
  logEvent({ eventId: "other-order", clientId: "cafe", ...order("1002") }),
];

const test = base.extend("shopId", async ({ db }) => {
  await ensurePartitions(db, NOON);
  await db.$executeRaw`truncate shops, pixel_events, sessions, page_views cascade`;
  return (await withHousehold(db)).id;
});

async function withHousehold(db: Database) {
  const { id } = await shop(db);
  await append(db, id, HOUSEHOLD);
  const clients = new Set(HOUSEHOLD.flatMap(({ clientId }) => clientId ?? []));
  await refold(db, id, [...clients]);
  return { id };
}

const erase = (db: Database, shopId: number, about: { orderIds: string[] } = { orderIds: [] }) =>
  inTransaction(db.pool, (sql) => eraseCustomer(sql, shopId, { ...ANA, ...about }));

const eventIds = async (db: Database, shopId: number) =>
  (await db.pixelEvent.findMany({ where: { shopId } })).map(({ eventId }) => eventId).sort();
const viewIds = async (db: Database, shopId: number) =>
  (await db.pageView.findMany({ where: { shopId } })).map(({ eventId }) => eventId).sort();
const sessions = async (db: Database, shopId: number) =>
  (await db.session.findMany({ where: { shopId } })).map((row) => [row.clientId, row.customerId]);

describe("erasing a customer", () => {
  test("takes what is theirs and the nameless rest of their browsers, and leaves others' rows", async ({
    db,
    shopId,
  }) => {
    const erased = await erase(db, shopId);

    const left = ["bo-laptop", "cy", "guest-order", "other-order"];
    expect(erased).toBe(4);
    expect(await eventIds(db, shopId)).toEqual(left);
    expect(await viewIds(db, shopId)).toEqual(["bo-laptop", "cy"]);
    expect(await sessions(db, shopId)).toEqual(
      expect.arrayContaining([
        ["laptop", 8n],
        ["tablet", null],
      ]),
    );
    expect(await sessions(db, shopId)).not.toContainEqual(["phone", expect.anything()]);
  });

  test("takes their orders too, which may name no customer", async ({ db, shopId }) => {
    await erase(db, shopId, { orderIds: ["1001"] });

    expect(await eventIds(db, shopId)).toEqual(["bo-laptop", "cy", "other-order"]);
  });

  test("takes a browser on which they never signed in, but where their order was begun", async ({
    db,
    shopId,
  }) => {
    const verified = { orderId: "1003", data: { checkoutToken: "t" }, source: "webhook" as const };
    const about = { occurredAt: NOON, receivedAt: NOON, name: "orders/create", customerId: "7" };
    const checkout = { token: "t", lineItems: [] };
    await append(db, shopId, [
      verifiedRow({ eventId: "order", ...verified, ...about }),
      logEvent({ eventId: "begun", clientId: "work", payload: { data: { checkout } } }),
      logEvent({ eventId: "work-nameless", clientId: "work", occurredAt: minutes(-90) }),
    ]);

    await erase(db, shopId);

    expect(await eventIds(db, shopId)).toEqual(["bo-laptop", "cy", "guest-order", "other-order"]);
  });

  test("leaves another shop's rows, even of the same customer number", async ({ db, shopId }) => {
    const other = await withHousehold(db);

    await erase(db, shopId);

    expect(await eventIds(db, other.id)).toHaveLength(HOUSEHOLD.length);
    expect(await sessions(db, other.id)).toContainEqual(["phone", 7n]);
  });

  test("empties earlier exports of them, and shows in the list of requests", async ({
    db,
    shopId,
  }) => {
    await inTransaction(db.pool, (sql) =>
      exportCustomer(sql, shopId, { ...ANA, requestId: "export-ana" }),
    );
    await inTransaction(db.pool, (sql) =>
      exportCustomer(sql, shopId, { requestId: "export-bo", customerId: 8n, orderIds: [] }),
    );

    await erase(db, shopId);

    const requests = await privacyRequests(db, shopId);
    expect(requests.map(({ requestId, hasExport }) => [requestId, hasExport]).sort()).toEqual([
      ["export-ana", false],
      ["export-bo", true],
      ["redact-ana", false],
    ]);
  });

  test("may be repeated", async ({ db, shopId }) => {
    await erase(db, shopId);

    expect(await erase(db, shopId)).toBe(0);
    expect(await privacyRequests(db, shopId)).toHaveLength(1);
  });

  test("who was never seen is noted as done", async ({ db, shopId }) => {
    const stranger = { requestId: "stranger", customerId: 99n, orderIds: [] };

    const erased = await inTransaction(db.pool, (sql) => eraseCustomer(sql, shopId, stranger));

    expect(erased).toBe(0);
    const [request] = await privacyRequests(db, shopId);
    expect(request).toMatchObject({ customerId: "99", topic: "customers/redact" });
    expect(request?.completedAt).toBeInstanceOf(Date);
  });
});

describe("a customer's export", () => {
  test("holds all that an erasure would take, and nothing else", async ({ db, shopId }) => {
    const before = await eventIds(db, shopId);
    await inTransaction(db.pool, (sql) =>
      exportCustomer(sql, shopId, { ...ANA, requestId: "export", orderIds: ["1001"] }),
    );
    const held = await privacyExport(db, shopId, "export");

    await erase(db, shopId, { orderIds: ["1001"] });

    const left = await eventIds(db, shopId);
    expect(held).toMatchObject({ customerId: "7" });
    expect(idsIn(held, "events", "id")).toEqual(before.filter((id) => !left.includes(id)));
  });

  test("holds sessions and page views beside the events", async ({ db, shopId }) => {
    await inTransaction(db.pool, (sql) =>
      exportCustomer(sql, shopId, { ...ANA, requestId: "export" }),
    );

    const held = await privacyExport(db, shopId, "export");

    expect(idsIn(held, "pageViews", "eventId")).toEqual([
      "ana-laptop",
      "ana-phone",
      "laptop-nameless",
      "phone-nameless",
    ]);
    expect(new Set(idsIn(held, "sessions", "clientId"))).toEqual(new Set(["laptop", "phone"]));
  });

  test("is empty, not absent, for a customer who was never seen", async ({ db, shopId }) => {
    await inTransaction(db.pool, (sql) =>
      exportCustomer(sql, shopId, { requestId: "export", customerId: 99n, orderIds: [] }),
    );

    const held = await privacyExport(db, shopId, "export");

    expect(held).toEqual({
      ...{
        customerId: "99",
        alertSubscriptions: [],
        events: [],
        sessions: [],
        pageViews: [],
        orders: [],
      },
    });
  });

  test("is another shop's to read never", async ({ db, shopId }) => {
    const other = await withHousehold(db);
    await inTransaction(db.pool, (sql) =>
      exportCustomer(sql, shopId, { ...ANA, requestId: "export" }),
    );

    expect(await privacyExport(db, other.id, "export")).toBeNull();
    expect(await privacyRequests(db, other.id)).toEqual([]);
  });
});

/** The sorted ids of one of the export's lists. */
function idsIn(held: unknown, list: string, field: string): string[] {
  const rows = z.array(z.looseObject({ [field]: z.string() }));
  const found = z.looseObject({ [list]: rows }).parse(held)[list] ?? [];
  return found.map((row) => String(row[field])).sort();
}
