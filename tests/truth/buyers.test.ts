import { expect } from "vitest";
import { cohorts } from "~/analytics/cohorts/cohorts.server";
import { retention } from "~/analytics/cohorts/retention.server";
import { rfmGroups } from "~/analytics/customers/rfm.server";
import { questionOf } from "~/analytics/question";
import type { Question } from "~/analytics/report";
import { revenueByType } from "~/analytics/revenue/by-type.server";
import { revenue } from "~/analytics/revenue/revenue.server";
import type { Database } from "~/platform/db.server";
import { DAY } from "~/platform/time";
import { dateAt } from "../../dev/shoppers/calendar";
import { itemsBy, noveltyOf, revenueBy, trueGroups } from "../../dev/shoppers/checks/buyers";
import { counts, type Told } from "../../dev/shoppers/checks/journeys";
import {
  BY_DAYS,
  BY_WEEKS,
  cohortsOf,
  curveOf,
  type Comer,
} from "../../dev/shoppers/checks/returning";
import { trueSittings, type Sitting } from "../../dev/shoppers/checks/sittings";
import { grouped } from "../../dev/shoppers/checks/statistics";
import { catalogAt } from "../../dev/store/catalog/timeline";
import { test } from "../database";
import { AUCKLAND, BERLIN, openShop } from "./shop";
import { byName, happened, rounded, tellAll } from "./world";

const WORLDS = [
  [BERLIN, 71, "2026-10-27T20:00:00Z"],
  [AUCKLAND, 72, "2026-10-01T04:00:00Z"],
  [BERLIN, 73, "2026-04-04T11:00:00Z"],
] as const;

/** What happened in five weeks; of the later orders a third came from two regulars, since simulated
 * shoppers seldom order twice. */
function fiveWeeks(domain: string, seed: number, until: Date): Told {
  const told = happened({ shop: domain, seed, until, days: 35, visitorsPerDay: 26 });
  const later = told.orders.slice(Math.floor(told.orders.length / 2));
  const regulars = later.slice(0, 2).map(({ customerId }) => customerId);
  const orders = told.orders.map((order) => {
    const place = later.indexOf(order);
    const isRegular = place >= 0 && place % 3 === 0;
    return isRegular ? { ...order, customerId: regulars[(place / 3) % 2] ?? null } : order;
  });
  return { ...told, orders };
}

type Truth = { domain: string; told: Told; sittings: readonly Sitting[]; zone: string };

test.for(WORLDS)(
  "%s, seed %i: revenue by whatever it is told apart, groups of customers, cohorts and retention are what happened",
  async ([domain, seed, at], { db }) => {
    const until = new Date(at);
    const shop = await openShop(db, domain);
    const told = fiveWeeks(domain, seed, until);
    await tellAll(db, shop.id, { told, until });
    const sittings = trueSittings(told, shop.timeZone);
    const truth = { domain, told, sittings, zone: shop.timeZone };
    const ask = (search: string, now = until) => questionOf(shop, new URLSearchParams(search), now);

    await compareRevenue(db, ask("period=30d"), truth);
    await compareItems(db, ask("period=30d"), truth);
    for (const days of [0, 75, 350]) {
      const now = new Date(until.getTime() + days * DAY);
      await compareGroups(db, ask("period=7d", now), told);
    }
    const weeks = ask(`period=30d&unit=week`);
    await compareReturning(db, weeks, "visit", visitorsOf(truth));
    await compareReturning(db, weeks, "order", customersOf(truth));
  },
);

const spanOf = ({ view: { period } }: Question) => ({
  from: period.from.getTime(),
  to: period.to.getTime(),
});

const SPLITS = [
  "channel",
  "source",
  "campaign",
  "device",
  "browser",
  "country",
  "landing",
] as const;

async function compareRevenue(db: Database, question: Question, { told, sittings }: Truth) {
  const { orders } = told;
  const sessionOf = new Map(
    sittings.flatMap((sitting) => sitting.orders.map(({ id }) => [id, sitting] as const)),
  );
  const groups = [
    ["all", () => "all"] as const,
    ["customer", noveltyOf(orders)] as const,
    ...[...SPLITS, "visitor" as const].map(
      (by) => [by, ({ id }: { id: number }) => sessionOf.get(id)?.is[by] ?? "unseen"] as const,
    ),
  ];
  for (const [by, groupOf] of groups) {
    const { rows } = await revenue(db, question, { by });
    const expected = revenueBy(orders, spanOf(question), groupOf);
    expect(byName(rows), by).toEqual(byName(expected));
    if (by === "channel" || by === "customer") expect(rows.length, by).toBeGreaterThan(1);
    const nets = rows.map(({ netMinor }) => netMinor);
    expect(nets).toEqual(nets.toSorted((one, other) => other - one));
  }
}

/** The catalogue has what orders do not: the types of products. */
async function compareItems(db: Database, question: Question, { domain, told }: Truth) {
  const { products } = catalogAt(domain, question.now);
  await db.product.createMany({ data: products.map((each) => mirrored(question.shopId, each)) });
  const types = new Map(products.map(({ id, type }) => [id, type]));
  const kinds = [
    ["product-type", (line: { productId: number }) => types.get(line.productId) ?? "none"] as const,
    ["vendor", (line: { vendor: string }) => line.vendor] as const,
  ];
  for (const [by, kindOf] of kinds) {
    const { rows } = await revenueByType(db, question, { by });
    expect(rows.length, by).toBeGreaterThan(2);
    const expected = itemsBy(told.orders, spanOf(question), kindOf);
    expect(byName(rows), by).toEqual(byName(expected));
  }
}

const LONG_AGO = new Date(0);
type Listed = ReturnType<typeof catalogAt>["products"][number];

const mirrored = (shopId: number, { id, handle, title, vendor, type }: Listed) => ({
  ...{ shopId, productId: BigInt(id), handle, title, vendor, productType: type, status: "ACTIVE" },
  ...{ tags: [], description: "", isGiftCard: false, contentHash: "", isAvailable: true },
  ...{ variantCount: 1, minPriceMinor: 1n, maxPriceMinor: 1n, createdAt: LONG_AGO },
  ...{ updatedAt: LONG_AGO, asOf: LONG_AGO, firstSeenAt: LONG_AGO },
});

async function compareGroups(db: Database, question: Question, { orders }: Told): Promise<void> {
  const { rows } = await rfmGroups(db, question);
  const found = rows.filter(({ customers }) => customers > 0);
  const truth = trueGroups(orders, question.now.getTime());
  const all = [...truth.values()].reduce((sum, { revenueMinor }) => sum + revenueMinor, 0);
  expect(new Map(found.map(({ group, rule: _, ...row }) => [group, row]))).toEqual(
    new Map(
      [...truth].map(([group, row]) => [group, { ...row, revenueShare: row.revenueMinor / all }]),
    ),
  );
  expect(found.length).toBeGreaterThan(1);
}

type Comers = { none: Comer[]; channel: Comer[]; device: Comer[] };

/** Visitors, with what their first session was like. */
function visitorsOf({ sittings, zone }: Truth): Comers {
  const people = [...grouped(sittings, ({ visitorId }) => visitorId).values()].map((own) =>
    own.toSorted((one, other) => one.at - other.at),
  );
  const as = (groupOf: (first: Sitting | undefined) => string) =>
    people.map((own): Comer => {
      const days = own.map(({ at }) => dateAt(at, zone));
      return { first: days[0] ?? "", group: groupOf(own[0]), days };
    });
  return {
    none: as(() => "all"),
    channel: as((first) => first?.is.channel ?? ""),
    device: as((first) => first?.is.device ?? ""),
  };
}

/** Customers, with what the session of their first order was like. */
function customersOf({ told, sittings, zone }: Truth): Comers {
  const sessionOf = new Map(
    sittings.flatMap((sitting) => sitting.orders.map(({ id }) => [id, sitting] as const)),
  );
  const people = [...grouped(told.orders.filter(counts), ({ customerId }) => String(customerId))];
  const as = (groupOf: (first: Sitting | undefined) => string) =>
    people.map(([, own]): Comer => {
      const inTime = own.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt));
      const days = inTime.map(({ createdAt }) => dateAt(Date.parse(createdAt), zone));
      return { first: days[0] ?? "", group: groupOf(sessionOf.get(inTime[0]?.id ?? NaN)), days };
    });
  return {
    none: as(() => "all"),
    channel: as((first) => first?.is.channel ?? "unseen"),
    device: as((first) => first?.is.device ?? "unseen"),
  };
}

const sorted = (rows: readonly { group: string; step: number; cohort?: string }[]) => {
  const key = ({ group, step, cohort = "" }: (typeof rows)[number]) =>
    `${cohort} ${group} ${String(step).padStart(3)}`;
  return rounded(rows).sort((one, other) => (key(one) < key(other) ? -1 : 1));
};

async function compareReturning(
  db: Database,
  question: Question,
  first: "visit" | "order",
  comers: Comers,
): Promise<void> {
  const { days } = question.view.period;
  const byDay = { ...question, view: { ...question.view, unit: "day" as const } };
  for (const split of ["none", "channel", "device"] as const) {
    const cells = await cohorts(db, question, { first, split });
    expect(sorted(cells.rows), split).toEqual(sorted(cohortsOf(comers[split], days)));
    const weeks = await retention(db, question, { first, split });
    expect(sorted(weeks.rows), split).toEqual(sorted(curveOf(comers[split], days, BY_WEEKS)));
    const curve = await retention(db, byDay, { first, split });
    expect(sorted(curve.rows), split).toEqual(sorted(curveOf(comers[split], days, BY_DAYS)));
    expect(curve.rows.some(({ returned }) => returned > 0)).toBe(true);
  }
}
