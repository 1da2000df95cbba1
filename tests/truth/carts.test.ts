import { expect } from "vitest";
import { cartNumbers } from "~/analytics/carts/abandonment.server";
import { topProducts } from "~/analytics/carts/top-products.server";
import { cartBands, cartValue } from "~/analytics/carts/value.server";
import { startsOf } from "~/analytics/groups.server";
import { products } from "~/analytics/products/products.server";
import { questionOf } from "~/analytics/question";
import type { Question } from "~/analytics/report";
import type { Database } from "~/platform/db.server";
import { HOUR } from "~/platform/time";
import {
  fateOf,
  fatesOf,
  handledIn,
  trueCartsOf,
  valueOf,
  worthOf,
  type TrueCart,
} from "../../dev/shoppers/checks/carts";
import { trueSittings, type Sitting } from "../../dev/shoppers/checks/sittings";
import { grouped, sum } from "../../dev/shoppers/checks/statistics";
import { test } from "../database";
import { AUCKLAND, BERLIN, openShop } from "./shop";
import { byName, happened, rounded, settled, tellAll } from "./world";

const WORLDS = [
  [BERLIN, 61, "2026-10-27T20:00:00Z", "2026-10-14"],
  [AUCKLAND, 62, "2026-10-01T04:00:00Z", "2026-09-18"],
  [BERLIN, 63, "2026-04-04T11:00:00Z", "2026-03-22"],
] as const;
const QUIET = HOUR;
const LIMIT = 10_000;

test.for(WORLDS)(
  "%s, seed %i: carts left, come back to, ordered and emptied, their values and what is in them are what happened",
  async ([domain, seed, at, from], { db }) => {
    const until = new Date(at);
    const shop = await openShop(db, domain);
    const told = happened({ shop: domain, seed, until, days: 15, visitorsPerDay: 50 });
    const sessions = await tellAll(db, shop.id, { told, until });
    const question = questionOf(shop, new URLSearchParams({ from, unit: "day" }), until);
    const { period } = question.view;
    const within = (moment: number) =>
      moment >= period.from.getTime() && moment < period.to.getTime();
    const carts = trueCartsOf(sessions, told.orders, QUIET).filter(({ at }) => within(at));
    const began = sessions.filter(({ events: [first] }) => within(Date.parse(first?.at ?? "")));

    await compareFates(db, question, { carts, sittings: trueSittings(told, shop.timeZone) });
    await compareValues(db, question, carts);
    await compareHandled(db, question, handledIn(began));
    await compareLeft(db, question, carts);
  },
);

/** Carts of each day of a view. */
const byDay = ({ view }: Question, carts: readonly TrueCart[]) => {
  const starts = startsOf(view);
  const groups = grouped(
    carts,
    ({ at }) => starts.findLast((start) => Date.parse(start) <= at) ?? "",
  );
  return starts.map((of) => [of, groups.get(of) ?? []] as const);
};

type Known = { carts: readonly TrueCart[]; sittings: readonly Sitting[] };

async function compareFates(
  db: Database,
  question: Question,
  { carts, sittings }: Known,
): Promise<void> {
  const asked = { quietMs: QUIET, now: question.now.getTime() };
  const told = async (by: "all" | "step" | "channel" | "device" | "country" | "hour") =>
    (await cartNumbers(db, question, { by })).rows;
  const all = await told("all");
  const fates = [fatesOf("all", carts, asked)];
  expect(rounded(settled(all, fates))).toEqual(rounded(fates));
  for (const name of ["emptied", "abandoned", "converted", "recovered"] as const)
    expect(all[0]?.[name], name).toBeGreaterThan(0);
  const days = byDay(question, carts).map(([of, own]) => fatesOf(of, own, asked));
  expect(rounded(settled(await told("step"), days))).toEqual(rounded(days));
  const began = new Map(sittings.map((sitting) => [sitting.id, sitting]));
  for (const by of ["channel", "device", "country", "hour"] as const) {
    const groups = grouped(carts, ({ session }) => began.get(session)?.is[by] ?? "none");
    const truth = [...groups].map(([of, own]) => fatesOf(of, own, asked));
    expect(byName(settled(await told(by), truth)), by).toEqual(byName(truth));
  }
}

async function compareValues(db: Database, question: Question, carts: readonly TrueCart[]) {
  const days = byDay(question, carts).map(([of, own]) => worthOf(of, own));
  const { rows: steps } = await cartValue(db, question, { by: "step" });
  expect(settled(steps, days)).toEqual(days);
  const all = [worthOf("all", carts)];
  const { rows: whole } = await cartValue(db, question, { by: "all" });
  expect(settled(whole, all)).toEqual(all);
  const { rows: bands } = await cartBands(db, question);
  const values = carts.filter(({ lines }) => lines.size > 0).map(valueOf);
  expect(bands.length).toBeGreaterThan(4);
  expect(sum(bands.map((band) => band.carts))).toBe(values.length);
  for (const { fromMinor, toMinor, ...band } of bands) {
    const own = values.filter((value) => value >= fromMinor && value < (toMinor ?? Infinity));
    expect(band).toEqual({ carts: own.length, share: own.length / values.length });
  }
}

async function compareHandled(
  db: Database,
  question: Question,
  truth: ReturnType<typeof handledIn>,
) {
  const asked = { by: "product", sort: "added", limit: LIMIT } as const;
  const { rows } = await topProducts(db, question, asked);
  const known = rows.map(({ title: _t, productId: _p, ...row }) => {
    const { removalRateLow: _low, removalRateHigh: _high, ...counted } = row;
    return counted;
  });
  expect(byName(known)).toEqual(byName(truth));
  const most = truth.map((row) => row.addedSessions).sort((one, other) => other - one);
  expect(rows.map((row) => row.addedSessions)).toEqual(most);
  expect(Math.max(...truth.map((row) => row.addedAndRemoved))).toBeGreaterThan(0);
}

/** What lies in the carts that were left. */
async function compareLeft(
  db: Database,
  question: Question,
  carts: readonly TrueCart[],
): Promise<void> {
  const asked = { by: "product", sort: "viewed", limit: LIMIT } as const;
  const { rows } = await products(db, question, asked);
  const left = carts
    .filter((cart) => fateOf(cart, QUIET, question.now.getTime()) === "abandoned")
    .flatMap(({ lines }) => [...new Set([...lines.values()].map(({ product }) => product))]);
  const counted = rows.flatMap(({ of, abandonedCarts }) =>
    abandonedCarts > 0 ? [[of, abandonedCarts] as const] : [],
  );
  expect(new Map(counted)).toEqual(
    new Map([...grouped(left, (of) => of)].map(([of, own]) => [of, own.length])),
  );
}
