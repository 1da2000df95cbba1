import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { conversionRate, funnel } from "~/analytics/funnel/funnel.server";
import { journeys } from "~/analytics/journeys/journeys.server";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { ask } from "./facts";
import { sessionOf, visits, type Visit } from "./rollups";
import { keepAll } from "./keeping";

const NOW = "2026-11-02T02:00:00Z";
const KINDS = ["home", "product", "cart"];

/** A session as its fold tells its way. */
const walkOf = (shopId: number, visit: Visit) => {
  const stage = (visit.hour + visit.pages) % 6;
  const ms = (at: number) => (stage >= at && visit.kind !== at ? visit.minutes * 1_000 * at : null);
  const pages = KINDS.slice(0, visit.pages).join(" → ");
  return {
    ...sessionOf(shopId, randomUUID(), visit),
    ...{ stage, productMs: ms(2), cartMs: ms(3), checkoutMs: ms(4), purchaseMs: ms(5) },
    firstPages: visit.kind === 5 ? null : pages,
    pagesToPurchase: stage === 5 ? pages : null,
  };
};

const BY = ["all", "step", "visitor", "landing", "hour"] as const;

/** Filters that something is kept by, alone and together. */
const FILTERED = ["device=mobile", "channel=email", "landing=/1", "device=mobile&channel=direct"];

/** Every answer that can come of kept spans. */
async function answersOf(db: Database, id: number, about: { zone: string; search: string }) {
  const question = ask(id, about.search, { now: NOW, zone: about.zone });
  const way = (by: Parameters<typeof conversionRate>[2]["by"]) => ({ definition: null, by });
  const filtered = FILTERED.map((filter) =>
    ask(id, `${about.search}&${filter}`, { now: NOW, zone: about.zone }),
  );
  const list = { pages: "type", length: 2, limit: 50 } as const;
  return {
    all: await funnel(db, question, way("all")),
    steps: await funnel(db, question, way("step")),
    apart: await funnel(db, question, way("device")),
    rates: await Promise.all(BY.map((by) => conversionRate(db, question, way(by)))),
    filtered: await Promise.all(
      filtered.flatMap((one) => [
        funnel(db, one, way("all")),
        ...(["all", "step", "visitor"] as const).map((by) => conversionRate(db, one, way(by))),
      ]),
    ),
    entry: await journeys(db, question, { ...list, direction: "entry" }),
    purchase: await journeys(db, question, { ...list, direction: "purchase" }),
  };
}

test(
  "what is kept of funnels and journeys answers as facts do, also after more came and some went",
  { timeout: 600_000 },
  async ({ db }) => {
    const visit = visits([1, 0.5]).map((made) => ({ ...made, hour: 120 + (made.hour % (8 * 24)) }));
    const some = fc.array(visit, { minLength: 1, maxLength: 20 });
    const zones = fc.constantFrom("Europe/Zurich", "Pacific/Tongatapu", "America/New_York");
    await fc.assert(
      fc.asyncProperty(some, some, zones, async (first, more, zone) => {
        const { id } = await shop(db, { timeZone: zone });
        const answers = () =>
          answersOf(db, id, { zone, search: "from=2026-10-20&to=2026-11-02&unit=day" });
        const add = (made: Visit[]) =>
          db.session.createMany({ data: made.map((visit) => walkOf(id, visit)) });

        await add(first);
        const before = await answers();
        await keepAll(db, { shopId: id, timeZone: zone }, NOW);
        expect(await answers()).toEqual(before);

        await add(more);
        await db.session.deleteMany({ where: { shopId: id, clientId: "client-1" } });
        await db.session.updateMany({
          where: { shopId: id, clientId: "client-2" },
          data: { isReturning: true },
        });
        const changed = await answers();
        expect(await compareSpans(db, id)).toBe(0);
        await keepAll(db, { shopId: id, timeZone: zone }, NOW);
        expect(await compareSpans(db, id)).toBe(0);
        expect(await answers()).toEqual(changed);
      }),
      { numRuns: 4, seed: 3 },
    );
  },
);

test("kept answers are read, and never those of an hour that changed", async ({ db }) => {
  const { id } = await shop(db, { timeZone: "UTC" });
  const visit = {
    who: 1,
    hour: 30,
    minutes: 5,
    pages: 2,
    kind: 1,
    orders: 0,
    isBot: false,
    rate: 1,
  };
  await db.session.create({ data: walkOf(id, visit) });
  await keepAll(db, { shopId: id, timeZone: "UTC" }, NOW);
  await db.$executeRaw`update funnel_rollups set browsed = 7 where shop_id = ${id}::int`;
  await db.$executeRaw`update journey_rollups set sessions = 7 where shop_id = ${id}::int`;
  const about = { zone: "UTC", search: "from=2026-10-20&to=2026-11-02" };

  const kept = await answersOf(db, id, about);
  await db.session.create({ data: walkOf(id, visit) });
  const changed = await answersOf(db, id, about);

  expect(kept.all.rows[0]?.reached).toBe(7);
  expect(kept.entry.rows[0]?.sessions).toBe(7);
  expect(changed.all.rows[0]?.reached).toBe(2);
  expect(changed.entry.rows[0]?.sessions).toBe(2);
});
