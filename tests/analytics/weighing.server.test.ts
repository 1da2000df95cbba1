import { createHash } from "node:crypto";
import { expect } from "vitest";
import { botSessions } from "~/analytics/bots.server";
import { overview } from "~/analytics/overview.server";
import { periodOf } from "~/analytics/period";
import { append, ensurePartitions } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import type { Database } from "~/platform/db.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { test } from "../database";
import { logEvent, minutes, NOON, shop } from "../factories";

const TODAY = periodOf("today", "UTC", NOON);

test.beforeAll(({ db }) => ensurePartitions(db, NOON));

/** A page view at a minute before noon. */
const view = (clientId: string, minute: number, about: Record<string, unknown> = {}): LogEvent => {
  const { path = "/", userAgent = null, sampleRate } = about;
  const context = { path, title: "Home", userAgent };
  return logEvent({
    clientId,
    occurredAt: minutes(minute - 600),
    payload: { data: {}, context, ...(typeof sampleRate === "number" ? { sampleRate } : {}) },
  });
};
const BOT = { userAgent: "Googlebot/2.1" };

/** A shop whose log holds these events, folded. */
async function shopWith(db: Database, events: readonly LogEvent[]): Promise<number> {
  const { id } = await shop(db);
  await append(db, id, events);
  await rebuildShop(db.pool, { shopId: id });
  return id;
}

const look = (db: Database, shopId: number) => overview(db, shopId, { period: TODAY, now: NOON });

test("no metric has bots", async ({ db }) => {
  const id = await shopWith(db, [
    view("ana", 0),
    view("crawler", 1, { ...BOT, path: "/crawled" }),
    view("crawler", 2, { ...BOT, path: "/crawled" }),
  ]);

  const people = await look(db, id);

  expect(people.totals).toMatchObject({ visitors: 1, sessions: 1, pageViews: 1 });
  expect(people.topPages).toEqual([{ path: "/", views: 1, uniqueViews: 1, share: 1 }]);
  expect(people.sessionsOverTime.steps[2]?.sessions).toBe(1);
});

test("the sessions left out are counted by the rule that told them", async ({ db }) => {
  const crawl = Array.from({ length: 20 }, () => view("fast", 5));
  const id = await shopWith(db, [
    view("ana", 0),
    ...["one", "two"].map((client) => view(client, 1, BOT)),
    ...crawl,
  ]);

  expect(await botSessions(db, id, TODAY)).toEqual([
    { rule: "declared", sessions: 2 },
    { rule: "hurried", sessions: 1 },
  ]);
  expect(await botSessions(db, id + 1, TODAY)).toEqual([]);
  expect(await botSessions(db, id, { from: NOON, to: TODAY.to })).toEqual([]);
});

test("a tenth of visitors stands for ten times as many, in every number", async ({ db }) => {
  const tenth = { sampleRate: 0.1 };
  const id = await shopWith(db, [
    view("ana", 0, tenth),
    view("ana", 60, { ...tenth, path: "/tea" }),
    view("bo", 60, tenth),
    view("crawler", 60, { ...tenth, ...BOT }),
  ]);

  const { totals, sessionsOverTime, topPages } = await look(db, id);

  expect(totals).toMatchObject({ visitors: 20, sessions: 30, pageViews: 30 });
  expect(sessionsOverTime.steps.slice(2, 4).map(({ sessions }) => sessions)).toEqual([10, 20]);
  expect(topPages).toEqual([
    { path: "/", views: 20, uniqueViews: 20, share: 2 / 3 },
    { path: "/tea", views: 10, uniqueViews: 10, share: 1 / 3 },
  ]);
  expect(await botSessions(db, id, TODAY)).toEqual([{ rule: "declared", sessions: 10 }]);
});

test("a visitor who came at two rates counts by the higher, which decided that they were seen", async ({
  db,
}) => {
  const id = await shopWith(db, [
    view("ana", 0),
    view("ana", 60, { sampleRate: 0.5 }),
    view("bo", 60, { sampleRate: 0.5 }),
  ]);

  expect((await look(db, id)).totals).toMatchObject({ visitors: 3, sessions: 5, pageViews: 5 });
});

test("numbers are whole at a rate that does not divide one", async ({ db }) => {
  const id = await shopWith(
    db,
    ["ana", "bo"].map((client) => view(client, 0, { sampleRate: 0.3 })),
  );

  expect((await look(db, id)).totals).toMatchObject({ visitors: 7, sessions: 7, pageViews: 7 });
});

test("a rate out of a forged event inflates nothing beyond a thousand", async ({ db }) => {
  const id = await shopWith(db, [view("mallory", 0, { sampleRate: Number.MIN_VALUE })]);

  expect((await look(db, id)).totals.visitors).toBe(1_000);
});

test("sums are exact beyond what a single-precision number can hold", async ({ db }) => {
  const { id } = await shop(db);
  await db.$executeRaw`
    insert into page_views (shop_id, event_id, session_id, client_id, viewed_at, path, sample_rate)
    select ${id}::int, i::text, '1', 'ana', ${NOON}::timestamptz, '/', case i when 0 then 1 else 0.25 ^ 5 end
    from generate_series(0, 20000) as i`;

  expect((await look(db, id)).totals.pageViews).toBe(20_000 * 4 ** 5 + 1);
});

/** A number in [0, 1) that is always the same for a client. */
const shareOf = (client: string): number =>
  createHash("sha256").update(client).digest().readUInt32BE() / 2 ** 32;

/** What one of many visitors does: up to three sessions of up to four pages. */
const visitsOf = (client: string): number[] => {
  const [sessions = 0, ...pages] = createHash("sha256").update(`visits of ${client}`).digest();
  return pages.slice(0, 1 + (sessions % 3)).map((count) => 1 + (count % 4));
};

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test.for([
  [0.5, "first"],
  [0.25, "second"],
  [0.1, "third"],
  [0.1, "fourth"],
  [0.05, "fifth"],
  [0.03, "sixth"],
] as const)(
  "sampled at %d, the weighted numbers are within four standard errors of the truth (%s)",
  async ([sampleRate, seed], { db }) => {
    const clients = Array.from({ length: 3_000 }, (_, i) => `${seed} ${i}`);
    const sampled = clients.filter((client) => shareOf(client) < sampleRate);
    const events = sampled.flatMap((client) =>
      visitsOf(client).flatMap((pages, session) =>
        Array.from({ length: pages }, (_, page) =>
          view(client, session * 60 + page, { sampleRate }),
        ),
      ),
    );
    const id = await shopWith(db, events);

    const { totals } = await look(db, id);

    const perVisitor = {
      visitors: clients.map(() => 1),
      sessions: clients.map((client) => visitsOf(client).length),
      pageViews: clients.map((client) => sum(visitsOf(client))),
    };
    for (const metric of ["visitors", "sessions", "pageViews"] as const) {
      const truth = sum(perVisitor[metric]);
      const squares = sum(perVisitor[metric].map((count) => count ** 2));
      const standardError = Math.sqrt((squares * (1 - sampleRate)) / sampleRate);
      expect(Math.abs(totals[metric] - truth)).toBeLessThan(4 * standardError);
      expect(Math.abs(totals[metric] * sampleRate - truth)).toBeGreaterThan(4 * standardError);
    }
  },
);
