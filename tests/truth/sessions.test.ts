import { describe, expect } from "vitest";
import { report, type Check } from "../../dev/shoppers/checks/compare";
import { EXPECTATIONS } from "../../dev/shoppers/checks/expected";
import { test } from "../ingest";
import { AUCKLAND, BERLIN, check, openShop, recentVisits, sendTo } from "./shop";

/** Every number that the app gives, by period and metric, is what the truth says can be known. */
const expectTruth = (checks: readonly Check[]) =>
  expect(
    checks.every(({ agrees }) => agrees),
    report(checks),
  ).toBe(true);

test.for([BERLIN, AUCKLAND])(
  "%s: sessions, visitors, pages, products, searches, carts, checkouts and clicks are what happened, on every day",
  async (domain, { db, ingest }) => {
    const visits = recentVisits(domain, { seed: 3, visitorsPerDay: 70 });
    const shop = await openShop(db, domain);

    await sendTo({ db, ingest }, shop, visits);

    const checks = await check(db, shop, visits);
    expect(checks).toHaveLength(8 * EXPECTATIONS.length);
    expect(checks.find(({ metric }) => metric === "sessions")?.truth).toBeGreaterThan(300);
    for (const { metric, truth, period } of checks)
      if (period === "last 7 days") expect(truth, metric).toBeGreaterThan(10);
    expectTruth(checks);
  },
);

test("a tenth of requests and answers lost, others doubled, clocks wrong: still what can be known", async ({
  db,
  ingest,
}) => {
  const visits = recentVisits(BERLIN, { seed: 4, visitorsPerDay: 70 });
  for (const [i, visit] of visits.entries()) if (i % 20 === 0) setClock(visit, 3 * 3_600_000);
  const shop = await openShop(db, BERLIN);

  const sent = await sendTo({ db, ingest }, shop, visits.toReversed(), {
    network: { seed: "bad", lostRequests: 0.1, lostAnswers: 0.1, duplicates: 0.1 },
  });

  expect(sent.duplicate).toBeGreaterThan(100);
  expect(sent.rejected).toBe(0);
  expectTruth(await check(db, shop, visits));
});

test("requests that are lost for good are missing by the number that the truth names", async ({
  db,
  ingest,
}) => {
  const visits = recentVisits(BERLIN, { seed: 5, visitorsPerDay: 40 });
  const shop = await openShop(db, BERLIN);

  const sent = await sendTo({ db, ingest }, shop, visits, {
    network: { seed: "worse", lostRequests: 0.45 },
    tries: 2,
  });

  const checks = await check(db, shop, visits);
  expect(sent.givenUp).toBeGreaterThan(10);
  expect(checks.find(({ metric }) => metric === "pageViews")?.causes.lost).toBeGreaterThan(3);
  expectTruth(checks);
});

function setClock(visit: ReturnType<typeof recentVisits>[number], aheadMs: number): void {
  visit.clockErrorMs += aheadMs;
  for (const { event } of visit.events)
    event.timestamp = new Date(Date.parse(event.timestamp) + aheadMs).toISOString();
}

describe("a broken projection is found out:", () => {
  const wrong = (checks: readonly Check[]) => [
    ...new Set(checks.filter(({ agrees }) => !agrees).map(({ metric }) => metric)),
  ];

  const BREAKAGES = [
    [
      "sessions end after a minute",
      ["sessions"],
      `
      insert into sessions (shop_id, session_id, client_id, started_at, ended_at, event_count, page_view_count)
      select s.shop_id, v.event_id, s.client_id, v.viewed_at, s.ended_at, 1, 1
      from sessions s join page_views v using (shop_id, session_id)
      where s.shop_id = $1 and v.viewed_at > s.started_at + interval '1 minute'`,
    ],
    [
      "late events make no session",
      ["sessions", "visitors"],
      `delete from sessions where shop_id = $1 and session_id < '2'`,
    ],
    [
      "repeated events are counted again",
      ["pageViews"],
      `
      insert into page_views select shop_id, event_id || ' again', session_id, client_id, viewed_at, path, title
      from page_views where shop_id = $1 limit 1`,
    ],
    [
      "a search is missing, a product is seen twice",
      ["searches", "productViews"],
      `
      with gone as (delete from searches where shop_id = $1)
      insert into product_views
      select shop_id, event_id || ' again', session_id, client_id, viewed_at, product_id, variant_id,
             price_minor, currency, dwell_ms, is_repeat, is_bot, sample_rate
      from product_views where shop_id = $1 and not is_bot limit 1`,
    ],
    [
      "a page's first report counts, not its largest; results are those that Shopify names",
      ["visibleMs", "searchResults"],
      `
      with less as (update page_views set visible_ms = visible_ms / 2 where shop_id = $1)
      update searches set result_count = least(result_count, 24) where shop_id = $1`,
    ],
    [
      "clicks are lost, engagements are counted twice",
      ["clicks", "engagements"],
      `
      with gone as (delete from clicks where shop_id = $1 and kind <> 'click')
      insert into engagements (shop_id, event_id, session_id, client_id, engaged_at, kind, is_bot, sample_rate)
      select shop_id, event_id || ' again', session_id, client_id, engaged_at, kind, is_bot, sample_rate
      from engagements where shop_id = $1 and not is_bot`,
    ],
    [
      "clocks are not put right",
      ["sessions", "pageViews"],
      `
      with moved as (
        update sessions set started_at = started_at + interval '26 hours' where shop_id = $1)
      update page_views set viewed_at = viewed_at + interval '26 hours' where shop_id = $1`,
    ],
    [
      "two browsers are taken for one",
      ["visitors"],
      `
      update sessions set client_id = (select min(client_id) from sessions where shop_id = $1)
      where shop_id = $1 and client_id < '4'`,
    ],
  ] as const;

  test.for(BREAKAGES)("%s", async ([, metrics, sql], { db, ingest }) => {
    const visits = recentVisits(BERLIN, { seed: 6, visitorsPerDay: 25 });
    const shop = await openShop(db, BERLIN);
    await sendTo({ db, ingest }, shop, visits);
    expectTruth(await check(db, shop, visits));

    await db.$executeRawUnsafe(sql, shop.id);

    const checks = await check(db, shop, visits);
    expect(wrong(checks)).toEqual(expect.arrayContaining([...metrics]));
    expect(report(checks)).toMatch(new RegExp(`^.*${metrics[0]}.*WRONG`, "m"));
  });
});
