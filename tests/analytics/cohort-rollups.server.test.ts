import { randomUUID } from "node:crypto";
import { Prisma } from "@prisma/client";
import fc from "fast-check";
import { expect } from "vitest";
import { cohorts } from "~/analytics/cohorts/cohorts.server";
import { FIRST_NAMES, type Asked } from "~/analytics/cohorts/definitions";
import { retention } from "~/analytics/cohorts/retention.server";
import { lifetimeValues } from "~/analytics/customers/ltv.server";
import type { Question } from "~/analytics/report";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addOrders, ask } from "./orders";
import { sessionOf, visits, type Visit } from "./rollups";
import { fromFacts, keepAll } from "./keeping";

const NOW = "2026-11-02T02:00:00Z";
const WHOLE = "from=2026-10-20&to=2026-11-02";
const PERIODS = [
  ...[WHOLE, "from=2026-10-22&to=2026-10-27", "period=today", "from=2026-10-29&to=2026-11-20"],
  "from=2026-11-05&to=2026-11-06",
];
const SEARCHES = [
  ...PERIODS.flatMap((period) => ["day", "week", "month"].map((unit) => `${period}&unit=${unit}`)),
  ...["&device=mobile", "&channel=email", "&device=none&channel=email"].map(
    (filter) => `${WHOLE}&unit=day${filter}`,
  ),
];

type World = { db: Database; id: number; zone: string };

const ASKED = FIRST_NAMES.flatMap((first): Asked[] => [
  { first, split: "none" },
  { first, split: "channel" },
]);

/** Everything that is told, by what is asked. */
async function toldOf({ db, id, zone }: World): Promise<[string, unknown[]][]> {
  const told: [string, unknown[]][] = [];
  for (const search of SEARCHES) {
    const question = ask(id, search, { now: NOW, zone });
    for (const asked of ASKED) {
      const name = `${search} ${asked.first} ${asked.split}`;
      told.push([`cohorts ${name}`, (await cohorts(db, question, asked)).rows]);
      told.push([`retention ${name}`, (await retention(db, question, asked)).rows]);
    }
    told.push([`values ${search}`, (await lifetimeValues(db, question)).rows]);
  }
  return told;
}

/** What is told with all that is kept is what is counted where nothing is. Sums of fractions may depend on
 * their order. */
async function expectSame(world: World): Promise<void> {
  const kept = await toldOf(world);
  const counted = await fromFacts(world.db, world.id, () => toldOf(world));
  for (const [index, [name, rows]] of counted.entries())
    expect(rounded(kept[index]?.[1] ?? []), name).toEqual(rounded(rows));
}

const rounded = (rows: unknown[]): unknown =>
  JSON.parse(
    JSON.stringify(rows, (_, value: unknown) =>
      typeof value === "number" ? Math.round(value * 1e9) / 1e9 : value,
    ),
  );

const keep = ({ db, id, zone }: World) => keepAll(db, { shopId: id, timeZone: zone }, NOW);

/** As the projection of visitors does: of each, all sessions but the first are of somebody who returns. */
const markReturning = ({ db, id }: World) => db.$executeRaw`
  update sessions s set is_returning = placed.number > 1
  from (
    select session_id, row_number() over (
      partition by visitor_of(o), bot_rule is null order by started_at, session_id) as number
    from sessions o where shop_id = ${id}::int
  ) as placed
  where s.shop_id = ${id}::int and s.session_id = placed.session_id
    and s.is_returning <> (placed.number > 1)`;

type Bought = { customer: number; hour: number; session: number; total: number; odd: number };
const bought = fc.record<Bought>({
  customer: fc.integer({ min: 0, max: 5 }),
  hour: fc.integer({ min: 0, max: 14 * 24 }),
  session: fc.integer({ min: 0, max: 30 }),
  total: fc.integer({ min: 0, max: 9_000 }),
  odd: fc.integer({ min: 0, max: 9 }),
});

const hourAt = (hour: number) =>
  new Date(Date.parse("2026-10-20T00:00:00Z") + hour * 3_600_000).toISOString();

/** Sessions are named by their place, so that orders can be of some of them. */
async function add(world: World, made: Visit[], orders: Bought[], place: number): Promise<void> {
  const { db, id } = world;
  await db.session.createMany({
    data: made.map((visit, index) => sessionOf(id, `${id}-${place + index}`, visit)),
  });
  await markReturning(world);
  await addOrders(
    db,
    id,
    orders.map(({ customer, hour, session, total, odd }) => ({
      ...{ at: hourAt(hour), total, session: `${id}-${session}` },
      ...(customer > 0 && { customer }),
      ...{ isTest: odd === 0, isCancelled: odd === 1 },
    })),
  );
}

test(
  "what is kept of who came again is what counting tells, whoever comes late, becomes somebody else or is erased",
  { timeout: 900_000 },
  async ({ db }) => {
    const some = fc.array(visits([1, 0.5, 0.1]), { minLength: 1, maxLength: 25 });
    const orders = fc.array(bought, { maxLength: 15 });
    const zones = fc.constantFrom("Europe/Zurich", "Pacific/Tongatapu", "America/New_York");
    const arbitrary = [some, orders, some, orders, zones] as const;
    await fc.assert(
      fc.asyncProperty(...arbitrary, async (first, placed, more, later, zone) => {
        const world = { db, zone, ...(await shop(db, { timeZone: zone })) };
        const { id: shopId } = world;
        await add(world, first, placed, 0);
        await keep(world);
        await expectSame(world);

        await add(world, more, later, 25);
        await expectSame(world);
        await keep(world);
        await db.session.deleteMany({ where: { shopId, clientId: "client-1" } });
        await db.session.updateMany({
          where: { shopId, clientId: "client-2" },
          data: { visitorId: "customer:1" },
        });
        await db.session.updateMany({
          where: { shopId, clientId: "client-3" },
          data: { channel: "social", device: "tablet" },
        });
        await markReturning(world);
        await db.order.deleteMany({ where: { shopId, customerId: 1 } });
        await db.order.updateMany({ where: { shopId, customerId: 2 }, data: { customerId: 3 } });
        await db.order.updateMany({
          where: { shopId, customerId: 4 },
          data: { cancelledAt: new Date(NOW), revenueMinor: 0 },
        });
        await expectSame(world);
        expect(await compareSpans(db, shopId)).toBe(0);
        await keep(world);
        expect(await compareSpans(db, shopId)).toBe(0);
        await expectSame(world);
      }),
      { numRuns: 2, seed: 7 },
    );
  },
);

const VISIT: Visit = {
  ...{ who: 1, hour: 0, minutes: 5, pages: 2, kind: 1, orders: 0, isBot: false, rate: 1 },
};

/** A shop with a visitor of three days and a customer of two, all of it kept. */
async function keptWorld(db: Database): Promise<World> {
  const world = { db, zone: "UTC", ...(await shop(db, { timeZone: "UTC" })) };
  const made = [3, 6, 10].map((day) => ({ ...VISIT, hour: day * 24 }));
  const orders = [4, 8].map((day) => ({
    ...{ customer: 1, hour: day * 24, session: 0, total: 500, odd: 9 },
  }));
  await add(world, made, orders, 0);
  await keep(world);
  return world;
}

const notedDays = async ({ db, id }: World): Promise<string[]> => {
  const hours = await db.rollupChange.findMany({
    where: { shopId: id, basis: "visitors" },
    orderBy: { hour: "asc" },
  });
  return [...new Set(hours.map(({ hour }) => hour?.toISOString().slice(0, 10) ?? "all"))];
};

const question = ({ id, zone }: World, more = ""): Question =>
  ask(id, `from=2026-10-20&to=2026-11-01&unit=day${more}`, { now: NOW, zone });

test("what is kept is read, also where a filter chooses one of its values, and no other filter", async ({
  db,
}) => {
  const world = await keptWorld(db);
  for (const table of ["visit_cohort_rollups", "order_cohort_rollups"])
    await db.$executeRaw`
      update ${Prisma.raw(table)} set people = 7 * people where shop_id = ${world.id}::int`;
  const sizes = async (search: string, asked: Asked) => [
    (await cohorts(db, question(world, search), asked)).rows[0]?.size,
    (await retention(db, question(world, search), asked)).rows[0]?.size,
  ];

  for (const first of FIRST_NAMES) {
    expect(await sizes("", { first, split: "none" })).toEqual([7, 7]);
    expect(await sizes("", { first, split: "device" })).toEqual([7, 7]);
    expect(await sizes("&device=mobile", { first, split: "none" })).toEqual([7, 7]);
    expect(await sizes("&device=mobile", { first, split: "device" })).toEqual([7, 7]);
    expect(await sizes("&device=mobile", { first, split: "channel" })).toEqual([1, 1]);
    expect(await sizes("&country=CH", { first, split: "none" })).toEqual([1, 1]);
    expect(await sizes("", { first, split: "product" })).toEqual([1, 1]);
  }
  expect((await lifetimeValues(db, question(world))).rows[0]?.customers).toBe(7);
});

test("an earlier visit, another channel of it, or that it was a returning visitor's, changes what is kept of later ones", async ({
  db,
}) => {
  const world = await keptWorld(db);
  const clear = () => db.rollupChange.deleteMany({ where: { shopId: world.id } });
  const first = { shopId: world.id, sessionId: `${world.id}-0` };

  await db.session.updateMany({ where: first, data: { channel: "social" } });
  const moved = await notedDays(world);
  await clear();
  await db.session.updateMany({ where: first, data: { isReturning: true } });
  const returning = await notedDays(world);
  await clear();
  await db.session.create({
    data: sessionOf(world.id, randomUUID(), { ...VISIT, hour: 7 * 24 }),
  });

  const [visits, orders] = [
    ["23", "26", "30"],
    ["24", "28"],
  ];
  const all = [...visits, ...orders].sort().map((day) => `2026-10-${day}`);
  expect(moved).toEqual(all);
  expect(returning).toEqual(all);
  expect(await notedDays(world)).toEqual(["2026-10-27", "2026-10-30"]);
});

test("an earlier order, and the channel of its session, change what is kept of the customer's later ones", async ({
  db,
}) => {
  const world = await keptWorld(db);
  const clear = () => db.rollupChange.deleteMany({ where: { shopId: world.id } });
  const first = { shopId: world.id, placedAt: new Date("2026-10-24T00:00:00Z") };

  await db.order.updateMany({ where: first, data: { revenueMinor: 400 } });
  const refunded = await notedDays(world);
  await db.order.updateMany({ where: first, data: { isTest: true } });
  const tested = await notedDays(world);
  await clear();
  await db.session.deleteMany({ where: { shopId: world.id, sessionId: `${world.id}-0` } });
  const without = await notedDays(world);
  await clear();
  await db.order.deleteMany({ where: first });

  expect(refunded).toEqual([]);
  expect(tested).toEqual(["2026-10-24", "2026-10-28"]);
  expect(without).toEqual(expect.arrayContaining(["2026-10-24", "2026-10-28"]));
  expect(await notedDays(world)).toEqual(["2026-10-28"]);
});
