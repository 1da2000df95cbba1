import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import { forgetChanged } from "~/analytics/rollups/keeping.server";
import { keptStats } from "~/analytics/sessions/kept.server";
import { KEPT_BY } from "~/analytics/sessions/rollup.server";
import { countedStats } from "~/analytics/sessions/stats.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { ask } from "./facts";
import { sessionOf, visits, type Visit } from "./rollups";
import { keepAll } from "./keeping";

const NOW = "2026-11-02T02:00:00Z";
const PERIODS = ["from=2026-10-20&to=2026-11-02", "from=2026-10-24&to=2026-10-30", "period=today"];

type World = { db: Database; id: number; zone: string };

/** Kept answers are those of counting, but that a median is within its bucket. */
async function expectSame({ db, id, zone }: World, periods = PERIODS): Promise<void> {
  for (const search of periods)
    for (const by of KEPT_BY) {
      const question = ask(id, search, { now: NOW, zone });
      const counted = await countedStats(db, question, by);
      const kept = await keptStats(db, question, by);
      expect(kept?.map(({ of }) => of).sort()).toEqual(counted.map(({ of }) => of).sort());
      const known = new Map(counted.map((row) => [row.of, row]));
      for (const { medianDuration, meanDuration, ...row } of kept ?? []) {
        const { medianDuration: median, meanDuration: mean, ...other } = known.get(row.of) ?? {};
        expect(row, `${by} ${search}`).toEqual(other);
        expect(meanDuration).toBeCloseTo(mean ?? NaN, 3);
        expect(Math.abs((medianDuration ?? 0) - (median ?? 0))).toBeLessThanOrEqual(
          0.0251 * (median ?? 0),
        );
      }
    }
}

const keep = ({ db, id, zone }: World) => keepAll(db, { shopId: id, timeZone: zone }, NOW);

const spansOn = ({ db, id }: World, basis: string) =>
  db.rollupSpan.count({ where: { shopId: id, basis } });

test(
  "what is kept of sessions by what they have in common is what counting them tells, whoever comes, goes or becomes somebody else",
  { timeout: 600_000 },
  async ({ db }) => {
    const some = fc.array(visits(), { minLength: 1, maxLength: 25 });
    const zones = fc.constantFrom("Europe/Zurich", "Pacific/Tongatapu", "America/New_York");
    await fc.assert(
      fc.asyncProperty(some, some, zones, async (first, more, zone) => {
        const world = { db, zone, ...(await shop(db, { timeZone: zone })) };
        const { id } = world;
        const add = (made: Visit[]) =>
          db.session.createMany({ data: made.map((visit) => sessionOf(id, randomUUID(), visit)) });

        await add(first);
        await expectSame(world);
        await keep(world);
        await expectSame(world);

        await add(more);
        await expectSame(world);
        await keep(world);
        await db.session.deleteMany({ where: { shopId: id, clientId: "client-1" } });
        await db.session.updateMany({
          where: { shopId: id, clientId: "client-2" },
          data: { visitorId: "customer:1" },
        });
        await db.session.updateMany({
          where: { shopId: id, clientId: "client-3" },
          data: { exitPath: "/elsewhere" },
        });
        await expectSame(world);
        expect(await compareSpans(db, id)).toBe(0);
        await keep(world);
        expect(await compareSpans(db, id)).toBe(0);
        await expectSame(world);
      }),
      { numRuns: 5, seed: 5 },
    );
  },
);

const VISIT = { who: 1, minutes: 5, pages: 2, kind: 1, orders: 0, isBot: false, rate: 1 };

test("an earlier visit of somebody changes what is kept of whose later ones were", async ({
  db,
}) => {
  const world = { db, zone: "UTC", ...(await shop(db, { timeZone: "UTC" })) };
  const add = (hour: number) =>
    db.session.create({ data: sessionOf(world.id, randomUUID(), { ...VISIT, hour }) });
  await add(6 * 24);
  await add(10 * 24);
  await keep(world);
  await db.session.updateMany({ where: { shopId: world.id }, data: { customerId: 7 } });
  await expectSame(world);
  const hours = () =>
    db.rollupChange.findMany({ where: { shopId: world.id }, orderBy: { hour: "asc" } });
  expect(await hours()).toEqual([]);

  await add(3 * 24);
  const visitors = (await hours()).filter(({ basis }) => basis === "visitors");

  expect(visitors.map(({ hour }) => hour?.toISOString().slice(0, 10))).toEqual([
    ...["2026-10-23", "2026-10-26", "2026-10-30"],
  ]);
  await expectSame(world);
});

test(
  "four weeks are told together, also of who came in several of them, until something in them changes",
  { timeout: 180_000 },
  async ({ db }) => {
    const world = { db, zone: "UTC", ...(await shop(db, { timeZone: "UTC" })) };
    const add = (days: number[]) =>
      db.session.createMany({
        data: days.flatMap((day) =>
          [1, 2].map((kind) =>
            sessionOf(world.id, randomUUID(), { ...VISIT, kind, hour: day * 24 + kind }),
          ),
        ),
      });
    const periods = ["from=2026-09-28&to=2026-10-25", "from=2026-09-20&to=2026-11-02"];
    const fourWeeks = { shopId: world.id, unit: "fourWeeks" };
    await add([-22, -21, -14, -3, 0, 5, 9]); // from Monday, 28 September, on
    await keep(world);

    expect(await db.rollupSpan.findMany({ where: fourWeeks })).toMatchObject(
      [1, 2, 3].map(() => ({ startsAt: new Date("2026-09-28T00:00:00Z") })),
    );
    await expectSame(world, periods);
    expect(await compareSpans(db, world.id)).toBe(0);

    await add([-10]);
    await expectSame(world, periods);
    await forgetChanged(db, { shopId: world.id, timeZone: "UTC" });
    expect(await db.rollupSpan.count({ where: fourWeeks })).toBe(0);
    await keep(world);
    await db.$executeRaw`
      update session_rollups set first = 0 where shop_id = ${world.id}::int and unit = 'fourWeeks'`;
    const kept = await keptStats(db, ask(world.id, periods[0] ?? "", { now: NOW }), "landing");
    expect(kept?.map(({ newSessions }) => newSessions)).toEqual([0, 0]);
    expect(await compareSpans(db, world.id)).toBeGreaterThan(0);
  },
);

test("who somebody is changes what is kept of visitors alone", async ({ db }) => {
  const world = { db, zone: "UTC", ...(await shop(db, { timeZone: "UTC" })) };
  await db.session.create({
    data: {
      ...sessionOf(world.id, "one", { ...VISIT, hour: 3 * 24 }),
      visitorId: "client:client-1",
    },
  });
  await keep(world);
  const before = {
    facts: await spansOn(world, "facts"),
    visitors: await spansOn(world, "visitors"),
  };
  await db.session.updateMany({ where: { shopId: world.id }, data: { visitorId: "customer:5" } });

  await db.$executeRaw`update visitor_rollups set visitors = 7 where shop_id = ${world.id}::int`;
  await expectSame(world);

  await forgetChanged(db, { shopId: world.id, timeZone: "UTC" });

  expect(await spansOn(world, "facts")).toBe(before.facts);
  expect(await spansOn(world, "visitors")).toBe(before.visitors - 1);
});

test("kept answers are read; of sessions of several sample rates and under a filter they are not", async ({
  db,
}) => {
  const world = { db, zone: "UTC", ...(await shop(db, { timeZone: "UTC" })) };
  const { id } = world;
  await db.session.create({ data: sessionOf(id, "one", { ...VISIT, hour: 3 * 24 }) });
  await keep(world);
  await db.$executeRaw`update visitor_rollups set visitors = 7 where shop_id = ${id}::int`;
  const asked = (search: string) => ask(id, search, { now: NOW, zone: "UTC" });

  const rows = await keptStats(db, asked(PERIODS[0] ?? ""), "landing");
  const filtered = await keptStats(db, asked(`${PERIODS[0]}&device=mobile`), "landing");
  await db.session.create({
    data: sessionOf(id, "two", { ...VISIT, hour: 5 * 24, rate: 0.5 }),
  });
  const mixed = await keptStats(db, asked(PERIODS[0] ?? ""), "landing");

  expect(rows?.[0]?.visitors).toBe(7);
  expect(filtered).toBeNull();
  expect(mixed).toBeNull();
});

test("where sample rates differ, longer spans are still the sum of shorter ones", async ({
  db,
}) => {
  const world = { db, zone: "UTC", ...(await shop(db, { timeZone: "UTC" })) };
  const hour = 12 * 24;
  const data = [0.5, 1, 0.25].map((rate, index) =>
    sessionOf(world.id, `s${index}`, { ...VISIT, hour: hour + index * 3, rate }),
  );
  await db.session.createMany({ data });
  await keep(world);

  expect(await compareSpans(db, world.id)).toBe(0);
});
