import { describe, expect } from "vitest";
import { customers } from "~/analytics/customers/customers.server";
import { lifetimeValues } from "~/analytics/customers/ltv.server";
import { rfmGroups } from "~/analytics/customers/rfm.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addOrders, addVisits, ask, type GivenOrder } from "./orders";

async function open(db: Database, orders: GivenOrder[] = []): Promise<number> {
  const { id } = await shop(db);
  await addOrders(db, id, orders);
  return id;
}

const DAY = 86_400_000;
const WEEK = "from=2026-06-01&to=2026-06-07";

test("customers are new or returning, and order again after a time", async ({ db }) => {
  const id = await open(db, [
    { at: "2026-05-01T08:00Z", customer: 1 },
    { at: "2026-06-02T08:00Z", customer: 1 },
    { at: "2026-06-03T08:00Z", customer: 2 },
    { at: "2026-06-05T08:00Z", customer: 2 },
    { at: "2026-06-06T08:00Z", customer: 2 },
    { at: "2026-06-03T08:00Z", customer: 3 },
    { at: "2026-06-08T08:00Z", customer: 3 },
    { at: "2026-06-03T08:00Z" },
    { at: "2026-06-03T08:00Z", customer: 4, isTest: true },
    { at: "2026-06-03T08:00Z", customer: 5, isCancelled: true },
  ]);
  await open(db, [{ at: "2026-06-03T08:00Z", customer: 1 }]);

  const { rows } = await customers(db, ask(id, WEEK), { by: "all" });

  expect(rows).toEqual([
    {
      ...{ of: "all", customers: 3, newCustomers: 2, returningCustomers: 1, repeatRate: 2 / 3 },
      ...{ orders: 5, ordersPerCustomer: 5 / 3, medianBetween: expect.any(Number) },
    },
  ]);
  // Of gaps of 32 days, 2 days and 1 day.
  expect(Math.abs((rows[0]?.medianBetween ?? 0) / (2 * DAY) - 1)).toBeLessThan(0.025);
});

test("in a step somebody is new who ordered first in it; a step of nobody has no rates", async ({
  db,
}) => {
  const id = await open(db, [
    { at: "2026-06-01T22:30Z", customer: 1 },
    { at: "2026-06-03T08:00Z", customer: 1 },
  ]);
  const question = ask(id, "from=2026-06-01&to=2026-06-03", { zone: "Europe/Zurich" });

  const { rows } = await customers(db, question, { by: "step" });

  expect(rows.map((row) => [row.newCustomers, row.returningCustomers, row.repeatRate])).toEqual([
    [0, 0, null],
    [1, 0, 0],
    [0, 1, 1],
  ]);
});

test("a filter chooses orders by their sessions, not what a customer did before", async ({
  db,
}) => {
  const id = await open(db);
  await addVisits(db, id, [{ id: "from-ad", at: "2026-06-02T07:00Z", channel: "paid" }]);
  await addOrders(db, id, [
    { at: "2026-06-01T08:00Z", customer: 1 },
    { at: "2026-06-02T08:00Z", customer: 1, session: "from-ad" },
  ]);

  const { rows } = await customers(db, ask(id, `${WEEK}&channel=paid`), { by: "all" });

  expect(rows).toMatchObject([{ customers: 1, newCustomers: 0, orders: 1, medianBetween: DAY }]);
});

describe("lifetime value", () => {
  const now = { now: "2026-04-10T12:00Z" };

  test("sums up what a cohort brought month after month, of those alone who were observed", async ({
    db,
  }) => {
    const id = await open(db, [
      { at: "2026-01-31T08:00Z", customer: 1, total: 1_000 },
      { at: "2026-01-31T09:00Z", customer: 1, total: 200 },
      // From 31 January, 28 February is in the first month and 31 March in the third.
      { at: "2026-02-28T09:00Z", customer: 1, total: 30 },
      {
        ...{ at: "2026-03-31T09:00Z", customer: 1, total: 14 },
        refunds: [{ at: "2026-04-02T09:00Z", minor: 10 }],
      },
      { at: "2026-02-20T08:00Z", customer: 2, total: 500 },
      { at: "2026-02-05T08:00Z", customer: 3, total: 700 },
      { at: "2026-03-06T08:00Z", customer: 3, total: 100 },
      { at: "2025-12-31T08:00Z", customer: 4, total: 9_999 },
      { at: "2026-01-31T08:00Z", customer: 4, total: 9_999 },
    ]);
    await open(db, [{ at: "2026-01-31T08:00Z", customer: 1, total: 1_000 }]);

    const { rows } = await lifetimeValues(db, ask(id, "from=2026-01-01&to=2026-04-10", now));

    expect(
      rows.map(({ cohort, month, ...row }) => [
        `${cohort} +${month}`,
        `${row.observed}/${row.customers}`,
        row.isUnfinished,
        row.revenuePerCustomerMinor,
      ]),
    ).toEqual([
      ["2026-01-01 +0", "1/1", false, 1_000],
      ["2026-01-01 +1", "1/1", false, 1_230],
      ["2026-01-01 +2", "1/1", false, 1_230],
      ["2026-02-01 +0", "2/2", false, 600],
      ["2026-02-01 +1", "2/2", false, 600],
      // Of the two, only the one who came on 5 February is two months old.
      ["2026-02-01 +2", "1/2", true, 800],
    ]);
    expect(rows.at(-1)).toMatchObject({ observedShare: 0.5, revenueMinor: 800 });
  });

  test("takes what was paid back from the order that it was of", async ({ db }) => {
    const id = await open(db, [
      {
        ...{ at: "2026-01-05T08:00Z", customer: 1, total: 1_000 },
        refunds: [
          { at: "2026-01-06T08:00Z", minor: 100 },
          { at: "2026-04-01T08:00Z", minor: 300 },
        ],
      },
    ]);

    const { rows } = await lifetimeValues(db, ask(id, "from=2026-01-01&to=2026-01-31", now));

    expect(rows.map(({ revenueMinor }) => revenueMinor)).toEqual([600, 600, 600, 600]);
  });
});

test("customers are grouped by when they ordered last, how often and how much", async ({ db }) => {
  const id = await open(db, [
    ...["2026-01-01", "2026-05-01", "2026-06-01"].map((day) => ({
      ...{ at: `${day}T08:00Z`, customer: 1, total: 10_000 },
    })),
    ...["2026-01-01", "2026-05-01", "2026-06-01"].map((day) => ({
      ...{ at: `${day}T08:00Z`, customer: 2, total: 10 },
    })),
    { at: "2026-06-01T08:00Z", customer: 3, total: 50 },
    { at: "2026-06-01T08:00Z", customer: 3, total: 50 },
    { at: "2026-06-01T08:00Z", customer: 4, total: 60 },
    { at: "2026-01-01T08:00Z", customer: 5, total: 70 },
    { at: "2024-01-01T08:00Z", customer: 6, total: 80 },
    { at: "2024-01-01T08:00Z", customer: 9, total: 75 },
    { at: "2026-06-01T08:00Z", customer: 7, total: 40_000 },
    { at: "2026-06-09T08:00Z", customer: 8 },
  ]);

  const { rows } = await rfmGroups(db, ask(id, WEEK));

  expect(rows.map(({ group, customers, orders }) => [group, customers, orders])).toEqual([
    ["Best", 1, 3],
    ["Loyal", 1, 3],
    ["Big spenders", 1, 1],
    ["Promising", 1, 2],
    ["New", 1, 1],
    ["To win back", 0, 0],
    ["Slipping", 1, 1],
    ["Lost", 2, 2],
  ]);
  expect(rows[0]).toMatchObject({ customerShare: 1 / 8, revenueMinor: 30_000 });
  expect(rows[0]?.revenueShare).toBeCloseTo(30_000 / 70_415, 12);
});

test("a shop without orders has groups of nobody, no lifetime values and no rates", async ({
  db,
}) => {
  const id = await open(db);
  const question = ask(id, WEEK);

  const groups = await rfmGroups(db, question);

  expect(groups.rows).toHaveLength(8);
  for (const group of groups.rows)
    expect(group).toMatchObject({ customers: 0, customerShare: null, revenueShare: null });
  expect((await lifetimeValues(db, question)).rows).toEqual([]);
  expect((await customers(db, question, { by: "all" })).rows).toMatchObject([
    { customers: 0, repeatRate: null, ordersPerCustomer: null, medianBetween: null },
  ]);
});
