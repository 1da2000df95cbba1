import { expect } from "vitest";
import { topPages } from "~/analytics/pages/top.server";
import { averageTime, pageViews } from "~/analytics/pages/views.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addPageView } from "./page-facts";
import { addSession, questionAt } from "./session-facts";

const JUNE = { at: "2026-06-15T12:00:00Z" };
const TODAY = { ...JUNE, search: "period=today" };

/** The middle of the bucket, 5 % wide, that a time is in. */
const told = (ms: number) => 1.05 ** (Math.floor(Math.log(ms) / Math.log(1.05)) + 0.5);
/** So far between two times as their buckets tell them. */
const near = (ms: number, next = ms, share = 0.5): unknown =>
  expect.closeTo(told(ms) * (1 - share) + told(next) * share, 6);

/** A shop where two sessions saw four pages today. */
async function openShop(db: Database): Promise<number> {
  const { id } = await shop(db);
  const [home, mug] = [
    { path: "/", pageType: "home" },
    { path: "/products/mug", pageType: "product" },
  ];
  await addSession(db, id, { at: "2026-06-15T08:00:00Z", sessionId: "s1", device: "mobile" });
  await addSession(db, id, { at: "2026-06-15T09:00:00Z", sessionId: "s2", device: "desktop" });
  await addPageView(db, id, {
    ...{ ...home, at: "2026-06-15T08:00:00Z", title: "Home", visibleMs: 10_000, scrollPercent: 50 },
    ...{ firstInteractionMs: 800, rageClickCount: 1, deadClickCount: 2 },
  });
  await addPageView(db, id, {
    ...{
      ...mug,
      at: "2026-06-15T08:01:00Z",
      title: "A mug",
      visibleMs: 20_000,
      scrollPercent: 100,
    },
    firstInteractionMs: 1_200,
  });
  await addPageView(db, id, {
    ...{ ...home, at: "2026-06-15T08:02:00Z", title: "Welcome", visibleMs: 60_000 },
    ...{ scrollPercent: 90, isExit: true },
  });
  await addPageView(db, id, { ...mug, at: "2026-06-15T09:00:00Z", sessionId: "s2", isExit: true });
  return id;
}

test("views, unique views, exits and times are counted, each over what told of it", async ({
  db,
}) => {
  const id = await openShop(db);

  const { rows } = await pageViews(db, questionAt(id, TODAY), { by: "all" });

  expect(rows).toEqual([
    {
      ...{ of: "all", views: 4, uniqueViews: 3, exits: 2, exitRate: 0.5 },
      ...{
        meanVisible: 30_000,
        medianVisible: near(20_000),
        p90Visible: near(20_000, 60_000, 0.8),
      },
      ...{ toldVisible: 3, meanScroll: 0.8, toldScroll: 3, toldInteraction: 2 },
      medianInteraction: near(800, 1_200),
      ...{ rageClicks: 1, deadClicks: 2 },
    },
  ]);
});

test("types of pages come with most views first, and so does their visible time", async ({
  db,
}) => {
  const id = await openShop(db);
  await addPageView(db, id, {
    at: "2026-06-15T10:00:00Z",
    pageType: "product",
    path: "/products/cup",
  });

  const types = await pageViews(db, questionAt(id, TODAY), { by: "type" });
  const times = await averageTime(db, questionAt(id, TODAY), { by: "type", limit: 50 });
  const paths = await averageTime(db, questionAt(id, TODAY), { by: "path", limit: 1 });

  expect(types.rows.map(({ of, views, uniqueViews }) => [of, views, uniqueViews])).toEqual([
    ["product", 3, 3],
    ["home", 2, 1],
  ]);
  expect(times.rows).toEqual([
    {
      ...{ of: "product", views: 3, toldVisible: 1 },
      ...{ meanVisible: 20_000, medianVisible: near(20_000), p90Visible: near(20_000) },
    },
    {
      ...{ of: "home", views: 2, toldVisible: 2 },
      ...{
        meanVisible: 35_000,
        medianVisible: near(10_000, 60_000),
        p90Visible: near(10_000, 60_000, 0.9),
      },
    },
  ]);
  expect(paths.rows).toMatchObject([{ of: "/", views: 2, toldVisible: 2 }]);
});

test("a page has its latest title, and its exit rate with what that is at least", async ({
  db,
}) => {
  const id = await openShop(db);

  const { rows, next } = await topPages(db, questionAt(id, TODAY), { sort: "views", limit: 50 });

  expect(next).toBeNull();
  expect(rows.map(({ page, title, pageType }) => [page, title, pageType])).toEqual([
    ["/", "Welcome", "home"],
    ["/products/mug", null, "product"],
  ]);
  expect(rows[0]).toMatchObject({ views: 2, uniqueViews: 1, exits: 1, exitRate: 0.5 });
  expect(rows[0]?.exitRateAtLeast).toBeCloseTo(0.0945, 4);
  expect(Object.keys(rows[0] ?? {})).toHaveLength(18);
});

test("one exit of one view does not lead the ranking by exit rate", async ({ db }) => {
  const { id } = await shop(db);
  const see = (path: string, isExit: boolean) =>
    addPageView(db, id, { at: "2026-06-15T08:00:00Z", path, isExit });
  await see("/once", true);
  for (let view = 0; view < 10; view++) await see("/often", view > 0);
  for (let view = 0; view < 3; view++) await see("/never", false);

  const { rows } = await topPages(db, questionAt(id, TODAY), { sort: "exitRate", limit: 50 });

  expect(rows.map(({ page, exitRate }) => [page, exitRate])).toEqual([
    ["/often", 0.9],
    ["/once", 1],
    ["/never", 0],
  ]);
  const [often, once, never] = rows.map(({ exitRateAtLeast }) => exitRateAtLeast);
  expect(often).toBeCloseTo(0.5958, 4);
  expect(once).toBeCloseTo(0.2065, 4);
  expect(never).toBe(0);
});

test("pages of a ranking follow each other without a gap, also among equal ones", async ({
  db,
}) => {
  const { id } = await shop(db);
  for (const [path, views] of [
    ["/b", 2],
    ["/a", 1],
    ["/d", 1],
    ["/c", 1],
    ["/e", 3],
  ] as const)
    for (let view = 0; view < views; view++)
      await addPageView(db, id, { at: "2026-06-15T08:00:00Z", path });
  const read = (cursor?: string) =>
    topPages(db, questionAt(id, TODAY), { sort: "views", limit: 2, cursor });

  const first = await read();
  const second = await read(first.next ?? "");
  const third = await read(second.next ?? "");

  const pages = [first, second, third].map(({ rows }) => rows.map(({ page }) => page));
  expect(pages).toEqual([["/e", "/b"], ["/a", "/c"], ["/d"]]);
  expect(third.next).toBeNull();
});

test("only pages of a type, and only views in the sessions that are looked at", async ({ db }) => {
  const id = await openShop(db);
  const mobile = questionAt(id, { ...JUNE, search: "period=today&device=mobile" });

  const products = await topPages(db, mobile, { sort: "views", limit: 50, pageType: "product" });
  const all = await pageViews(db, mobile, { by: "all" });

  expect(products.rows.map(({ page, views }) => [page, views])).toEqual([["/products/mug", 1]]);
  expect(all.rows).toMatchObject([{ views: 3, uniqueViews: 2, exits: 1 }]);
});

test("a view is looked at by its session's filters, however long ago that began", async ({
  db,
}) => {
  const { id } = await shop(db);
  const endedAt = new Date("2026-06-15T10:00:00Z");
  const about = { sessionId: "long", device: "mobile", endedAt };
  await addSession(db, id, { at: "2026-06-10T08:00:00Z", ...about });
  await addPageView(db, id, { at: "2026-06-15T10:00:00Z", path: "/", sessionId: "long" });
  const viewsOf = async (device: string) => {
    const asked = questionAt(id, { ...JUNE, search: `period=today&device=${device}` });
    return (await pageViews(db, asked, { by: "all" })).rows[0]?.views;
  };

  expect([await viewsOf("mobile"), await viewsOf("tablet")]).toEqual([1, 0]);
});

test("where one of ten visitors was sampled, a view stands for ten", async ({ db }) => {
  const { id } = await shop(db);
  const sampled = { sampleRate: 0.1, visibleMs: 40_000, scrollPercent: 100, rageClickCount: 1 };
  await addPageView(db, id, { at: "2026-06-15T08:00:00Z", ...sampled, isExit: true });
  await addPageView(db, id, { at: "2026-06-15T08:00:00Z", visibleMs: 7_000, scrollPercent: 45 });

  const { rows } = await pageViews(db, questionAt(id, TODAY), { by: "all" });

  expect(rows).toMatchObject([
    {
      views: 11,
      exits: 10,
      toldVisible: 11,
      meanVisible: 37_000,
      meanScroll: 0.95,
      rageClicks: 10,
    },
  ]);
});

test("bots and other shops do not count, and a day without views has zeros and no rates", async ({
  db,
}) => {
  const [{ id }, other] = [await shop(db), await shop(db)];
  await addPageView(db, id, { at: "2026-06-15T08:00:00Z", isBot: true });
  await addPageView(db, other.id, { at: "2026-06-15T08:00:00Z" });

  const question = questionAt(id, { ...JUNE, search: "from=2026-06-14&to=2026-06-15&unit=day" });
  const { rows } = await pageViews(db, question, { by: "step" });

  const nothing = { views: 0, uniqueViews: 0, exits: 0, exitRate: null, meanVisible: null };
  expect(rows).toMatchObject([
    { of: "2026-06-14T00:00:00.000Z", ...nothing },
    { of: "2026-06-15T00:00:00.000Z", ...nothing },
  ]);
  expect((await topPages(db, question, { sort: "views", limit: 50 })).rows).toEqual([]);
});

test("a session over midnight counts its views on both days, a page that it sees again once, in a shop at UTC+13", async ({
  db,
}) => {
  const { id } = await shop(db);
  for (const at of ["2026-06-14T10:59:59.999Z", "2026-06-14T11:00:00Z", "2026-06-15T11:00:00Z"])
    await addPageView(db, id, { at });

  const search = "from=2026-06-14&to=2026-06-15&unit=day";
  const question = questionAt(id, { ...JUNE, zone: "Pacific/Tongatapu", search });
  const { rows } = await pageViews(db, question, { by: "step" });

  expect(rows.map(({ of, views, uniqueViews }) => [of, views, uniqueViews])).toEqual([
    ["2026-06-13T11:00:00.000Z", 1, 1],
    ["2026-06-14T11:00:00.000Z", 1, 0],
  ]);
});

test("the day on which clocks go forward has 23 hours", async ({ db }) => {
  const { id } = await shop(db);
  for (const time of ["28T22:59", "28T23:00", "29T00:59", "29T01:00", "29T21:59", "29T22:00"])
    await addPageView(db, id, { at: `2026-03-${time}:00Z` });

  const search = "from=2026-03-29&to=2026-03-29&unit=hour";
  const question = questionAt(id, { at: "2026-04-01T12:00:00Z", zone: "Europe/Zurich", search });
  const { rows } = await pageViews(db, question, { by: "step" });

  expect(rows).toHaveLength(23);
  expect(rows.flatMap(({ views }, hour) => (views > 0 ? [[hour, views]] : []))).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
    [22, 1],
  ]);
});
