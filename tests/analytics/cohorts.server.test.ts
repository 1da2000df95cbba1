import { expect } from "vitest";
import { cohorts } from "~/analytics/cohorts/cohorts.server";
import { retention } from "~/analytics/cohorts/retention.server";
import type { Asked } from "~/analytics/cohorts/definitions";
import type { Question } from "~/analytics/report";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addOrders, addVisits, ask, type GivenOrder, type GivenVisit } from "./orders";

type Given = { visits?: GivenVisit[]; orders?: GivenOrder[] };

async function open(db: Database, { visits = [], orders = [] }: Given): Promise<number> {
  const { id } = await shop(db, { timeZone: "UTC" });
  await addVisits(db, id, visits);
  await addOrders(db, id, orders);
  return id;
}

const ORDERS: Asked = { first: "order", split: "none" };
const VISITS: Asked = { first: "visit", split: "none" };

/** Each cell as "cohort group +step: active of size", with a star where it is unfinished. */
const cells = async (db: Database, question: Question, asked: Asked) =>
  (await cohorts(db, question, asked)).rows.map(
    ({ cohort, group, step, returned, size, isUnfinished }) =>
      `${cohort} ${group} +${step}: ${returned} of ${size}${isUnfinished ? "*" : ""}`,
  );

/** The same of a curve, as "group +step: returned of observed of size". */
const curve = async (db: Database, question: Question, asked: Asked) =>
  (await retention(db, question, asked)).rows.map(
    ({ group, step, returned, observed, size, isUnfinished }) =>
      `${group} +${step}: ${returned} of ${observed} of ${size}${isUnfinished ? "*" : ""}`,
  );

const order = (customer: number, ...days: string[]): GivenOrder[] =>
  days.map((day) => ({ at: `${day}T08:00Z`, customer }));
const visit = (visitor: string, ...days: string[]): GivenVisit[] =>
  days.map((day) => ({ at: day.includes("T") ? day : `${day}T08:00Z`, visitor }));

test("customers of a month are followed by the calendar, and the month that is not over is marked", async ({
  db,
}) => {
  const id = await open(db, {
    orders: [
      ...order(1, "2026-01-31", "2026-02-01", "2026-02-20", "2026-04-01"),
      ...order(2, "2026-01-02"),
      ...order(3, "2026-02-10", "2026-02-11"),
      ...order(4, "2025-12-31", "2026-01-05"),
      { at: "2026-01-05T08:00Z", customer: 5, isCancelled: true },
      { at: "2026-01-05T08:00Z" },
    ],
  });
  await open(db, { orders: order(1, "2026-01-02", "2026-03-02") });
  const question = ask(id, "from=2026-01-01&to=2026-02-28&unit=month", {
    now: "2026-04-10T12:00Z",
  });

  expect(await cells(db, question, ORDERS)).toEqual([
    "2026-01-01 all +0: 2 of 2",
    "2026-01-01 all +1: 1 of 2",
    "2026-01-01 all +2: 0 of 2",
    "2026-01-01 all +3: 1 of 2*",
    "2026-02-01 all +0: 1 of 1",
    "2026-02-01 all +1: 0 of 1",
    "2026-02-01 all +2: 0 of 1*",
  ]);
});

test("visitors of a week are followed in the shop's days, bots left out, and each stands for its sample", async ({
  db,
}) => {
  const id = await open(db, {
    visits: [
      // In Auckland it is Monday the 8th already.
      ...visit("ana", "2026-06-07T12:00Z", "2026-06-14T11:59:59Z", "2026-06-14T12:00Z"),
      { at: "2026-06-09T08:00Z", visitor: "bo", rate: 0.25 },
      { at: "2026-06-09T08:00Z", visitor: "robot", isBot: true },
      { at: "2026-06-16T08:00Z", visitor: "robot", isBot: true },
      ...visit("cy", "2026-05-20", "2026-06-10"),
    ],
  });
  const about = { zone: "Pacific/Auckland", now: "2026-06-23T12:00Z" };
  const question = ask(id, "from=2026-06-08&to=2026-06-14&unit=week", about);

  expect(await cells(db, question, VISITS)).toEqual([
    "2026-06-08 all +0: 5 of 5",
    "2026-06-08 all +1: 1 of 5",
    "2026-06-08 all +2: 0 of 5*",
  ]);
});

test("cohorts are split by the channel, device or product of the first time", async ({ db }) => {
  const item = (title: string, price: number) => ({ title, price });
  const id = await open(db, {
    visits: [
      { id: "ad", visitor: "ana", at: "2026-06-01T07:00Z", channel: "paid", device: "mobile" },
      { id: "home", visitor: "ana", at: "2026-06-02T07:00Z", channel: "direct", device: "desktop" },
    ],
    orders: [
      {
        ...{ at: "2026-06-01T08:00Z", customer: 1, session: "ad" },
        items: [item("Cup", 500), item("Pot", 900)],
      },
      { at: "2026-06-02T08:00Z", customer: 1, session: "home", items: [item("Cup", 500)] },
      { at: "2026-06-02T08:00Z", customer: 2, items: [item("Cup", 500)] },
    ],
  });
  const question = ask(id, "from=2026-06-01&to=2026-06-03&unit=week", { now: "2026-06-03T12:00Z" });
  const first = async (asked: Asked) =>
    (await cells(db, question, asked)).map((cell) => cell.slice(11));

  expect(await first({ first: "order", split: "channel" })).toEqual([
    "paid +0: 1 of 1*",
    "unseen +0: 1 of 1*",
  ]);
  expect(await first({ first: "order", split: "product" })).toEqual([
    "Cup +0: 1 of 1*",
    "Pot +0: 1 of 1*",
  ]);
  expect(await first({ first: "visit", split: "device" })).toEqual(["mobile +0: 1 of 1*"]);
  expect(await first({ first: "visit", split: "product" })).toEqual(["none +0: 1 of 1*"]);
});

test("beyond ten groups, everybody is of another one", async ({ db }) => {
  const days = Array.from(
    { length: 12 },
    (_, index) => `2026-06-${String(index + 1).padStart(2, "0")}`,
  );
  const id = await open(db, {
    visits: days.map((day, index) => ({
      ...{ at: `${day}T08:00Z`, visitor: day, channel: `channel-${index + 10}` },
    })),
  });
  const question = ask(id, "from=2026-06-01&to=2026-06-12&unit=month", {
    now: "2026-06-12T12:00Z",
  });

  const { rows } = await cohorts(db, question, { first: "visit", split: "channel" });

  expect(rows).toHaveLength(11);
  expect(rows.find(({ group }) => group === "other")).toMatchObject({ size: 2 });
});

test("a filter chooses by the first visit; any later one counts as coming back", async ({ db }) => {
  const id = await open(db, {
    visits: [
      { visitor: "ana", at: "2026-06-01T07:00Z", channel: "paid" },
      { visitor: "ana", at: "2026-06-08T07:00Z", channel: "direct" },
      { visitor: "bo", at: "2026-06-01T07:00Z", channel: "direct" },
      { visitor: "bo", at: "2026-06-08T07:00Z", channel: "paid" },
    ],
  });
  const about = { now: "2026-06-15T12:00Z" };
  const question = ask(id, "from=2026-06-01&to=2026-06-14&unit=week&channel=paid", about);

  expect(await cells(db, question, VISITS)).toEqual([
    "2026-06-01 all +0: 1 of 1",
    "2026-06-01 all +1: 1 of 1",
    "2026-06-01 all +2: 0 of 1*",
  ]);
});

test("retention by day counts calendar days after the first visit, of those for whom they are over", async ({
  db,
}) => {
  const id = await open(db, {
    visits: [
      // The clocks go back in Zurich on the 25th: that day has 25 hours.
      ...visit("ana", "2026-10-24T08:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"),
      ...visit("bo", "2026-10-25T08:00Z", "2026-10-25T20:00Z", "2026-10-28T08:00Z"),
      ...visit("cy", "2026-10-26T08:00Z"),
    ],
  });
  const about = { zone: "Europe/Zurich", now: "2026-10-28T12:00Z" };

  expect(await curve(db, ask(id, "from=2026-10-20&to=2026-10-28&unit=day", about), VISITS)).toEqual(
    ["all +1: 1 of 3 of 3", "all +2: 1 of 2 of 3*", "all +3: 0 of 1 of 3*"],
  );
});

test("retention by week and by month goes by each one's own first order", async ({ db }) => {
  const id = await open(db, {
    orders: [
      ...order(1, "2026-01-31", "2026-02-07", "2026-03-05"),
      ...order(2, "2026-02-20", "2026-04-20"),
    ],
  });
  const asked = (unit: string) =>
    ask(id, `from=2026-01-01&to=2026-02-28&unit=${unit}`, { now: "2026-04-21T12:00Z" });

  const weeks = await curve(db, asked("week"), ORDERS);
  const months = await curve(db, asked("month"), ORDERS);

  expect(weeks.slice(0, 2)).toEqual(["all +1: 1 of 2 of 2", "all +2: 0 of 2 of 2"]);
  expect(weeks.at(-1)).toBe("all +10: 0 of 1 of 2*");
  // Customer 2's second month began on 20 April and is not over: it does not count.
  expect(months).toEqual(["all +1: 1 of 2 of 2"]);
});

test("a visit over midnight is one of the day that it began on", async ({ db }) => {
  const id = await open(db, { visits: visit("ana", "2026-06-01T23:59:59Z") });
  await db.session.updateMany({
    where: { shopId: id },
    data: { endedAt: new Date("2026-06-02T00:30Z") },
  });
  const about = { now: "2026-06-03T12:00Z" };

  expect(await curve(db, ask(id, "from=2026-06-01&to=2026-06-03&unit=day", about), VISITS)).toEqual(
    ["all +1: 0 of 1 of 1"],
  );
});

test("a shop of nobody has no cohorts and no retention", async ({ db }) => {
  const id = await open(db, {});
  const question = ask(id, "period=90d");

  for (const asked of [ORDERS, VISITS]) {
    expect(await cells(db, question, asked)).toEqual([]);
    expect(await curve(db, question, asked)).toEqual([]);
  }
});
