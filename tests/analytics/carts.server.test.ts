import { expect } from "vitest";
import { cartNumbers } from "~/analytics/carts/abandonment.server";
import { cartsPage } from "~/analytics/carts/page.server";
import { topProducts } from "~/analytics/carts/top-products.server";
import { cartBands, cartValue } from "~/analytics/carts/value.server";
import { test } from "../database";
import { openTrade, type CartOf } from "./trade";

const JUNE = "from=2026-06-01&to=2026-06-30";
const NOW = "2026-06-15T12:00:00Z";
const MINUTE = 60_000;

const changes = (...minutes: number[]): CartOf["changes"] =>
  minutes.map((minute) => ({ minute, product: 1, quantity: 1 }));

test("each cart is open, emptied, abandoned or ordered; open ones are no abandoned ones", async ({
  db,
}) => {
  const trade = await openTrade(db);
  await trade.cart("2026-06-02T10:00:00Z", { changes: changes(0, 4) });
  await trade.cart("2026-06-02T10:00:00Z", { changes: changes(0, 10) });
  // Came back after a day, and left again.
  await trade.cart("2026-06-03T10:00:00Z", { changes: changes(0, 1_440), recovered: 1_440 });
  // Came back, and bought.
  await trade.cart("2026-06-04T10:00:00Z", {
    recovered: 90,
    changes: changes(0, 90),
    converted: 5,
  });
  await trade.cart("2026-06-05T10:00:00Z", { converted: 5, abandoned: null });
  await trade.cart("2026-06-06T10:00:00Z", { itemCount: 0, abandoned: null });
  await trade.cart("2026-06-15T11:30:00Z");
  // Abandoned to the second.
  await trade.cart("2026-06-15T11:00:00Z");

  const { rows } = await cartNumbers(db, trade.asks(JUNE, NOW), { by: "all" });

  expect(rows).toEqual([
    {
      ...{ of: "all", carts: 8, open: 1, emptied: 1, abandoned: 4, converted: 2 },
      ...{ abandonmentRate: 4 / 6, wasAbandoned: 5, recovered: 2, recoveryRate: 2 / 5 },
      medianToAbandon: expect.any(Number),
    },
  ]);
  expect(Math.abs(Number(rows[0]?.medianToAbandon) / (7 * MINUTE) - 1)).toBeLessThan(0.025);
});

test("carts count by the step in which they began; a rate of nothing is unknown", async ({
  db,
}) => {
  const trade = await openTrade(db, { timeZone: "Pacific/Auckland" });
  // In Auckland it is 12 hours later in June.
  await trade.cart("2026-06-09T11:59:59Z", { changes: changes(0, 30) });
  await trade.cart("2026-06-09T12:00:00Z", { converted: 1 });
  const question = trade.asks("from=2026-06-08&to=2026-06-10", NOW);

  const { rows } = await cartNumbers(db, question, { by: "step" });
  const value = await cartValue(db, question, { by: "step" });

  expect(rows.map(({ of, carts, abandonmentRate }) => [of, carts, abandonmentRate])).toEqual([
    ["2026-06-07T12:00:00.000Z", 0, null],
    ["2026-06-08T12:00:00.000Z", 1, 1],
    ["2026-06-09T12:00:00.000Z", 1, 0],
  ]);
  expect(value.rows.map(({ meanMinor }) => meanMinor)).toEqual([null, 1_000, 1_000]);
});

test("carts are told apart by the session in which they began, without bots and other shops", async ({
  db,
}) => {
  const [ours, theirs] = [await openTrade(db), await openTrade(db)];
  await ours.cart("2026-06-02T10:00:00Z", { channel: "email", converted: 1 });
  await ours.cart("2026-06-02T10:00:00Z", { channel: "search", sampleRate: 0.5 });
  await ours.cart("2026-06-02T10:00:00Z", { channel: "search", isBot: true });
  await theirs.cart("2026-06-02T10:00:00Z", { channel: "email" });

  const { rows } = await cartNumbers(db, ours.asks(JUNE, NOW), { by: "channel" });
  const email = await cartNumbers(db, ours.asks(`${JUNE}&channel=email`, NOW), { by: "all" });

  expect(rows.map(({ of, carts, abandoned }) => [of, carts, abandoned])).toEqual([
    ["search", 2, 2],
    ["email", 1, 0],
  ]);
  expect(email.rows).toMatchObject([{ carts: 1, converted: 1, abandonmentRate: 0 }]);
});

test("values are of the shop's currency; others are counted, and emptied carts are worth nothing", async ({
  db,
}) => {
  const trade = await openTrade(db);
  for (const valueMinor of [1_000, 2_000, 3_000, 10_000])
    await trade.cart("2026-06-02T10:00:00Z", { valueMinor });
  await trade.cart("2026-06-02T10:00:00Z", { valueMinor: 99_000, currency: "USD" });
  await trade.cart("2026-06-02T10:00:00Z", { valueMinor: null });
  await trade.cart("2026-06-02T10:00:00Z", { valueMinor: 0, itemCount: 0 });
  const question = trade.asks(JUNE, NOW);

  const { rows } = await cartValue(db, question, { by: "all" });
  const bands = await cartBands(db, question);

  expect(rows).toEqual([
    {
      ...{ of: "all", carts: 4, meanMinor: 4_000, medianMinor: 2_500, p90Minor: 7_900 },
      ...{ otherCurrency: 1, unpriced: 1 },
    },
  ]);
  const filled = bands.rows.filter(({ carts }) => carts > 0);
  expect(bands.rows).toHaveLength(9);
  expect(filled).toEqual([
    ...[1_000, 2_000, 3_000].map((from) => ({
      ...{ fromMinor: from, toMinor: from + 1_000, carts: 1, share: 0.25 },
    })),
    { fromMinor: 8_000, toMinor: null, carts: 1, share: 0.25 },
  ]);
});

test("buckets of amounts follow each other without a gap, none wider than 2.5 % of what lies in it", async ({
  db,
}) => {
  const buckets = await db.$queryRaw<{ bucket: number; least: number; most: number }[]>`
    select amount_bucket(amount) as bucket, min(amount)::int as least, max(amount)::int as most
    from generate_series(0::bigint, 110000) as amount group by 1 order by 1`;
  const [far] = await db.$queryRaw<{ bucket: number }[]>`
    select amount_bucket(9223372036854775807) as bucket`;

  expect(buckets.map(({ bucket }) => bucket)).toEqual(buckets.map((_, index) => index));
  expect(buckets.at(-1)).toEqual({ bucket: 1_724, least: 110_000, most: 110_000 });
  for (const { least, most } of buckets) expect(most - least).toBeLessThan(Math.max(1, least / 40));
  expect(far).toEqual({ bucket: 960 + 360 * 15 + 368 });
});

test("the page shows of carts what the reports tell of them", async ({ db }) => {
  const trade = await openTrade(db);
  for (const [day, valueMinor] of [1_000, 2_500, 40_000].entries())
    await trade.cart(`2026-06-0${day + 1}T10:00:00Z`, { valueMinor });
  const question = trade.asks(JUNE, NOW);

  const page = await cartsPage(db, question, "added");

  expect(page.bands).toEqual((await cartBands(db, question)).rows);
  expect(page.values).toEqual({
    all: (await cartValue(db, question, { by: "all" })).rows[0],
    steps: (await cartValue(db, question, { by: "step" })).rows,
  });
  expect(page.carts).toEqual({
    all: (await cartNumbers(db, question, { by: "all" })).rows[0],
    steps: (await cartNumbers(db, question, { by: "step" })).rows,
  });
  expect(page.bands.reduce((sum, { carts }) => sum + carts, 0)).toBe(3);
});

test("half a minor unit is rounded up, as in every other amount", async ({ db }) => {
  const trade = await openTrade(db);
  for (const valueMinor of [1_000, 1_001]) await trade.cart("2026-06-02T10:00:00Z", { valueMinor });

  const { rows } = await cartValue(db, trade.asks(JUNE, NOW), { by: "all" });

  expect(rows).toMatchObject([{ meanMinor: 1_001, medianMinor: 1_001, p90Minor: 1_001 }]);
});

test("without carts there are zeros, no value and no bands", async ({ db }) => {
  const trade = await openTrade(db);
  const question = trade.asks(JUNE, NOW);

  expect((await cartNumbers(db, question, { by: "all" })).rows).toMatchObject([
    { of: "all", carts: 0, abandonmentRate: null, recoveryRate: null },
  ]);
  expect((await cartValue(db, question, { by: "all" })).rows).toMatchObject([{ meanMinor: null }]);
  expect((await cartBands(db, question)).rows).toEqual([]);
  expect((await topProducts(db, question, ADDED)).rows).toEqual([]);
});

const ADDED = { by: "product", sort: "added", limit: 50 } as const;

test("what was put in and taken out is counted by sessions and pieces, with how sure the rate is", async ({
  db,
}) => {
  const trade = await openTrade(db);
  for (let i = 0; i < 40; i++)
    await trade.visit("2026-06-02T10:00:00Z", { adds: [1], removes: i < 20 ? [1] : [] });
  await trade.visit("2026-06-02T10:00:00Z", { adds: [2, 2], removes: [2] });
  await trade.visit("2026-06-02T10:00:00Z", { removes: [3] });
  await trade.visit("2026-06-02T10:00:00Z", { adds: [1], isBot: true });
  const question = trade.asks(JUNE, NOW);

  const { rows } = await topProducts(db, question, ADDED);
  const dropped = await topProducts(db, question, { ...ADDED, sort: "dropped" });

  expect(rows.map(({ of }) => of)).toEqual(["1", "2", "3"]);
  expect(rows[0]).toMatchObject({
    ...{ addedSessions: 40, addShare: 40 / 41, addedPieces: 40 },
    ...{ removedSessions: 20, removedPieces: 20, addedAndRemoved: 20, removalRate: 0.5 },
  });
  expect(rows[1]).toMatchObject({ addedSessions: 1, addedPieces: 2, removalRate: 1 });
  expect(rows[2]).toMatchObject({ addedSessions: 0, removedSessions: 1, removalRate: null });
  expect(dropped.rows.map(({ of }) => of)).toEqual(["1", "2", "3"]);
});
