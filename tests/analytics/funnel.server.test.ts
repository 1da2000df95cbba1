import { describe, expect } from "vitest";
import { conversionRate, funnel, FUNNEL_REPORTS } from "~/analytics/funnel/funnel.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addSession, ask } from "./facts";

type Way = {
  at: string;
  /** Seconds after the start at which each stage was reached; null where no event tells of it. */
  seconds: (number | null)[];
} & Partial<Parameters<typeof addSession>[2]>;

/** A session with its way to a purchase. */
async function addWay(db: Database, shopId: number, { at, seconds, ...about }: Way) {
  const [, productMs, cartMs, checkoutMs, purchaseMs] = seconds.map((second, index) => {
    const before = seconds[index - 1] ?? null;
    return second === null || before === null ? null : Math.max(0, second - before) * 1_000;
  });
  await addSession(db, shopId, {
    ...{ at, stage: seconds.length, productMs, cartMs, checkoutMs, purchaseMs, ...about },
  });
}

/** A time as its bucket tells it. */
const told = (seconds: number) =>
  1.05 ** (Math.floor(Math.log(seconds * 1_000) / Math.log(1.05)) + 0.5);
const near = (ms: number): unknown => expect.closeTo(ms, 3);
/** Between two times, such a share of the way from one to the other. */
const between = (below: number, last: number, share: number) =>
  near(told(below) * (1 - share) + told(last) * share);

const WAY = { definition: null, by: "all" } as const;
const brief = ({ rows }: Awaited<ReturnType<typeof funnel>>) =>
  rows.map(({ stage, reached, lost, open }) => [stage, reached, lost, open]);

test("each stage has who reached it, who was lost before it and how long it took", async ({
  db,
}) => {
  const { id } = await shop(db);
  const at = "2026-06-10T09:00:00Z";
  await addWay(db, id, { at, seconds: [0] });
  await addWay(db, id, { at, seconds: [0, 10] });
  await addWay(db, id, { at, seconds: [0, 20, 50] });
  await addWay(db, id, { at, seconds: [0, 30, 90, 100, 200] });

  const { rows } = await funnel(db, ask(id, "", { now: "2026-06-12T12:00:00Z" }), WAY);

  const none = { of: "all", open: 0 };
  expect(rows).toEqual([
    {
      ...{ ...none, place: 1, stage: "Browse", reached: 4, lost: 0 },
      ...{ shareOfPrevious: null, shareOfFirst: 1, medianTime: null, p90Time: null },
    },
    {
      ...{ ...none, place: 2, stage: "Product", reached: 3, lost: 1 },
      ...{
        shareOfPrevious: 0.75,
        shareOfFirst: 0.75,
        medianTime: near(told(20)),
        p90Time: between(20, 30, 0.8),
      },
    },
    {
      ...{ ...none, place: 3, stage: "Cart", reached: 2, lost: 1 },
      ...{ shareOfPrevious: 2 / 3, shareOfFirst: 0.5 },
      ...{ medianTime: near((told(30) + told(60)) / 2), p90Time: between(30, 60, 0.9) },
    },
    {
      ...{ ...none, place: 4, stage: "Checkout", reached: 1, lost: 1 },
      ...{
        shareOfPrevious: 0.5,
        shareOfFirst: 0.25,
        medianTime: near(told(10)),
        p90Time: near(told(10)),
      },
    },
    {
      ...{ ...none, place: 5, stage: "Purchase", reached: 1, lost: 0 },
      ...{
        shareOfPrevious: 1,
        shareOfFirst: 0.25,
        medianTime: near(told(100)),
        p90Time: near(told(100)),
      },
    },
  ]);
});

test("a session that may still go on is neither lost nor in a share; one that is through is not open", async ({
  db,
}) => {
  const { id } = await shop(db);
  const now = "2026-06-12T12:00:00Z";
  await addWay(db, id, {
    at: "2026-06-12T11:00:00Z",
    until: "2026-06-12T11:29:00Z",
    seconds: [0, 9],
  });
  await addWay(db, id, {
    at: "2026-06-12T11:00:00Z",
    until: "2026-06-12T11:31:00Z",
    seconds: [0, 9],
  });
  const all = [0, 1, 2, 3, 8];
  await addWay(db, id, { at: "2026-06-12T11:58:00Z", seconds: all });

  const found = await funnel(db, ask(id, "", { now }), WAY);
  const { rows } = await conversionRate(db, ask(id, "", { now }), WAY);

  expect(brief(found)).toEqual([
    ["Browse", 3, 0, 0],
    ["Product", 3, 0, 0],
    ["Cart", 1, 1, 1],
    ["Checkout", 1, 0, 0],
    ["Purchase", 1, 0, 0],
  ]);
  expect(found.rows.map(({ shareOfFirst }) => shareOfFirst)).toEqual([1, 1, 0.5, 0.5, 0.5]);
  expect(rows).toMatchObject([{ entered: 3, completed: 1, lost: 1, open: 1, conversionRate: 0.5 }]);
  expect(rows[0]?.low).toBeCloseTo(0.0945, 4);
  expect(rows[0]?.high).toBeCloseTo(0.9055, 4);
});

test("a stage that no event tells of is passed, and has no time", async ({ db }) => {
  const { id } = await shop(db);
  const seconds = [0, null, 40, 50, 90];
  await addWay(db, id, { at: "2026-06-10T09:00:00Z", seconds });

  const { rows } = await funnel(db, ask(id, "", { now: "2026-06-12T12:00:00Z" }), WAY);

  expect(rows.map(({ reached }) => reached)).toEqual([1, 1, 1, 1, 1]);
  expect(rows.map(({ medianTime }) => medianTime)).toEqual([
    ...[null, null, null, near(told(10)), near(told(40))],
  ]);
});

test("a stage that was reached before the one before it took no time", async ({ db }) => {
  const { id } = await shop(db);
  await addWay(db, id, { at: "2026-06-10T09:00:00Z", seconds: [0, 60, 20] });

  const { rows } = await funnel(db, ask(id, "", { now: "2026-06-12T12:00:00Z" }), WAY);

  expect(rows[2]).toMatchObject({ stage: "Cart", reached: 1, medianTime: 0 });
});

test("nothing is a number as well: the stages are there, the shares are not", async ({ db }) => {
  const { id } = await shop(db);

  const { rows } = await funnel(db, ask(id, "", { now: "2026-06-12T12:00:00Z" }), WAY);

  expect(rows.map(({ stage, reached, shareOfFirst }) => [stage, reached, shareOfFirst])).toEqual([
    ...[
      ["Browse", 0, null],
      ["Product", 0, null],
      ["Cart", 0, null],
    ],
    ...[
      ["Checkout", 0, null],
      ["Purchase", 0, null],
    ],
  ]);
});

test("bots and other shops never count; a row of a sample stands for more", async ({ db }) => {
  const [ours, theirs] = [await shop(db), await shop(db)];
  const at = "2026-06-10T09:00:00Z";
  await addWay(db, ours.id, { at, seconds: [0, 1], sampleRate: 0.1 });
  await addWay(db, ours.id, { at, seconds: [0, 1, 2], botRule: "name" });
  await addWay(db, theirs.id, { at, seconds: [0, 1, 2] });

  const found = await funnel(db, ask(ours.id, "", { now: "2026-06-12T12:00:00Z" }), WAY);

  expect(brief(found).slice(0, 3)).toEqual([
    ["Browse", 10, 0, 0],
    ["Product", 10, 0, 0],
    ["Cart", 0, 10, 0],
  ]);
});

test("groups come by who entered; a filter leaves one of them", async ({ db }) => {
  const { id } = await shop(db);
  const at = "2026-06-10T09:00:00Z";
  await addWay(db, id, { at, seconds: [0, 1], device: "mobile" });
  await addWay(db, id, { at, seconds: [0, 1], device: "desktop" });
  await addWay(db, id, { at, seconds: [0], device: "desktop" });
  const now = "2026-06-12T12:00:00Z";
  const by = { definition: null, by: "device" } as const;

  const { rows } = await conversionRate(db, ask(id, "", { now }), by);
  const narrowed = await conversionRate(db, ask(id, "device=mobile", { now }), by);

  expect(rows.map(({ of, entered }) => [of, entered])).toEqual([
    ["desktop", 2],
    ["mobile", 1],
  ]);
  expect(narrowed.rows.map(({ of, entered }) => [of, entered])).toEqual([["mobile", 1]]);
});

describe("days are the shop's:", () => {
  const entered = async (db: Database, id: number, about: { zone: string; days: string }) => {
    const question = ask(id, about.days, { now: "2026-12-31T00:00:00Z", zone: about.zone });
    const { rows } = await conversionRate(db, question, { definition: null, by: "step" });
    return rows.map((row) => row.entered);
  };

  test("one of daylight saving has 25 hours, and a session over midnight counts where it began", async ({
    db,
  }) => {
    const { id } = await shop(db);
    for (const at of ["2026-10-24T22:00:00Z", "2026-10-25T22:59:00Z", "2026-10-25T23:00:00Z"])
      await addWay(db, id, { at, until: "2026-10-26T00:10:00Z", seconds: [0, 300] });

    const days = "from=2026-10-24&to=2026-10-27&unit=day";
    expect(await entered(db, id, { days, zone: "Europe/Zurich" })).toEqual([0, 2, 1, 0]);
  });

  test("at UTC+13 they begin at eleven in the morning UTC", async ({ db }) => {
    const { id } = await shop(db);
    await addWay(db, id, { at: "2026-06-13T10:59:59Z", seconds: [0] });
    await addWay(db, id, { at: "2026-06-13T11:00:00Z", seconds: [0] });

    const days = "from=2026-06-13&to=2026-06-14&unit=day";
    expect(await entered(db, id, { days, zone: "Pacific/Tongatapu" })).toEqual([1, 1]);
  });
});

describe("what is asked for is checked:", () => {
  const asking = (db: Database, shopId: number, search: Record<string, string>) => {
    const question = ask(shopId, "", { now: "2026-06-12T12:00:00Z" });
    return FUNNEL_REPORTS[0]?.read(db, question, new URLSearchParams(search));
  };
  const one = { kind: "product" };

  test.for<[string, unknown, RegExp]>([
    ["one step", [one], /^steps: .*2/],
    ["nine steps", Array(9).fill(one), /^steps: .*8/],
    ["an unknown kind", [one, { kind: "dance" }], /^steps.1.kind: /],
    [
      "a condition of another kind",
      [one, { kind: "purchase", path: "/" }],
      /^steps.1.path: .*purchase/,
    ],
    ["a misspelt condition", [one, { kind: "page", pathh: "/" }], /^steps.1: .*pathh/],
    [
      "a product without a number",
      [one, { kind: "product", productId: "x" }],
      /^steps.1.productId/,
    ],
  ])("%s is refused", async ([, steps, message], { db }) => {
    const { id } = await shop(db);

    await expect(asking(db, id, { steps: JSON.stringify(steps) })).rejects.toThrow(message);
  });

  test("what is no JSON is refused, and so are two funnels at once", async ({ db }) => {
    const { id } = await shop(db);
    const both = { steps: JSON.stringify([one, one]), funnel: crypto.randomUUID() };

    await expect(asking(db, id, { steps: "[" })).rejects.toThrow(
      /^steps: has to be JSON, got "\["/,
    );
    await expect(asking(db, id, both)).rejects.toThrow("either funnel or steps");
  });
});
