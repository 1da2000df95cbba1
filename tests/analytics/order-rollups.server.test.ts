import fc from "fast-check";
import { expect } from "vitest";
import { customers } from "~/analytics/customers/customers.server";
import { dataQuality } from "~/analytics/quality/quality.server";
import type { Question } from "~/analytics/report";
import { revenueByType } from "~/analytics/revenue/by-type.server";
import { ITEM_KINDS } from "~/analytics/revenue/item-rollup.server";
import { revenue } from "~/analytics/revenue/revenue.server";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import { keepShop } from "~/analytics/rollups/keeping-loop.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { productOf, rest } from "./catalogue";
import { addOrders, addVisits, ask, type GivenOrder } from "./orders";

const NOW = "2026-11-02T02:00:00Z";
const FIRST = Date.parse("2026-10-22T00:00:00Z");
const HOURS = (Date.parse(NOW) - FIRST) / 3_600_000;
const WHOLE = "from=2026-10-22&to=2026-11-02";
const SEARCHES = [
  ...[`${WHOLE}&unit=day`, `${WHOLE}&unit=week`, "from=2026-10-24&to=2026-10-29&unit=day"],
  "period=today&unit=day",
];

type World = { db: Database; id: number; zone: string };
const questionsOf = ({ id, zone }: World): Question[] =>
  SEARCHES.map((search) => ask(id, search, { now: NOW, zone }));

const at = fc
  .integer({ min: 0, max: HOURS * 4 - 1 })
  .map((quarter) => new Date(FIRST + quarter * 900_000).toISOString());
const minor = fc.integer({ min: 0, max: 9_000 });
const item = fc.record(
  {
    ...{ product: fc.integer({ min: 1, max: 4 }), vendor: fc.constantFrom("", "Acme", "Bolt") },
    ...{ quantity: fc.integer({ min: 0, max: 3 }), price: minor, discount: minor },
    back: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ["price"] },
);
const order: fc.Arbitrary<GivenOrder> = fc
  .record({
    ...{ at, total: minor, discount: minor, customer: fc.integer({ min: 0, max: 4 }) },
    refunds: fc.array(fc.record({ at, minor }), { maxLength: 2 }),
    items: fc.array(item, { maxLength: 3 }),
    odd: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ customer, odd, ...told }) => ({
    ...{ ...told, isTest: odd === 0, isCancelled: odd === 1 },
    ...(customer > 0 && { customer }),
  }));

async function keep({ db, id, zone }: World): Promise<void> {
  while (((await keepShop(db, { shopId: id, timeZone: zone }, new Date(NOW))) ?? 0) > 0);
}

/** All that is told of a shop's orders by what was sold and by whose they were. */
async function toldOf(world: World): Promise<unknown[]> {
  const { db } = world;
  const told: unknown[] = [];
  for (const question of questionsOf(world)) {
    for (const by of ["all", "step"] as const)
      told.push((await customers(db, question, { by })).rows);
    for (const by of ITEM_KINDS) told.push((await revenueByType(db, question, { by })).rows);
    told.push((await revenue(db, question, { by: "customer" })).rows);
    for (const by of ["all", "step"] as const)
      told.push((await dataQuality(db, question, { by })).rows);
  }
  return told;
}

/** What is told is the same where nothing is kept of these days, and of customers what looking at one after the
 * other tells. */
async function expectSame(world: World): Promise<void> {
  const { db, id, zone } = world;
  const told = await toldOf(world);
  const of = (name: string) =>
    db.rollupSpan.updateMany({ where: { shopId: id }, data: { timeZone: name } });
  await of("nowhere");
  expect(await toldOf(world)).toEqual(told);
  await of(zone);
  for (const question of questionsOf(world)) {
    const { period } = question.view;
    for (const by of ["all", "step"] as const) {
      const { rows } = await customers(db, question, { by });
      const starts = by === "all" ? [period.from] : rows.map(({ of }) => new Date(of));
      const ends = [...starts.slice(1), period.to];
      const seen = starts.map((from, index) => ({ from, to: ends[index] ?? period.to }));
      expect(rows).toMatchObject(await Promise.all(seen.map((each) => lookedAt(world, each))));
    }
  }
}

/** Of the customers of a stretch of time, looked at one after the other. */
async function lookedAt({ db, id }: World, { from, to }: { from: Date; to: Date }) {
  const all = await db.order.findMany({
    where: { shopId: id, isTest: false, cancelledAt: null, customerId: { not: null } },
    orderBy: [{ placedAt: "asc" }, { orderId: "asc" }],
  });
  const own = new Map<bigint | null, number[]>();
  for (const { customerId, placedAt } of all)
    own.set(customerId, [...(own.get(customerId) ?? []), placedAt.getTime()]);
  const inside = (time: number) => time >= from.getTime() && time < to.getTime();
  const came = [...own.values()].filter((times) => times.some(inside));
  const orders = came.flat().filter(inside).length;
  const fresh = came.filter(([first = 0]) => inside(first)).length;
  const again = came.filter(([, ...later]) => later.some(inside)).length;
  return {
    ...{ customers: came.length, newCustomers: fresh, returningCustomers: came.length - fresh },
    ...{ orders, repeatRate: came.length > 0 ? again / came.length : null },
  };
}

/** Orders and refunds move, become another customer's, are cancelled, are changed and are erased; products
 * become another vendor's. */
async function alter({ db, id: shopId }: World): Promise<void> {
  const placedAt = new Date(FIRST + 3 * 86_400_000);
  const orders = await db.order.findMany({ where: { shopId }, orderBy: { orderId: "asc" } });
  const of = (index: number) => ({ shopId, orderId: orders[index]?.orderId ?? 0n });
  await db.orderItem.updateMany({ where: of(0), data: { placedAt } });
  await db.order.updateMany({ where: of(0), data: { placedAt } });
  await db.refund.updateMany({ where: of(1), data: { refundedAt: placedAt } });
  await db.order.updateMany({ where: of(3), data: { completedAt: placedAt } });
  await db.orderItem.updateMany({ where: of(2), data: { refundedQuantity: 1, vendor: "Crown" } });
  await db.order.updateMany({ where: of(2), data: { updatedAt: new Date(NOW), totalMinor: 7 } });
  const where = { shopId };
  await db.order.updateMany({ where: { ...where, customerId: 2 }, data: { customerId: 3 } });
  const cancelledAt = new Date(NOW);
  await db.order.updateMany({ where: { ...where, customerId: 4 }, data: { cancelledAt } });
  const ids = orders.filter(({ customerId }) => customerId === 1n).map(({ orderId }) => orderId);
  const erased = { where: { shopId, orderId: { in: ids } } };
  await db.refund.deleteMany(erased);
  await db.orderItem.deleteMany(erased);
  await db.order.deleteMany(erased);
  await db.product.updateMany({ where: { shopId, productId: 1n }, data: { vendor: "Dune" } });
  await db.product.deleteMany({ where: { shopId, productId: 2n } });
}

test(
  "what is kept of what was sold, and to whom, is what counting tells, whatever comes late, is altered or erased",
  { timeout: 600_000 },
  async ({ db }) => {
    const [some, late] = [fc.array(order, { maxLength: 14 }), fc.array(order, { maxLength: 5 })];
    const seen = fc.array(fc.record({ at, isBot: fc.boolean() }), { minLength: 2, maxLength: 4 });
    const zones = fc.constantFrom("Europe/Zurich", "Pacific/Tongatapu");
    await fc.assert(
      fc.asyncProperty(some, late, seen, zones, async (first, later, visits, zone) => {
        const { id } = await shop(db, { timeZone: zone });
        const world = { db, id, zone };
        const ofType = (type: string, place: number) =>
          productOf(id, BigInt(place + 1), { vendor: "Acme", productType: type });
        await db.product.createMany({ data: ["Mugs", "", "Cups"].map(ofType) });
        await addOrders(db, id, first);
        await addVisits(db, id, visits.slice(0, 2));
        await keep(world);
        await expectSame(world);

        await addOrders(db, id, later);
        await addVisits(db, id, visits.slice(2));
        await expectSame(world);
        await alter(world);
        await expectSame(world);
        await rest(db, id);
        await keep(world);
        expect(await db.rollupChange.count({ where: { shopId: id } })).toBe(0);
        await expectSame(world);
        expect(await compareSpans(db, id)).toBe(0);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  },
);

/** A customer with an order of day 25 and one of day 27 that was paid back on day 30, all of it kept. */
async function sold(db: Database): Promise<World> {
  const { id } = await shop(db, { timeZone: "UTC" });
  const world = { db, id, zone: "UTC" };
  await addVisits(db, id, [{ at: "2026-10-25T09:00Z", id: `${id}-mail`, channel: "email" }]);
  await addOrders(db, id, [
    { at: "2026-10-25T10:00Z", customer: 1, session: `${id}-mail`, items: [{ price: 500 }] },
    {
      ...{ at: "2026-10-27T10:00Z", customer: 1, items: [{ price: 300, vendor: "Acme" }] },
      refunds: [{ at: "2026-10-30T10:00Z", minor: 300 }],
    },
  ]);
  await keep(world);
  return world;
}

const told = async ({ db, id }: World, more = "") => {
  const question = ask(id, `${WHOLE}&unit=day${more}`, { now: NOW });
  const [items, people, series, money, [quality]] = [
    (await revenueByType(db, question, { by: "vendor" })).rows,
    (await customers(db, question, { by: "all" })).rows,
    (await customers(db, question, { by: "step" })).rows,
    (await revenue(db, question, { by: "customer" })).rows,
    (await dataQuality(db, question, { by: "all" })).rows,
  ];
  return {
    units: items.map((row) => [row.of, row.units]),
    people: people.map((row) => [row.orders, row.customers]),
    steps: series.flatMap((row) => (row.orders > 0 ? [row.orders] : [])),
    placed: quality?.orders,
    paidBack: money.map((row) => [row.of, row.orders, row.refundMinor]),
  };
};

test("what is kept is read, and with a filter facts are", async ({ db }) => {
  const world = await sold(db);
  await db.$executeRaw`
    update item_revenue_rollups set units = 7 * units where shop_id = ${world.id}::int`;
  await db.$executeRaw`
    update customer_order_rollups set orders = 7 * orders where shop_id = ${world.id}::int`;
  await db.$executeRaw`
    update customer_revenue_rollups set orders = 7 * orders where shop_id = ${world.id}::int`;
  await db.$executeRaw`
    update quality_rollups set amount = 7 * amount where shop_id = ${world.id}::int`;

  expect(await told(world)).toEqual({
    units: [
      ["none", 7],
      ["Acme", 7],
    ],
    ...{ people: [[14, 7]], steps: [7, 7] },
    placed: 8, // facts are read of the day since which sessions are known
    paidBack: [
      ["new", 7, 0],
      ["returning", 7, 300],
    ],
  });
  expect(await told(world, "&channel=email")).toEqual({
    ...{ units: [["none", 1]], people: [[1, 1]], steps: [1], paidBack: [["new", 1, 0]] },
    placed: 8, // how much is known is told of all
  });
});

test("an earlier order that comes late changes whose later ones are, also where they were paid back", async ({
  db,
}) => {
  const world = await sold(db);
  await db.order.updateMany({ where: { shopId: world.id }, data: { customerId: 2 } });
  await keep(world);
  const first = { shopId: world.id, placedAt: new Date("2026-10-25T10:00Z") };
  const notedDays = async () => {
    const where = { shopId: world.id, basis: "visitors" };
    const notes = await db.rollupChange.findMany({ where, orderBy: { hour: "asc" } });
    return [...new Set(notes.map(({ hour }) => hour?.toISOString().slice(0, 10)))];
  };

  await db.order.updateMany({ where: first, data: { customerId: 3 } });

  expect(await notedDays()).toEqual(["2026-10-25", "2026-10-27", "2026-10-30"]);
  expect((await told(world)).paidBack).toEqual([["new", 2, 300]]);
  await keep(world);
  await addOrders(db, world.id, [{ at: "2026-10-23T10:00Z", customer: 2 }]);
  expect(await notedDays()).toEqual(["2026-10-23", "2026-10-27", "2026-10-30"]);
  expect((await told(world)).paidBack).toEqual([
    ["new", 2, 0],
    ["returning", 1, 300],
  ]);
});
