import { overview } from "~/analytics/overview.server";
import { daysFrom, periodOf } from "~/analytics/period";
import type { Ingest } from "~/events/ingest/ingest.server";
import { ensurePartitions } from "~/events/log.server";
import type { Database } from "~/platform/db.server";
import { compare, type Answers } from "../../dev/shoppers/checks/compare";
import { truthOf } from "../../dev/shoppers/checks/truth";
import type { Visit } from "../../dev/shoppers/model";
import { simulate } from "../../dev/shoppers/simulate";
import { sendVisits, type TrafficOptions } from "../../dev/shoppers/traffic/send";
import { shopOf } from "../../dev/store/catalog/shops";
import { shop } from "../factories";
import { catchUp, prepareFolds } from "../folding";
import { take } from "../ingest";

export const BERLIN = "northwind-outdoor.myshopify.com";
export const AUCKLAND = "harbour-tea.myshopify.com";
const DAY_MS = 86_400_000;

/** Visits of the last days, which the app's door still takes. */
export function recentVisits(
  domain: string,
  about: { seed: number; visitorsPerDay: number },
): Visit[] {
  const until = new Date(Date.now() - 60_000);
  const oldest = Date.now() - 6 * DAY_MS;
  return [...simulate({ shop: domain, days: 6, until, ...about })]
    .flatMap(({ visits }) => visits)
    .filter(({ startedAt }) => Date.parse(startedAt) > oldest);
}

/** An installed shop of the app, with the time zone and the currency of one of the simulated ones. */
export async function openShop(db: Database, domain: string) {
  await ensurePartitions(db, new Date());
  await prepareFolds(db);
  const { timeZone, currency } = shopOf(domain);
  return { ...(await shop(db, { timeZone, currency })), timeZone };
}
type OpenShop = Awaited<ReturnType<typeof openShop>>;

/** Sends visits through the app's own ingest, then lets it fold them. */
export async function sendTo(
  { db, ingest }: { db: Database; ingest: Ingest },
  { id, pixelKey }: OpenShop,
  visits: readonly Visit[],
  options: Partial<TrafficOptions> = {},
) {
  const send: TrafficOptions["send"] = async (body) => {
    const answer = await take(ingest, Buffer.from(body), new Date());
    return { status: 200, answer };
  };
  const report = await sendVisits(visits, { endpoint: "", key: pixelKey, send, ...options });
  await catchUp(db, id, 5_000);
  return report;
}

/** What the app says for the last week as a whole and for each of its days. */
export async function answersOf(db: Database, { id, timeZone }: OpenShop): Promise<Answers[]> {
  const now = new Date();
  const week = periodOf("7d", timeZone, now);
  const periods = [
    { name: "last 7 days", ...week },
    ...week.days.map((day) => ({ name: day, ...daysFrom(day, day, timeZone) })),
  ];
  return Promise.all(
    periods.map(async ({ name, ...days }) => {
      const { from, to } = days;
      const { of: _, ...totals } = (await overview(db, id, { period: { ...week, ...days }, now }))
        .totals;
      const span = { from: from.getTime(), to: to.getTime() };
      return { period: name, span, actual: { ...totals, ...(await countFacts(db, id, from, to)) } };
    }),
  );
}

/** Rows of people, not of bots, from a moment up to before another. */
async function countFacts(db: Database, shopId: number, gte: Date, lt: Date) {
  const people = { shopId, isBot: false };
  const began = { shopId, botRule: null, startedAt: { gte, lt } };
  const [browsers, productViews, searches, cartActions, checkoutSteps, ...told] = await Promise.all(
    [
      db.session.groupBy({ by: ["clientId"], where: began }),
      db.productView.count({ where: { ...people, viewedAt: { gte, lt } } }),
      db.search.count({ where: { ...people, searchedAt: { gte, lt } } }),
      db.cartAction.count({ where: { ...people, actedAt: { gte, lt } } }),
      db.checkoutStep.count({ where: { ...people, reachedAt: { gte, lt } } }),
      db.click.count({ where: { ...people, clickedAt: { gte, lt } } }),
      db.engagement.count({ where: { ...people, engagedAt: { gte, lt } } }),
      db.pageView.aggregate({
        where: { ...people, viewedAt: { gte, lt } },
        _sum: { visibleMs: true },
      }),
      db.search.aggregate({
        where: { ...people, searchedAt: { gte, lt } },
        _sum: { resultCount: true },
      }),
    ],
  );
  const [clicks, engagements, seen, found] = told;
  const visibleMs = seen._sum.visibleMs ?? 0;
  const searchResults = found._sum.resultCount ?? 0;
  const visitors = browsers.length; // the simulator tells no people from browsers
  const counts = {
    visitors,
    productViews,
    searches,
    cartActions,
    checkoutSteps,
    clicks,
    engagements,
  };
  return { ...counts, visibleMs, searchResults };
}

export const check = async (db: Database, shop: OpenShop, visits: readonly Visit[]) =>
  compare(truthOf(visits), await answersOf(db, shop));
