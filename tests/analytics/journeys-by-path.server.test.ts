import fc from "fast-check";
import { expect } from "vitest";
import { DIRECTIONS, type Direction } from "~/analytics/journeys/directions";
import { journeys } from "~/analytics/journeys/journeys.server";
import { append, ensurePartitions } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import type { Database } from "~/platform/db.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { test } from "../database";
import { logEvent, NOON, shop } from "../factories";
import { catchUp, prepareFolds, refold } from "../folding";
import { ask } from "./facts";

type Asked = { direction: Direction; length: number; starts?: string };

const isTold = <Value>(value: Value | undefined): value is Value => value !== undefined;

/** What the report may be told by, without what sessions keep of their journeys. */
async function factsOf(db: Database, shopId: number) {
  return {
    sessions: await db.session.findMany({ where: { shopId, botRule: null } }),
    views: await db.pageView.findMany({ where: { shopId }, orderBy: { viewedAt: "asc" } }),
    completed: await db.funnelStep.findMany({ where: { shopId, step: "completed" } }),
  };
}
type Facts = Awaited<ReturnType<typeof factsOf>>;

/** The same as the report tells, by looking at each session's page views one after the other. */
function naiveJourneys(
  { sessions, views, completed }: Facts,
  { direction, length, starts }: Asked,
) {
  const ways = sessions
    .map(({ sessionId, sampleRate }) => {
      const bought = completed.find((step) => step.sessionId === sessionId)?.reachedAt;
      const until = direction === "entry" ? new Date(8e15) : (bought ?? new Date(0));
      const seen: string[] = [];
      for (const view of views)
        if (view.sessionId === sessionId && view.viewedAt <= until && seen.at(-1) !== view.path)
          seen.push(view.path);
      const pages = direction === "entry" ? seen.slice(0, length) : seen.slice(-length);
      return pages.length === 0 ? undefined : { pages, weight: 1 / sampleRate, bought };
    })
    .filter(isTold);
  const all = ways.reduce((sum, { weight }) => sum + weight, 0);
  const sums = new Map<string, { length: number; sessions: number; purchases: number }>();
  for (const { pages, weight, bought } of ways) {
    if (starts !== undefined && pages[0] !== starts) continue;
    const name = pages.map((path) => path.replaceAll(" ", "%20")).join(" → ");
    const { sessions, purchases } = sums.get(name) ?? { sessions: 0, purchases: 0 };
    sums.set(name, {
      length: pages.length,
      sessions: sessions + weight,
      purchases: purchases + (bought ? weight : 0),
    });
  }
  return [...sums]
    .map(([pages, row]) => ({ pages, ...row, all, share: row.sessions / all }))
    .sort(byPages);
}
const byPages = (a: { pages: string }, b: { pages: string }) => (a.pages < b.pages ? -1 : 1);

const PATHS = ["/", "/cart", "/products/7", "/products/8", "/a → /b", "/a →", null];
const RATES: Record<string, number> = { ana: 1, bo: 0.5, cy: 0.25 };

/** What a browser did at a second of its own: a page, a purchase, or a click. */
const deed = fc.record({
  who: fc.constantFrom("ana", "bo", "cy", "robot"),
  second: fc.nat({ max: 3 * 3_600 }),
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PATHS) },
    { weight: 1, arbitrary: fc.constantFrom("buys", "clicks") },
  ),
});
const deeds = fc.uniqueArray(deed, {
  selector: ({ who, second }) => `${who} ${second}`,
  ...{ minLength: 40, maxLength: 90, size: "max" },
});
type Deed = typeof deed extends fc.Arbitrary<infer Made> ? Made : never;

const NAMES: Record<string, string> = {
  buys: "checkout_completed",
  clicks: "pixelnova:element_clicked",
};

function toEvent({ who, second, what }: Deed): LogEvent {
  const name = NAMES[what ?? ""];
  const path = name ? "/checkouts/1" : what;
  const userAgent = who === "robot" ? "Googlebot/2.1" : null;
  const data = what === "buys" ? { checkout: { token: null, order: null, lineItems: [] } } : {};
  return logEvent({
    ...{ name: name ?? "page_viewed", clientId: who },
    occurredAt: new Date(NOON.getTime() + second * 1_000),
    payload: {
      ...{ data, context: { path, title: "A page", userAgent } },
      ...{ consent: null, sampleRate: RATES[who] ?? 1 },
    },
  });
}

const ASKED: Asked[] = DIRECTIONS.flatMap((direction) => [
  ...[2, 3, 5].map((length) => ({ direction, length })),
  { direction, length: 4, starts: "/a → /b" },
]);

/** Expects the report to tell what page views tell. */
async function expectTold(db: Database, shopId: number): Promise<number> {
  const question = ask(shopId, "from=2026-11-21&to=2026-11-22", { now: "2026-11-23T00:00:00Z" });
  const facts = await factsOf(db, shopId);
  let rows = 0;
  for (const asked of ASKED) {
    const told = await journeys(db, question, { ...asked, pages: "path", limit: 250 });
    const expected = naiveJourneys(facts, asked);
    const counts = told.rows.map(({ sessions }) => sessions);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect([...told.rows].sort(byPages)).toEqual(
      expected.map((row) => ({ ...row, share: expect.closeTo(row.share, 9) as number })),
    );
    rows += told.rows.length;
  }
  return rows;
}

test(
  "journeys by path are those of the page views, also after some came late, some went and all were folded anew",
  { timeout: 300_000 },
  async ({ db }) => {
    await ensurePartitions(db, NOON);
    await prepareFolds(db);
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(deeds, async (made) => {
        const { id } = await shop(db);
        const events = made.map(toEvent);
        const late = events.filter((_, index) => index % 3 === 0);
        await append(
          db,
          id,
          events.filter((event) => !late.includes(event)),
        );
        await catchUp(db, id);
        rows += await expectTold(db, id);

        await append(db, id, late);
        await catchUp(db, id);
        await expectTold(db, id);

        await db.$executeRaw`delete from pixel_events where shop_id = ${id}::int and client_id = 'bo'`;
        await refold(db, id, ["bo"]);
        await expectTold(db, id);
        expect(await db.session.count({ where: { shopId: id, clientId: "bo" } })).toBe(0);

        await db.session.updateMany({
          where: { shopId: id },
          data: { firstPaths: "/of-old", pathsToPurchase: null },
        });
        await rebuildShop(db.pool, { shopId: id, projections: ["sessions"] });
        await expectTold(db, id);
      }),
      { numRuns: 6, seed: 5 },
    );
    expect(rows).toBeGreaterThan(100);
  },
);
