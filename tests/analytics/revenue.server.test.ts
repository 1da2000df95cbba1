import fc from "fast-check";
import { expect } from "vitest";
import { refunds } from "~/analytics/revenue/refunds.server";
import { revenue, type Revenue, type RevenueBy } from "~/analytics/revenue/revenue.server";
import { revenueByType } from "~/analytics/revenue/by-type.server";
import type { Question } from "~/analytics/report";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addOrders, addVisits, anyOrder, ask, type GivenOrder } from "./orders";

async function open(db: Database, orders: GivenOrder[] = []): Promise<number> {
  const { id } = await shop(db);
  await addOrders(db, id, orders);
  return id;
}

const read = async (db: Database, question: Question, by: RevenueBy = "all") =>
  (await revenue(db, question, { by })).rows;

const WEEK = "from=2026-06-01&to=2026-06-07";

test("gross less discounts less refunds is net, and orders have a mean value and size", async ({
  db,
}) => {
  const id = await open(db, [
    { at: "2026-06-01T08:00Z", total: 9_000, discount: 1_000, tax: 700, shipping: 500, units: 3 },
    {
      ...{ at: "2026-06-02T08:00Z", total: 2_001, units: 1 },
      refunds: [{ at: "2026-06-03T08:00Z", minor: 501 }],
    },
  ]);

  expect(await read(db, ask(id, WEEK))).toEqual([
    {
      ...{ of: "all", orders: 2, grossMinor: 12_001, discountMinor: 1_000, refundMinor: 501 },
      ...{ netMinor: 10_500, taxMinor: 700, shippingMinor: 500, units: 4 },
      ...{ averageOrderMinor: 5_501, unitsPerOrder: 2 },
    },
  ]);
});

test("an order that is refunded twice counts on its day, each refund on its own", async ({
  db,
}) => {
  const id = await open(db, [
    {
      ...{ at: "2026-06-01T08:00Z", total: 5_000 },
      refunds: [
        { at: "2026-06-03T08:00Z", minor: 1_000 },
        { at: "2026-06-05T08:00Z", minor: 1_500 },
        { at: "2026-06-08T00:00Z", minor: 2_500 },
      ],
    },
  ]);

  const days = await read(db, ask(id, WEEK), "step");
  const next = await read(db, ask(id, "from=2026-06-08&to=2026-06-08"));

  expect(days.map(({ netMinor }) => netMinor)).toEqual([5_000, 0, -1_000, 0, -1_500, 0, 0]);
  expect(days.map(({ orders }) => orders)).toEqual([1, 0, 0, 0, 0, 0, 0]);
  expect(days[2]).toMatchObject({ refundMinor: 1_000, averageOrderMinor: null });
  expect(next).toMatchObject([{ orders: 0, grossMinor: 0, refundMinor: 2_500, netMinor: -2_500 }]);
});

test("cancelled and test orders count nowhere, nor do their refunds or other shops' orders", async ({
  db,
}) => {
  const refund = [{ at: "2026-06-03T08:00Z", minor: 100 }];
  const id = await open(db, [
    { at: "2026-06-01T08:00Z", isCancelled: true, refunds: refund },
    { at: "2026-06-01T08:00Z", isTest: true, refunds: refund, items: [{ price: 5 }] },
  ]);
  await open(db, [{ at: "2026-06-01T08:00Z", refunds: refund, items: [{ price: 5 }] }]);
  const question = ask(id, WEEK);

  expect(await read(db, question)).toMatchObject([
    { orders: 0, grossMinor: 0, refundMinor: 0, netMinor: 0, averageOrderMinor: null },
  ]);
  expect((await refunds(db, question, { limit: 5 })).rows).toEqual([]);
  expect((await revenueByType(db, question, { by: "vendor" })).rows).toEqual([]);
});

test("days are the shop's: in Auckland, and when clocks change in Zurich", async ({ db }) => {
  const id = await open(db, [
    { at: "2026-06-01T11:59:59Z", total: 1 },
    { at: "2026-06-01T12:00:00Z", total: 20 },
    { at: "2026-10-24T21:59:59Z", total: 300 },
    { at: "2026-10-24T22:00:00Z", total: 4_000 },
    { at: "2026-10-25T22:59:59Z", total: 50_000 },
    { at: "2026-10-25T23:00:00Z", total: 600_000 },
  ]);
  const net = async (search: string, zone: string) =>
    (await read(db, ask(id, search, { zone }), "step")).map(({ netMinor }) => netMinor);

  expect(await net("from=2026-06-01&to=2026-06-02&unit=day", "Pacific/Auckland")).toEqual([1, 20]);
  expect(await net("from=2026-10-24&to=2026-10-26&unit=day", "Europe/Zurich")).toEqual([
    300, 54_000, 600_000,
  ]);
});

test("weeks and months are steps as well, and a step without orders is 0", async ({ db }) => {
  const id = await open(db, [
    { at: "2026-05-30T08:00Z", total: 1 },
    { at: "2026-06-02T08:00Z", total: 20 },
    { at: "2026-07-02T08:00Z", total: 300 },
  ]);
  const net = async (unit: string) =>
    (await read(db, ask(id, `from=2026-05-28&to=2026-07-05&unit=${unit}`), "step")).map(
      ({ of, netMinor }) => [of.slice(5, 10), netMinor],
    );

  expect(await net("month")).toEqual([
    ["05-28", 1],
    ["06-01", 20],
    ["07-01", 300],
  ]);
  expect((await net("week")).map(([, sum]) => sum)).toEqual([1, 20, 0, 0, 0, 300]);
});

test("an order is of its session's channel and campaign, and unseen where it has none", async ({
  db,
}) => {
  const id = await open(db);
  await addVisits(db, id, [
    { id: "ad", visitor: "ana", at: "2026-06-01T07:00Z", channel: "paid", campaign: "june" },
    { id: "home", visitor: "bo", at: "2026-06-01T07:00Z" },
  ]);
  await addOrders(db, id, [
    { at: "2026-06-01T08:00Z", session: "ad", total: 700 },
    { at: "2026-06-01T08:00Z", session: "home", total: 200 },
    {
      ...{ at: "2026-06-01T08:00Z", total: 50 },
      refunds: [{ at: "2026-06-01T09:00Z", minor: 10 }],
    },
  ]);
  const parts = async (by: RevenueBy, search = WEEK) =>
    (await read(db, ask(id, search), by)).map(({ of, netMinor }) => [of, netMinor]);

  expect(await parts("channel")).toEqual([
    ["paid", 700],
    ["direct", 200],
    ["unseen", 40],
  ]);
  expect(await parts("campaign")).toEqual([
    ["june", 700],
    ["none", 200],
    ["unseen", 40],
  ]);
  expect(await parts("all", `${WEEK}&channel=paid`)).toEqual([["all", 700]]);
});

test("a customer is new with the first order that stands, whenever it was, then returning", async ({
  db,
}) => {
  const id = await open(db, [
    { at: "2026-05-01T08:00Z", customer: 1 },
    { at: "2026-06-02T08:00Z", customer: 1, total: 10 },
    { at: "2026-06-01T08:00Z", customer: 2, isCancelled: true },
    { at: "2026-06-02T08:00Z", customer: 2, total: 200 },
    { at: "2026-06-03T08:00Z", customer: 2, total: 30 },
    { at: "2026-06-03T08:00Z", total: 4 },
  ]);

  const rows = await read(db, ask(id, WEEK), "customer");

  expect(rows.map(({ of, orders, netMinor }) => [of, orders, netMinor])).toEqual([
    ["new", 1, 200],
    ["returning", 2, 40],
    ["unknown", 1, 4],
  ]);
});

test("what was sold is told apart by product type and vendor, less what came back", async ({
  db,
}) => {
  const id = await open(db, [
    {
      at: "2026-06-01T08:00Z",
      items: [
        { product: 1, vendor: "Nord", quantity: 3, price: 1_000, discount: 300, back: 1 },
        { vendor: "Süd", price: 400 },
      ],
    },
    { at: "2026-06-02T08:00Z", items: [{ product: 1, vendor: "Nord", price: 1_000 }] },
  ]);
  await db.$executeRaw`
    insert into products (shop_id, product_id, handle, title, vendor, product_type, status, tags,
      description, is_gift_card, created_at, updated_at, variant_count, min_price_minor,
      max_price_minor, is_available, content_hash, first_seen_at, as_of)
    values (${id}::int, 1, 'tea', 'Tea', 'Nord', 'Drinks', 'ACTIVE', '{}', '', false, now(), now(), 1,
      1000, 1000, true, '', now(), now())`;

  const types = await revenueByType(db, ask(id, WEEK), { by: "product-type" });
  const vendors = await revenueByType(db, ask(id, WEEK), { by: "vendor" });

  expect(types.rows).toEqual([
    {
      ...{ of: "Drinks", orders: 2, units: 4, grossMinor: 4_000, discountMinor: 300 },
      ...{ returnedMinor: 900, netMinor: 2_800, netShare: 2_800 / 3_200 },
    },
    {
      ...{ of: "none", orders: 1, units: 1, grossMinor: 400, discountMinor: 0 },
      ...{ returnedMinor: 0, netMinor: 400, netShare: 400 / 3_200 },
    },
  ]);
  expect(vendors.rows.map(({ of, netMinor }) => [of, netMinor])).toEqual([
    ["Nord", 2_800],
    ["Süd", 400],
  ]);
});

test("each refund is listed with its order, the newest first, page by page", async ({ db }) => {
  const id = await open(db, [
    {
      ...{ at: "2026-05-01T08:00Z", total: 5_000 },
      refunds: [
        { at: "2026-06-03T08:00Z", minor: 1_000, units: 1 },
        { at: "2026-06-05T08:00Z", minor: 1_500 },
        { at: "2026-06-05T08:00Z", minor: 2_000 },
      ],
    },
  ]);
  const question = ask(id, WEEK);

  const first = await refunds(db, question, { limit: 2 });
  const second = await refunds(db, question, { limit: 2, cursor: first.next ?? undefined });

  expect(first.rows.map(({ refundMinor }) => refundMinor)).toEqual([2_000, 1_500]);
  expect(second.next).toBeNull();
  expect(second.rows).toMatchObject([
    {
      ...{ refundMinor: 1_000, orderMinor: 5_000, units: 1 },
      orderName: expect.stringMatching(/^#\d+$/),
      placedAt: new Date("2026-05-01T08:00Z"),
      refundedAt: new Date("2026-06-03T08:00Z"),
    },
  ]);
});

test("of any orders, gross − discounts − refunds = net in every row, and rows sum up to the whole", async ({
  db,
}) => {
  const expectNet = (row: Revenue) =>
    expect(row.netMinor).toBe(row.grossMinor - row.discountMinor - row.refundMinor);
  const sum = (rows: Revenue[]) => ({
    netMinor: rows.reduce((all, { netMinor }) => all + netMinor, 0),
    orders: rows.reduce((all, { orders }) => all + orders, 0),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyOrder, { maxLength: 15 }), async (orders) => {
      const id = await open(db, orders);
      const question = ask(id, WEEK, { zone: "Europe/Zurich" });
      const all = await read(db, question);
      all.forEach(expectNet);
      for (const by of ["step", "customer", "channel"] as const) {
        const rows = await read(db, question, by);
        rows.forEach(expectNet);
        expect(sum(rows)).toEqual(sum(all));
      }

      const ever = await read(db, ask(id, "from=2026-05-01&to=2026-06-30"));
      const own = { where: { shopId: id } };
      const stored = await db.order.aggregate({ ...own, _sum: { revenueMinor: true } });
      expect(sum(ever).netMinor).toBe(Number(stored._sum.revenueMinor));
    }),
    { numRuns: 25 },
  );
});
