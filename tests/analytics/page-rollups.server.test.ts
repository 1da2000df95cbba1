import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { heatmap, heatmapCells, heatmapPages } from "~/analytics/heatmap/heatmap.server";
import { topPages } from "~/analytics/pages/top.server";
import { averageTime, pageViews } from "~/analytics/pages/views.server";
import { keepChoices } from "~/analytics/rollups/by-choice.server";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import { append, ensurePartitions } from "~/events/log.server";
import { startOfDay } from "~/platform/calendar";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { HOUR, MINUTE } from "~/platform/time";
import { eraseCustomer } from "~/privacy/erase.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { test } from "../database";
import { logEvent, minutes, NOON, shop } from "../factories";
import { catchUp, prepareFolds } from "../folding";
import { questionAt } from "./session-facts";
import { fromFacts, keepAll } from "./keeping";

type World = { shopId: number; timeZone: string; now: Date; search: string };

/** What is told of pages, in every way that may be read from what is kept. */
async function answers(db: Database, { shopId, timeZone, now, search }: World) {
  const question = questionAt(shopId, { at: now.toISOString(), zone: timeZone, search });
  const top = { sort: "exitRate", limit: 2 } as const;
  const first = await topPages(db, question, top);
  return {
    all: await pageViews(db, question, { by: "all" }),
    steps: await pageViews(db, question, { by: "step" }),
    types: await pageViews(db, question, { by: "type" }),
    times: await averageTime(db, question, { by: "type", limit: 50 }),
    paths: await averageTime(db, question, { by: "path", limit: 3 }),
    top: [first, first.next && (await topPages(db, question, { ...top, cursor: first.next }))],
    products: await topPages(db, question, { sort: "views", limit: 9, pageType: "product" }),
    clicked: await heatmapPages(db, question, { limit: 9 }),
    elements: await heatmap(db, question, { ...PLACE, limit: 9 }),
    cells: await heatmapCells(db, question, { ...PLACE, limit: 9 }),
  };
}

const spansOf = (db: Database, { shopId }: World): Promise<number> =>
  db.rollupSpan.count({ where: { shopId } });

/** Filters: what most choose is kept, and one has many values. */
const CHOICES = ["device=mobile", "device=none", "visitor=new", "landing=none"];

/** The same of what some filters choose. */
const answersOfSome = (db: Database, world: World) =>
  Promise.all(
    CHOICES.map((choice) => answers(db, { ...world, search: `${world.search}&${choice}` })),
  );

const PAGES = [
  { path: "/", pageType: "home" },
  { path: "/products/mug", pageType: "product" },
  { path: "/products/cup", pageType: "product" },
  { path: `/pages/${"long".repeat(250)}${"é".repeat(20)}`, pageType: "page" },
] as const;
const PLACE = { template: "/products/mug", viewport: "phone" } as const;

const places = fc.option(fc.constantFrom(0, 0.31, 0.99, 1));
const clicks = fc.record({
  kind: fc.constantFrom("click", "rage", "dead"),
  element: fc.constantFrom("a", "button"),
  ...{ relativeX: places, relativeY: places },
});

const views = fc.record({
  page: fc.constantFrom(...PAGES),
  after: fc.integer({ min: 0, max: 90 }),
  visibleMs: fc.option(fc.integer({ min: 0, max: 90_000 })),
  scrollPercent: fc.option(fc.integer({ min: 0, max: 100 })),
  firstInteractionMs: fc.option(fc.integer({ min: 0, max: 4_000 })),
  rageClickCount: fc.integer({ min: 0, max: 2 }),
  deadClickCount: fc.integer({ min: 0, max: 2 }),
  click: fc.option(clicks),
});
const visits = fc.record({
  /** Hours and minutes since the first day began. */
  hour: fc.integer({ min: 0, max: 8 * 24 }),
  minute: fc.integer({ min: 0, max: 59 }),
  views: fc.array(views, { minLength: 1, maxLength: 5 }),
  sampleRate: fc.constantFrom(1, 0.5),
  isBot: fc.boolean(),
  device: fc.constantFrom("mobile", "desktop", null),
});
type Visit = typeof visits extends fc.Arbitrary<infer Drawn> ? Drawn : never;
const UNSEEN = { visibleMs: null, scrollPercent: null, firstInteractionMs: null, click: null };
const VIEW = { page: PAGES[0], after: 0, rageClickCount: 0, deadClickCount: 0, ...UNSEEN };
const VISIT: Visit = {
  ...{ hour: 0, minute: 0, sampleRate: 1, isBot: false, device: "mobile", views: [VIEW] },
};

/** Writes a visit as the folds would: a session, and what it did within it. */
async function addVisit(db: Database, { shopId, timeZone }: World, visit: Visit): Promise<void> {
  const begins = startOfDay(FIRST_DAY, timeZone).getTime() + visit.hour * HOUR;
  const at = new Date(begins + visit.minute * MINUTE);
  const seen = visit.views.toSorted((one, other) => one.after - other.after);
  const moment = (after: number) => new Date(at.getTime() + after * MINUTE);
  const base = () => ({
    ...{ shopId, sessionId, clientId: "ana", eventId: randomUUID() },
    ...{ isBot: visit.isBot, sampleRate: visit.sampleRate },
  });
  const sessionId = randomUUID();
  await db.$transaction([
    db.session.create({
      data: {
        ...{ shopId, sessionId, clientId: "ana", startedAt: at, sampleRate: visit.sampleRate },
        ...{ endedAt: moment(seen.at(-1)?.after ?? 0), eventCount: 1, pageViewCount: seen.length },
        ...{ botRule: visit.isBot ? "declared" : null, device: visit.device },
      },
    }),
    db.pageView.createMany({
      data: seen.map(({ page, after, click: _, ...about }, place) => ({
        ...{ ...base(), ...page, ...about, viewedAt: moment(after), title: `At ${after}` },
        isExit: place === seen.length - 1,
        isRepeat: seen.slice(0, place).some((before) => before.page === page),
      })),
    }),
    db.click.createMany({
      data: seen.flatMap(({ page, after, click }) =>
        click
          ? {
              ...{ ...base(), ...click, clickedAt: moment(after) },
              ...{ pathTemplate: page.path, pageType: page.pageType, viewport: "phone" },
            }
          : [],
      ),
    }),
  ]);
}

async function removeVisit(db: Database, { shopId }: World): Promise<void> {
  const { sessionId } = await db.session.findFirstOrThrow({ where: { shopId } });
  const where = { shopId, sessionId };
  await db.$transaction([
    db.pageView.deleteMany({ where }),
    db.click.deleteMany({ where }),
    db.session.deleteMany({ where }),
  ]);
}

/** Clocks go back on 25 October in Zurich, the last day of a week and of four, in which visits are from this hour on. */
const FOUR_WEEKS = -23 * 24;
const FIRST_DAY = "2026-10-21";
const AFTER = "2026-10-30";

async function openWorld(db: Database, timeZone: string): Promise<World> {
  const { id } = await shop(db, { timeZone });
  const now = new Date(startOfDay(AFTER, timeZone).getTime() + 2.5 * HOUR);
  const world = { shopId: id, timeZone, now, search: "from=2026-09-28&to=2026-10-29&unit=day" };
  await addVisit(db, world, { ...VISIT, hour: FOUR_WEEKS });
  return world;
}

test("what is kept of pages tells what facts do, while visits come late and go", async ({ db }) => {
  const worlds = [await openWorld(db, "Europe/Zurich"), await openWorld(db, "Pacific/Tongatapu")];
  const few = fc.array(visits, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...worlds), few, fc.boolean(), async (world, more, goes) => {
      for (const visit of more) await addVisit(db, world, visit);
      if (goes) await removeVisit(db, world);
      const told = await fromFacts(db, world.shopId, () => answers(db, world));
      expect(await answers(db, world)).toEqual(told);
      const ofAll = { ...world, search: `${world.search}&country=none` }; // as all of them are
      expect(await answers(db, ofAll)).toEqual(told);
      await keepAll(db, world, world.now);
      expect(await answers(db, world)).toEqual(told);
      const toldOfSome = await fromFacts(db, world.shopId, () => answersOfSome(db, world));
      await keepChoices(db, world, { many: 2 });
      expect(await answersOfSome(db, world)).toEqual(toldOfSome);
    }),
    { numRuns: 10, endOnFailure: true },
  );
  for (const { shopId } of worlds) expect(await compareSpans(db, shopId)).toBe(0);
}, 240_000);

test("what is kept of a filter is read, compared at night, and never kept of few", async ({
  db,
}) => {
  const world = await openWorld(db, "UTC");
  for (const hour of [2, 169, 170, 337, 338, 505, 506])
    // with that of every world, two in each week
    await addVisit(db, world, { ...VISIT, hour: FOUR_WEEKS + hour });
  for (const hour of [3, 4, 171, 172, 339])
    // two in each of two weeks
    await addVisit(db, world, { ...VISIT, hour: FOUR_WEEKS + hour, device: "desktop" });
  await keepAll(db, world, world.now);
  await keepChoices(db, world, { many: 1 });
  const where = { shopId: world.shopId, chosenAt: { not: null } };
  const spans = await db.rollupSpan.findMany({ where });
  const many = ["browser=none", "channel=direct", "country=none", "device=mobile", "visitor=new"];
  expect(spans.map(({ unit, chosenBy }) => [unit, ...chosenBy]).toSorted()).toEqual([
    ["fourWeeks", ...many],
    ...[1, 2].map(() => ["week", ...many.toSpliced(3, 0, "device=desktop")]),
    ...[3, 4].map(() => ["week", ...many]),
  ]);

  const mobile = { shopId: world.shopId, chosenBy: "device=mobile" };
  await db.pageRollup.updateMany({ where: mobile, data: { views: 7 } });
  const viewsOf = async (choice: string) =>
    (await answers(db, { ...world, search: `${world.search}&${choice}` })).all.rows[0]?.views;
  expect([await viewsOf("device=mobile"), await viewsOf("device=desktop")]).toEqual([7, 5]); // four weeks are one row

  expect(await compareSpans(db, world.shopId)).toBeGreaterThan(0);
  expect(await viewsOf("device=mobile")).toBe(8);
  await keepAll(db, world, world.now);
  await keepChoices(db, world, { many: 1 });
  expect(await compareSpans(db, world.shopId)).toBe(0);
  expect(await viewsOf("device=mobile")).toBe(8);
}, 240_000);

test("percentiles weigh a view by what it stands for", async ({ db }) => {
  const world = await openWorld(db, "UTC");
  const seen = (visibleMs: number, sampleRate: number) =>
    db.pageView.create({
      data: {
        ...{ shopId: world.shopId, eventId: randomUUID(), sessionId: "s", clientId: "ana" },
        ...{ viewedAt: new Date("2026-10-22T12:00:00Z"), path: "/", visibleMs, sampleRate },
      },
    });
  await seen(60_000, 0.1);
  for (let count = 0; count < 5; count++) await seen(1_000, 1);

  const { all } = await answers(db, world);

  const [{ medianVisible } = { medianVisible: null }] = all.rows;
  expect(medianVisible).toBeGreaterThan(58_500);
  expect(medianVisible).toBeLessThan(61_500);
});

/** A shop whose visits were folded, those of Ana on her laptop as well; all of it is kept. */
async function foldedWorld(db: Database): Promise<World> {
  await ensurePartitions(db, NOON);
  await prepareFolds(db);
  const { id } = await shop(db, { timeZone: "UTC" });
  await append(db, id, [
    logEvent({ clientId: "phone", customerId: "7" }),
    logEvent({ clientId: "laptop", occurredAt: minutes(5) }),
    logEvent({ clientId: "laptop", occurredAt: minutes(6) }),
  ]);
  await catchUp(db, id);
  const now = new Date(NOON.getTime() + 25 * HOUR);
  const [from] = new Date(NOON.getTime() - 24 * HOUR).toISOString().split("T");
  const [to] = NOON.toISOString().split("T");
  const world = { shopId: id, timeZone: "UTC", now, search: `from=${from}&to=${to}` };
  await keepAll(db, world, world.now);
  expect((await answers(db, world)).all.rows).toMatchObject([{ views: 3, uniqueViews: 2 }]);
  return world;
}

test("a late event of a visit and an erased person are told of at once", async ({ db }) => {
  const world = await foldedWorld(db);

  await append(db, world.shopId, [logEvent({ clientId: "laptop", occurredAt: minutes(5.5) })]);
  await catchUp(db, world.shopId);
  expect((await answers(db, world)).all.rows).toMatchObject([{ views: 4, uniqueViews: 2 }]);
  await inTransaction(db.pool, (sql) =>
    eraseCustomer(sql, world.shopId, { requestId: "ana", customerId: 7n, orderIds: [] }),
  );

  expect((await answers(db, world)).all.rows).toMatchObject([{ views: 3, uniqueViews: 1 }]);
  await keepAll(db, world, world.now);
  expect(await compareSpans(db, world.shopId)).toBe(0);
  const told = await answers(db, world);
  expect(await fromFacts(db, world.shopId, () => answers(db, world))).toEqual(told);
});

test("page views that are made anew by themselves are told of at once", async ({ db }) => {
  const world = await foldedWorld(db);
  await db.pageView.updateMany({ where: { shopId: world.shopId }, data: { isRepeat: true } });
  await db.rollupSpan.deleteMany({ where: { shopId: world.shopId } });
  await keepAll(db, world, world.now);
  expect((await answers(db, world)).all.rows).toMatchObject([{ views: 3, uniqueViews: 0 }]);

  await rebuildShop(db.pool, { shopId: world.shopId, projections: ["page_views"] });

  expect((await answers(db, world)).all.rows).toMatchObject([{ views: 3, uniqueViews: 2 }]);
  await keepAll(db, world, world.now);
  expect(await spansOf(db, world)).toBeGreaterThan(10);
  expect(await compareSpans(db, world.shopId)).toBe(0);
});
