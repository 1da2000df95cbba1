import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { homeView } from "~/analytics/overview";
import { overview, totalsBy } from "~/analytics/overview.server";
import { periodOf, type Preset } from "~/analytics/period";
import { comparisonOf } from "~/analytics/view";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";

type Visit = { client?: string; at: string; paths?: string[] };
type Shop = { id: number; visits: (...visits: Visit[]) => Promise<void> };

/** A new shop, and a way to give it sessions that see their pages a second apart. */
async function openShop(db: Database): Promise<Shop> {
  const { id } = await shop(db);
  return { id, visits: (...visits) => addVisits(db, id, visits) };
}

async function addVisits(db: Database, shopId: number, visits: Visit[]): Promise<void> {
  for (const { client = "ana", at, paths = ["/"] } of visits) {
    const session = { shopId, sessionId: randomUUID(), clientId: client };
    const times = paths.map((_, index) => new Date(Date.parse(at) + index * 1_000));
    await db.session.create({
      data: {
        ...session,
        startedAt: new Date(at),
        endedAt: times.at(-1) ?? new Date(at),
        eventCount: paths.length,
        pageViewCount: paths.length,
      },
    });
    await db.pageView.createMany({
      data: paths.map((path, index) => ({
        ...session,
        eventId: randomUUID(),
        path,
        isRepeat: paths.indexOf(path) < index,
        viewedAt: times[index] ?? new Date(at),
      })),
    });
  }
}

/** A shop's overview as its merchant sees it at a moment. */
async function look(db: Database, shop: Shop, at: string, zone = "UTC", preset: Preset = "7d") {
  const now = new Date(at);
  const found = await overview(db, shop.id, { period: periodOf(preset, zone, now), now });
  return { ...found, counts: found.sessionsOverTime.steps.map(({ sessions }) => sessions) };
}

test("visitors, sessions and page views are counted, and days without any are 0", async ({
  db,
}) => {
  const ours = await openShop(db);
  await ours.visits(
    { client: "ana", at: "2026-06-10T09:00:00Z", paths: ["/", "/cart"] },
    { client: "bo", at: "2026-06-10T10:00:00Z" },
    { client: "ana", at: "2026-06-15T09:00:00Z" },
  );

  const { totals, counts } = await look(db, ours, "2026-06-15T12:00:00Z");

  expect(totals).toEqual({ of: "all", visitors: 2, sessions: 3, pageViews: 4 });
  expect(counts).toEqual([0, 2, 0, 0, 0, 0, 1]);
});

test("each day has its numbers, and the period before its own", async ({ db }) => {
  const ours = await openShop(db);
  await ours.visits(
    { client: "ana", at: "2026-06-05T09:00:00Z", paths: ["/", "/cart"] },
    { client: "ana", at: "2026-06-08T11:59:00Z" },
    { client: "bo", at: "2026-06-08T12:01:00Z" },
    { client: "ana", at: "2026-06-14T09:00:00Z", paths: ["/", "/cart", "/"] },
  );
  const now = new Date("2026-06-15T12:00:00Z");
  const view = homeView(new URLSearchParams(), { timeZone: "UTC" }, now);
  const earlier = comparisonOf(view);
  if (!earlier) throw new Error("the home page is set against nothing");

  const { totals, steps } = await overview(db, ours.id, { period: view.period, now });
  const [before] = await totalsBy(db, { shopId: ours.id, now, view: earlier }, "all");

  expect(totals).toEqual({ of: "all", visitors: 1, sessions: 1, pageViews: 3 });
  expect(before).toEqual({ of: "all", visitors: 1, sessions: 2, pageViews: 3 });
  expect(steps).toHaveLength(7);
  const day = "2026-06-14T00:00:00.000Z";
  expect(steps[5]).toEqual({ of: day, visitors: 1, sessions: 1, pageViews: 3 });
});

test("what the home page shows is set against the period before, unless the year is asked for", () => {
  const compared = (search: string) =>
    homeView(new URLSearchParams(search), { timeZone: "UTC" }, new Date("2026-06-15T12:00:00Z"));

  expect(compared("").comparison?.period.days[0]).toBe("2026-06-02");
  expect(compared("compare=year").comparison?.period.days[0]).toBe("2025-06-09");
  expect(compared("channel=email&unit=hour")).toMatchObject({ filters: {}, unit: "day" });
});

test("a shop without visits has zeros everywhere and no pages", async ({ db }) => {
  const ours = await openShop(db);

  const { totals, counts, topPages, lastEventAt } = await look(db, ours, "2026-06-15T12:00:00Z");

  expect(totals).toEqual({ of: "all", visitors: 0, sessions: 0, pageViews: 0 });
  expect(counts).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(topPages).toEqual([]);
  expect(lastEventAt).toBeNull();
});

test("another shop's visits never count", async ({ db }) => {
  const [ours, theirs] = [await openShop(db), await openShop(db)];
  await ours.visits({ client: "ana", at: "2026-06-15T08:00:00Z", paths: ["/ours"] });
  await theirs.visits(
    { client: "ana", at: "2026-06-15T09:00:00Z", paths: ["/ours", "/theirs"] },
    { client: "bo", at: "2026-06-14T09:00:00Z", paths: ["/theirs"] },
  );

  const { totals, counts, topPages, lastEventAt } = await look(db, ours, "2026-06-15T12:00:00Z");

  expect(totals).toEqual({ of: "all", visitors: 1, sessions: 1, pageViews: 1 });
  expect(counts).toEqual([0, 0, 0, 0, 0, 0, 1]);
  expect(topPages).toEqual([{ path: "/ours", views: 1, uniqueViews: 1, share: 1 }]);
  expect(lastEventAt).toEqual(new Date("2026-06-15T08:00:00Z"));
});

test("days are the shop's: at UTC+13 they begin at eleven in the morning UTC", async ({ db }) => {
  const ours = await openShop(db);
  await ours.visits(
    { at: "2026-06-08T10:59:59.999Z", paths: ["/too-early"] },
    { at: "2026-06-08T11:00:00Z", paths: ["/first"] },
    { at: "2026-06-14T10:59:59Z", paths: ["/yesterday"] },
    { at: "2026-06-14T11:00:00Z", paths: ["/today"] },
    { at: "2026-06-15T11:00:00Z", paths: ["/tomorrow"] },
  );

  const { counts, topPages } = await look(db, ours, "2026-06-14T20:00:00Z", "Pacific/Tongatapu");

  expect(counts).toEqual([1, 0, 0, 0, 0, 1, 1]);
  expect(topPages.map(({ path }) => path)).toEqual(["/first", "/today", "/yesterday"]);
});

test("the day on which clocks go back has 25 hours, and the hour that comes twice counts twice", async ({
  db,
}) => {
  const ours = await openShop(db);
  await ours.visits(
    { at: "2026-10-24T21:59:00Z" },
    { at: "2026-10-24T22:00:00Z" },
    { at: "2026-10-25T00:30:00Z" },
    { at: "2026-10-25T01:30:00Z" },
    { at: "2026-10-25T22:59:00Z" },
    { at: "2026-10-25T23:00:00Z" },
  );

  const late = "2026-10-25T22:59:30Z";
  const today = await look(db, ours, late, "Europe/Berlin", "today");
  const week = await look(db, ours, late, "Europe/Berlin");

  expect(today.counts).toEqual([1, 0, 1, 1, ...Array<number>(20).fill(0), 1]);
  expect(week.counts).toEqual([0, 0, 0, 0, 0, 1, 4]);
});

test("today is counted by the hour, up to now", async ({ db }) => {
  const ours = await openShop(db);
  await ours.visits({ at: "2026-06-15T03:45:00Z" }, { at: "2026-06-15T05:00:00Z" });

  // In St. John's it is 02:35: two hours and a half behind UTC in summer.
  const { counts } = await look(db, ours, "2026-06-15T05:05:00Z", "America/St_Johns", "today");

  expect(counts).toEqual([0, 1, 1, ...Array<null>(21).fill(null)]);
});

test("a visitor of many days and many sessions is one visitor", async ({ db }) => {
  const ours = await openShop(db);
  const days = Array.from({ length: 30 }, (_, index) => String(index + 1).padStart(2, "0"));
  await ours.visits(...days.map((day) => ({ client: "ana", at: `2026-06-${day}T09:00:00Z` })), {
    client: "bo",
    at: "2026-06-30T10:00:00Z",
  });

  const { totals } = await look(db, ours, "2026-06-30T12:00:00Z", "UTC", "30d");

  expect(totals).toMatchObject({ visitors: 2, sessions: 31 });
});

test("a session counts where it started; its page views count where they were seen", async ({
  db,
}) => {
  const ours = await openShop(db);
  await ours.visits({ at: "2026-06-14T23:59:59Z", paths: ["/before", "/after"] });

  const { totals, topPages } = await look(db, ours, "2026-06-15T12:00:00Z", "UTC", "today");

  expect(totals).toEqual({ of: "all", visitors: 0, sessions: 0, pageViews: 1 });
  expect(topPages.map(({ path }) => path)).toEqual(["/after"]);
});

test("the ten most viewed pages come first, with their unique views and share", async ({ db }) => {
  const ours = await openShop(db);
  const others = Array.from({ length: 11 }, (_, index) => `/page-${index + 10}`);
  await ours.visits(
    { client: "ana", at: "2026-06-15T09:00:00Z", paths: ["/home", "/home", "/home", ...others] },
    { client: "bo", at: "2026-06-15T09:00:00Z", paths: ["/home", "/page-20"] },
  );

  const { topPages } = await look(db, ours, "2026-06-15T12:00:00Z");

  expect(topPages).toHaveLength(10);
  expect(topPages[0]).toEqual({ path: "/home", views: 4, uniqueViews: 2, share: 4 / 16 });
  expect(topPages[1]).toEqual({ path: "/page-20", views: 2, uniqueViews: 2, share: 2 / 16 });
  expect(topPages.slice(2).map(({ path }) => path)).toEqual(others.slice(0, 8));
});

test("the last event is the end of the session that ended last", async ({ db }) => {
  const ours = await openShop(db);
  await ours.visits(
    { at: "2026-06-15T09:00:00Z", paths: ["/", "/cart", "/cart"] },
    { at: "2026-06-14T09:00:00Z" },
  );

  const { lastEventAt } = await look(db, ours, "2026-06-20T12:00:00Z", "UTC", "today");

  expect(lastEventAt).toEqual(new Date("2026-06-15T09:00:02Z"));
});
