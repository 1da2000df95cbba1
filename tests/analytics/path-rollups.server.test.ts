import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { DIRECTIONS } from "~/analytics/journeys/directions";
import { journeys } from "~/analytics/journeys/journeys.server";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import type { Database } from "~/platform/db.server";
import { eraseShop } from "~/privacy/erase.server";
import { test } from "../database";
import { shop } from "../factories";
import { addSession, ask } from "./facts";
import { fromFacts, keepAll } from "./keeping";

const NOW = "2026-11-02T02:00:00Z";
const PERIOD = "from=2026-10-20&to=2026-11-02";
/** Longer than an index holds, and as another one until their names are cut. */
const [LONG, LONGER] = ["a", "b"].map((end) => `/${"é".repeat(1_250)} → /${end}`);

const visit = fc.record({
  /** Of an hour, since a Monday began, UTC; the last ones are not over yet. */
  minute: fc.integer({ min: 0, max: 13 * 24 * 60 + 110 }),
  paths: fc.oneof(
    { weight: 6, arbitrary: fc.constant("/") },
    { weight: 4, arbitrary: fc.constant("/ → /cart") },
    { weight: 3, arbitrary: fc.constantFrom("/products/1", "/cart", "") },
    { weight: 3, arbitrary: fc.nat({ max: 40 }).map((id) => `/ → /products/${id}`) },
    { weight: 1, arbitrary: fc.constantFrom(LONG, LONGER, null) },
  ),
  rate: fc.constantFrom(1, 1, 0.5),
  buys: fc.nat({ max: 3 }).map((one) => one === 0),
  isBot: fc.nat({ max: 9 }).map((one) => one === 0),
  isMobile: fc.boolean(),
});
type Visit = typeof visit extends fc.Arbitrary<infer Made> ? Made : never;

const sessionOf = (
  shopId: number,
  { minute, paths, rate, buys, isBot, isMobile }: Visit,
  clientId: string,
) => {
  const startedAt = new Date(Date.parse("2026-10-20T00:00:00Z") + minute * 60_000);
  return {
    ...{ shopId, sessionId: randomUUID(), clientId, startedAt, endedAt: startedAt },
    ...{ eventCount: 1, pageViewCount: 1, sampleRate: rate, stage: buys ? 5 : 1 },
    ...{ firstPaths: paths ?? null, pathsToPurchase: buys ? (paths ?? null) : null },
    ...{ botRule: isBot ? "name" : null, device: isMobile ? "mobile" : "desktop" },
  };
};

const LISTS = DIRECTIONS.flatMap((direction) => [
  ...[1, 3, 50].map((limit) => ({ direction, limit, length: 5, search: PERIOD })),
  { direction, limit: 2, length: 5, starts: "/", search: PERIOD },
  { direction, limit: 2, length: 5, starts: `/${"é".repeat(1_250)}`, search: PERIOD },
  { direction, limit: 3, length: 2, search: PERIOD },
  { direction, limit: 3, length: 5, search: `${PERIOD}&device=mobile` },
  { direction, limit: 2, length: 5, search: "from=2026-10-24&to=2026-10-27" },
]);

/** Every list, each with the next one and the one after it. */
async function listsOf(db: Database, id: number, zone: string) {
  const told = [];
  for (const { search, ...asked } of LISTS) {
    const question = ask(id, search, { now: NOW, zone });
    let cursor: string | undefined;
    for (let page = 0; page < 3; page++) {
      const list = await journeys(db, question, { ...asked, pages: "path", cursor });
      told.push(list);
      if (!list.next) break;
      cursor = list.next;
    }
  }
  return told;
}

test(
  "what is kept of journeys by path answers as sessions do, also after more came and some went",
  { timeout: 600_000 },
  async ({ db }) => {
    const some = fc.array(visit, { minLength: 60, maxLength: 140, size: "max" });
    const zones = fc.constantFrom("UTC", "Europe/Zurich", "America/New_York");
    let lists = 0;
    await fc.assert(
      fc.asyncProperty(some, some, zones, async (first, more, zone) => {
        const { id } = await shop(db, { timeZone: zone });
        const answers = () => listsOf(db, id, zone);
        const add = (made: readonly Visit[]) =>
          db.session.createMany({
            data: made.map((visit, index) => sessionOf(id, visit, `client-${index % 4}`)),
          });

        await add(first);
        const before = await answers();
        await keepAll(db, { shopId: id, timeZone: zone }, NOW);
        expect(await answers()).toEqual(before);

        await add(more.slice(0, 5));
        expect(await answers()).toEqual(await fromFacts(db, id, answers));
        await add(more.slice(5));
        await db.session.deleteMany({ where: { shopId: id, clientId: "client-1" } });
        const changed = await answers();
        await keepAll(db, { shopId: id, timeZone: zone }, NOW);
        expect(await compareSpans(db, id)).toBe(0);
        expect(await answers()).toEqual(changed);

        await db.rollupSpan.deleteMany({
          where: { shopId: id, unit: { in: ["week", "fourWeeks"] } },
        });
        expect(await answers()).toEqual(changed);
        await db.rollupSpan.deleteMany({
          where: { shopId: id, startsAt: { gt: new Date("2026-10-27T12:00:00Z") } },
        });
        expect(await answers()).toEqual(changed);
        lists += changed.length;
      }),
      { numRuns: 3, seed: 11 },
    );
    expect(lists).toBeGreaterThan(100);
  },
);

const DEFAULTS = { direction: "entry", pages: "path", length: 5, limit: 1 } as const;

/** Sessions on each of three days, by their journeys. */
const DAYS = {
  "2026-10-21": { "/": 8, "/cart": 5, "/search": 3 },
  "2026-10-22": { "/": 8, "/cart": 1, "/search": 3 },
  "2026-10-23": { "/": 8, "/cart": 5, "/search": 3, "/new": 3, "/rare": 1 },
};
const ALL = 2 * (16 + 12 + 20);

/** A shop with those, each of two sessions, all kept; the rare one as if it were of a hundred, though of one row. */
async function keptShop(db: Database) {
  const { id } = await shop(db, { timeZone: "UTC" });
  const walks = Object.entries(DAYS).flatMap(([day, counts]) =>
    Object.entries(counts).flatMap(([paths, count]) =>
      Array<[string, string]>(count).fill([day, paths]),
    ),
  );
  for (const [day, firstPaths] of walks)
    await addSession(db, id, { at: `${day}T09:00:00Z`, firstPaths, sampleRate: 0.5 });
  await keepAll(db, { shopId: id, timeZone: "UTC" }, NOW);
  await db.pathJourneyRollup.updateMany({
    where: { shopId: id, pages: "/rare" },
    data: { sessions: 100 },
  });
  const tell = async (about: object = {}, search = PERIOD) => {
    const question = ask(id, search, { now: NOW });
    const { rows } = await journeys(db, question, { ...DEFAULTS, ...about });
    return rows.map(({ pages, sessions, all }) => [pages, sessions, all]);
  };
  return { id, tell };
}

test("the commonest journeys are told without reading others of one session", async ({ db }) => {
  const { tell } = await keptShop(db);

  expect(await tell({ limit: 2 })).toEqual([
    ["/", 48, ALL],
    ["/cart", 22, ALL],
  ]);
});

test("where one session a day may make another as common, all that is kept is added up", async ({
  db,
}) => {
  const { tell } = await keptShop(db);

  expect(await tell({ limit: 3 })).toEqual([
    ["/rare", 100, ALL],
    ["/", 48, ALL],
    ["/cart", 22, ALL],
  ]);
  expect(await tell({ starts: "/rare" })).toEqual([["/rare", 100, ALL]]);
});

test("with a filter, of fewer pages and where nothing is kept, sessions are counted", async ({
  db,
}) => {
  const { id, tell } = await keptShop(db);
  const all = [
    ["/", 48, ALL],
    ["/cart", 22, ALL],
    ["/search", 18, ALL],
    ["/new", 6, ALL],
    ["/rare", 2, ALL],
  ];

  expect(await tell({ limit: 5 }, `${PERIOD}&channel=direct`)).toEqual(all);
  expect(await tell({ limit: 5, length: 3 })).toEqual(all);
  await db.rollupSpan.deleteMany({ where: { shopId: id } });
  expect(await tell({ limit: 5 })).toEqual(all);
});

test("what is kept of an hour that changed is not read", async ({ db }) => {
  const { id, tell } = await keptShop(db);

  await addSession(db, id, { at: "2026-10-23T09:30:00Z", firstPaths: "/rare" });

  expect(await tell({ limit: 5 })).toEqual([
    ["/", 48, ALL + 1],
    ["/cart", 22, ALL + 1],
    ["/search", 18, ALL + 1],
    ["/new", 6, ALL + 1],
    ["/rare", 3, ALL + 1],
  ]);
});

test("a journey too long for an index is told whole", async ({ db }) => {
  const { id } = await shop(db, { timeZone: "UTC" });
  for (const firstPaths of [LONG, LONG, LONGER, "/", "/"])
    await addSession(db, id, { at: "2026-10-21T09:00:00Z", firstPaths });
  await keepAll(db, { shopId: id, timeZone: "UTC" }, NOW);

  const { rows } = await journeys(db, ask(id, PERIOD, { now: NOW }), { ...DEFAULTS, limit: 3 });

  expect(rows.map(({ pages, length, sessions }) => [pages, length, sessions])).toEqual([
    ["/", 1, 2],
    [LONG, 2, 2],
    [LONGER, 2, 1],
  ]);
});

test("one shop's journeys are no other's, and go with it", async ({ db }) => {
  const { id, tell } = await keptShop(db);
  const other = await keptShop(db);
  await db.pathJourneyRollup.deleteMany({ where: { shopId: other.id } });

  expect(await tell({ limit: 2 })).toHaveLength(2);
  expect(await other.tell({ limit: 2 })).toEqual([]);
  await db.$transaction((tx) => eraseShop(tx, id));
  expect(await db.pathJourneyRollup.count({ where: { shopId: id } })).toBe(0);
});
