import { expect } from "vitest";
import { cartNumbers } from "~/analytics/carts/abandonment.server";
import { cartValue } from "~/analytics/carts/value.server";
import { customers } from "~/analytics/customers/customers.server";
import { conversionRate } from "~/analytics/funnel/funnel.server";
import { startsOf } from "~/analytics/groups.server";
import { pageViews } from "~/analytics/pages/views.server";
import { products } from "~/analytics/products/products.server";
import { dataQuality } from "~/analytics/quality/quality.server";
import { questionOf } from "~/analytics/question";
import type { Question } from "~/analytics/report";
import { refunds } from "~/analytics/revenue/refunds.server";
import { revenue } from "~/analytics/revenue/revenue.server";
import { fillRollups } from "~/analytics/rollups/check.server";
import { search } from "~/analytics/search/search.server";
import { sessionStats } from "~/analytics/sessions/stats.server";
import type { Database } from "~/platform/db.server";
import { HOUR } from "~/platform/time";
import { fatesOf, trueCartsOf, worthOf } from "../../dev/shoppers/checks/carts";
import {
  conversionOf,
  customersOn,
  handlingOf,
  qualityOf,
  searchesOf,
  viewsOf,
  type Step,
} from "../../dev/shoppers/checks/days";
import type { TrueSession } from "../../dev/shoppers/checks/journeys";
import { trueRefunds, trueRevenue } from "../../dev/shoppers/checks/revenue";
import { statsOf, trueSittings } from "../../dev/shoppers/checks/sittings";
import { test } from "../database";
import { edgeWorld, type EdgeWorld } from "./edge-world";
import { AUCKLAND, BERLIN, openShop } from "./shop";
import { rounded, settled, tellAll } from "./world";

/** Clocks are put back in Zurich on 25 October, and forward on 29 March; Kiritimati is 14 hours ahead of
 * UTC. On the third day nothing happens. */
const WORLDS = [
  ["Europe/Zurich", BERLIN, 81, "2026-10-27", 25],
  ["Europe/Zurich", BERLIN, 82, "2026-03-31", 23],
  ["Pacific/Kiritimati", AUCKLAND, 83, "2026-10-27", 24],
] as const;

test.for(WORLDS)(
  "%s, %s, seed %i: every series has the truth of each day, also where clocks change, nothing happens, or somebody stays over midnight",
  async ([timeZone, domain, seed, today, hours], { db }) => {
    const { id } = await openShop(db, domain);
    const shop = await db.shop.update({ where: { id }, data: { timeZone } });
    const world = edgeWorld({ domain, seed, today, timeZone });
    const sessions = await tellAll(db, id, world);
    const now = new Date(world.until.getTime() + 2 * HOUR);
    const question = questionOf(shop, new URLSearchParams("period=7d&unit=day"), now);
    const steps = stepsIn(question);
    expect(steps.map(({ from, to }) => (to - from) / HOUR)).toContain(hours);

    await compareTraffic(db, question, { world, sessions, timeZone });
    await compareTrade(db, question, { world, sessions, timeZone });
    expectEdges(world, sessions, steps);
  },
);

type Truth = { world: EdgeWorld; sessions: readonly TrueSession[]; timeZone: string };

const stepsIn = ({ view }: Question): Step[] =>
  startsOf(view).map((of, index, all) => {
    const end = all[index + 1];
    return { of, from: Date.parse(of), to: end ? Date.parse(end) : view.period.to.getTime() };
  });

const within = ({ from, to }: Step, at: number) => at >= from && at < to;

/** What is there is the truth; what else the rows have is checked elsewhere. */
function expectRows(rows: readonly object[], truth: readonly object[]): void {
  const told = truth.flatMap((row) => Object.values(row) as unknown[]);
  expect(told.some((one) => typeof one === "number" && one > 1)).toBe(true);
  expect(rounded(rows)).toMatchObject(rounded(truth));
}

async function compareTraffic(
  db: Database,
  question: Question,
  { world, sessions, timeZone }: Truth,
) {
  const { told } = world;
  const steps = stepsIn(question);
  const sittings = trueSittings(told, timeZone);
  const days = steps.map((step) =>
    statsOf(
      step.of,
      sittings.filter(({ at }) => within(step, at)),
    ),
  );
  const by = "step" as const;
  const counted = await sessionStats(db, question, { by });
  expect(rounded(counted.rows)).toEqual(rounded(days));
  await fillRollups(db, question.shopId, timeZone);
  const summed = await sessionStats(db, question, { by });
  expectRows(
    summed.rows,
    days.map(({ medianDuration: _, ...row }) => row),
  );
  const views = await pageViews(db, question, { by });
  expectRows(
    views.rows,
    steps.map((step) => viewsOf(step, sessions)),
  );
  const ways = await conversionRate(db, question, { by, definition: null });
  expectRows(
    ways.rows,
    steps.map((step) => conversionOf(step, sessions)),
  );
  const searched = await search(db, question, { by, rank: "searches", limit: 1 });
  expectRows(
    searched.rows,
    steps.map((step) => searchesOf(step, told.visits, sessions)),
  );
  const handled = await products(db, question, { by, sort: "viewed", limit: 1 });
  expectRows(
    handled.rows,
    steps.map((step) => handlingOf(step, sessions, told.orders)),
  );
  const quality = await dataQuality(db, question, { by });
  expectRows(
    quality.rows,
    steps.map((step) => qualityOf(step, told)),
  );
}

async function compareTrade(
  db: Database,
  question: Question,
  { world, sessions, timeZone }: Truth,
) {
  const { orders } = world.told;
  const by = "step" as const;
  const about = { days: question.view.period.days, zone: timeZone, orders };
  const brought = await revenue(db, question, { by });
  expect(brought.rows.map(({ of: _, ...row }) => row)).toEqual(trueRevenue(about));
  const paidBack = await refunds(db, question, { limit: 250 });
  expect(
    paidBack.rows.map(({ refundId, orderId, refundMinor }) => [refundId, orderId, refundMinor]),
  ).toEqual(trueRefunds(about));
  const bought = await customers(db, question, { by });
  expectRows(
    bought.rows,
    about.days.map((day) => customersOn(day, about)),
  );
  const carts = trueCartsOf(sessions, orders, HOUR);
  const asked = { quietMs: HOUR, now: question.now.getTime() };
  const steps = stepsIn(question).map((step) => ({
    of: step.of,
    own: carts.filter(({ at }) => within(step, at)),
  }));
  const left = await cartNumbers(db, question, { by });
  const fates = steps.map(({ of, own }) => fatesOf(of, own, asked));
  expect(rounded(settled(left.rows, fates))).toEqual(rounded(fates));
  const worth = await cartValue(db, question, { by });
  const values = steps.map(({ of, own }) => worthOf(of, own));
  expect(settled(worth.rows, values)).toEqual(values);
}

/** The days are what they are meant to be. */
function expectEdges(world: EdgeWorld, sessions: readonly TrueSession[], steps: readonly Step[]) {
  const stepOf = (at: string) => steps.findIndex((step) => within(step, Date.parse(at)));
  const spans = sessions.map(({ events }) =>
    [events[0], events.at(-1)].map((each) => each?.at ?? ""),
  );
  const [silent] = steps.filter((step) =>
    spans.every((span) => span.every((at) => !within(step, Date.parse(at)))),
  );
  expect(silent?.of).toBe(steps[2]?.of);
  const overnight = spans.filter(([start = "", end = ""]) => stepOf(start) !== stepOf(end));
  expect(overnight.length).toBeGreaterThan(0);
  const days = world.refundedTwice.refunds.map(({ createdAt }) => stepOf(createdAt));
  expect(new Set(days).size).toBe(2);
}
