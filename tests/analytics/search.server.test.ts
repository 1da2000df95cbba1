import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { search, SEARCH_REPORTS, type SearchAsked } from "~/analytics/search/search.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addSession, ask } from "./facts";

type Made = { query: string; found?: number; clicked?: number; refines?: boolean };
type Visit = {
  at: string;
  searches: Made[];
  /** Minutes after its start at which the session ordered, and for how much. */
  order?: { after: number; brought: bigint; isTest?: boolean; cancelled?: boolean };
} & Partial<Parameters<typeof addSession>[2]>;

let orders = 0;

/** Sessions that search every minute. */
async function addVisits(db: Database, shopId: number, ...visits: Visit[]) {
  for (const { at, searches, order, ...about } of visits) {
    const time = (minute: number) => new Date(Date.parse(at) + minute * 60_000);
    const until = time(searches.length).toISOString();
    const facts = await addSession(db, shopId, { at, until, ...about });
    let before: string | null = null;
    for (const [index, { query, found = 3, clicked, refines = false }] of searches.entries()) {
      const eventId = randomUUID();
      await db.search.create({
        data: {
          ...{ ...facts, eventId, searchedAt: time(index), query, resultCount: found },
          ...{ refines: refines ? before : null, clickedPosition: clicked ?? null },
          clickedProductId: clicked === undefined ? null : 7n,
          ...{ isBot: about.botRule !== undefined, sampleRate: about.sampleRate ?? 1 },
        },
      });
      before = eventId;
    }
    if (order) await addOrder(db, { ...facts, placedAt: time(order.after) }, order);
  }
}

const addOrder = (
  db: Database,
  about: { shopId: number; sessionId: string; placedAt: Date },
  { brought, isTest = false, cancelled = false }: NonNullable<Visit["order"]>,
) =>
  db.order.create({
    data: {
      ...{ shopId: about.shopId, sessionId: about.sessionId, placedAt: about.placedAt },
      ...{ orderId: ++orders, updatedAt: about.placedAt, firstReceivedAt: about.placedAt, isTest },
      ...{ cancelledAt: cancelled ? about.placedAt : null, currency: "EUR", source: "webhook" },
      ...{ totalMinor: brought, subtotalMinor: brought, revenueMinor: brought, discountMinor: 0 },
      ...{ taxMinor: 0, shippingMinor: 0, refundedMinor: 0, itemCount: 1, hasDiscountCode: false },
    },
  });

const look = (db: Database, id: number, asked: Partial<SearchAsked> = {}, address = "") =>
  search(db, ask(id, address, { now: "2026-06-12T12:00:00Z" }), {
    ...{ by: "query", rank: "searches", limit: 50, ...asked },
  });
const at = "2026-06-10T09:00:00Z";

test("of each query: what was found, looked at, refined and bought", async ({ db }) => {
  const { id } = await shop(db);
  await addVisits(
    ...([db, id] as const),
    {
      ...{ at, order: { after: 9, brought: 4_000n } },
      searches: [
        { query: "tnt", found: 0 },
        { query: "tent", refines: true, clicked: 2 },
      ],
    },
    { at, searches: [{ query: "tent", clicked: 5 }, { query: "tent" }] },
    { at, searches: [{ query: "tent", found: 0 }], order: { after: 5, brought: 6_000n } },
  );

  const { rows, next } = await look(db, id);
  const all = await look(db, id, { by: "all" });

  expect(rows).toEqual([
    {
      ...{ of: "tent", searches: 4, sessions: 3, zeroResults: 1, zeroResultShare: 0.25 },
      ...{ clicks: 2, noClicks: 1, noClickShare: 1 / 3, clickedPosition: 3.5, refinements: 0 },
      ...{ convertedSessions: 2, conversionRate: 2 / 3, revenue: 10_000 },
    },
    {
      ...{ of: "tnt", searches: 1, sessions: 1, zeroResults: 1, zeroResultShare: 1 },
      ...{ clicks: 0, noClicks: 0, noClickShare: null, clickedPosition: null, refinements: 1 },
      ...{ convertedSessions: 1, conversionRate: 1, revenue: 4_000 },
    },
  ]);
  expect(next).toBeNull();
  expect(all.rows).toMatchObject([
    { of: "all", searches: 5, sessions: 3, zeroResults: 2, refinements: 1, revenue: 10_000 },
  ]);
});

test("an order before the search, a test order and a cancelled one come of no search", async ({
  db,
}) => {
  const { id } = await shop(db);
  const searches = [{ query: "tent" }];
  await addVisits(
    ...([db, id] as const),
    { at, searches, order: { after: -1, brought: 100n } },
    { at, searches, order: { after: 1, brought: 200n, isTest: true } },
    { at, searches, order: { after: 1, brought: 400n, cancelled: true } },
  );

  const { rows } = await look(db, id);

  expect(rows).toMatchObject([
    { sessions: 3, convertedSessions: 0, conversionRate: 0, revenue: 0 },
  ]);
});

test("bots and other shops never count; a row of a sample stands for more; filters narrow", async ({
  db,
}) => {
  const [ours, theirs] = [await shop(db), await shop(db)];
  const searches = [{ query: "tent" }];
  await addVisits(
    ...([db, ours.id] as const),
    { at, searches, sampleRate: 0.25, device: "mobile" },
    { at, searches, device: "desktop" },
    { at, searches, botRule: "name", device: "mobile" },
  );
  await addVisits(db, theirs.id, { at, searches, device: "mobile" });

  expect((await look(db, ours.id)).rows).toMatchObject([{ searches: 5, sessions: 5 }]);
  expect((await look(db, ours.id, {}, "device=mobile")).rows).toMatchObject([{ searches: 4 }]);
  expect((await look(db, ours.id, { by: "device" })).rows.map(({ of }) => of)).toEqual([
    ...["mobile", "desktop"],
  ]);
});

test("a rank leaves out queries without any, and goes on on the next page", async ({ db }) => {
  const { id } = await shop(db);
  const zero = (query: string) => ({ query, found: 0 });
  await addVisits(...([db, id] as const), {
    at,
    searches: [zero("b"), zero("a"), zero("c"), zero("c"), { query: "found" }],
  });

  const first = await look(db, id, { rank: "zeroResults", limit: 2 });
  const second = await look(db, id, { rank: "zeroResults", limit: 2, cursor: first.next ?? "" });

  expect(first.rows.map(({ of }) => of)).toEqual(["c", "a"]);
  expect(second.rows.map(({ of }) => of)).toEqual(["b"]);
  expect(second.next).toBeNull();
  await expect(look(db, id, { cursor: "nonsense" })).rejects.toThrow("cursor must come from");
});

test("days are the shop's, have 25 hours when clocks go back, and 0 without a search", async ({
  db,
}) => {
  const { id } = await shop(db);
  const searches = [{ query: "tent" }];
  for (const at of ["2026-10-24T22:00:00Z", "2026-10-25T22:59:00Z", "2026-10-25T23:00:00Z"])
    await addVisits(db, id, { at, searches });
  const days = "from=2026-10-24&to=2026-10-27&unit=day";
  const question = ask(id, days, { now: "2026-12-01T00:00:00Z", zone: "Europe/Zurich" });

  const { rows } = await search(db, question, { by: "step", rank: "searches", limit: 50 });

  expect(rows.map(({ of, searches }) => [of, searches])).toEqual([
    ["2026-10-23T22:00:00.000Z", 0],
    ["2026-10-24T22:00:00.000Z", 2],
    ["2026-10-25T23:00:00.000Z", 1],
    ["2026-10-26T23:00:00.000Z", 0],
  ]);
  expect(rows[0]).toMatchObject({ zeroResultShare: null, conversionRate: null });
});

test("an unknown rank is refused", async ({ db }) => {
  const { id } = await shop(db);
  const question = ask(id, "", { now: "2026-06-12T12:00:00Z" });

  await expect(
    SEARCH_REPORTS[0]?.read(db, question, new URLSearchParams({ rank: "luck" })),
  ).rejects.toThrow(/^rank: /);
});
