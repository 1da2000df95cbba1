import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, MINUTE } from "~/platform/time";
import { featuresOf, type Past, type PastOrder } from "~/projections/visitors/features";
import { minutes, NOON } from "../../factories";

const RUNS = { numRuns: 1_000 };

const past = (about: Partial<Past> = {}): Past => ({
  ...{ timeZone: "UTC", sessions: [], products: [], orders: [] },
  ...about,
});
const days = (count: number) => new Date(NOON.getTime() + count * DAY);
const session = (startedAt: Date, engagedMs: number | null = null) => ({
  ...{ startedAt, endedAt: minutes(10, startedAt), engagedMs },
});
const product = (productId: string, about: Partial<Past["products"][number]> = {}) => ({
  ...{ productId, weight: 1, firstViewedAt: null, priceMinor: null },
  ...{ productType: null, vendor: null, ...about },
});
const order = (placedAt: Date, about: Partial<PastOrder> = {}): PastOrder => ({
  ...{ placedAt, revenueMinor: 1_000, isDiscounted: false, hasSession: false, items: [] },
  ...about,
});
const item = (productId: string, priceMinor = 1_000) => ({ productId, priceMinor, vendor: null });

describe("a visitor's features", () => {
  test("are null where nothing is known, not 0", () => {
    expect(featuresOf(past({ sessions: [session(NOON)] }))).toMatchObject({
      ...{ lastOrderAt: null, meanOrderMinor: null, discountedShare: null, decisionMs: null },
      ...{ priceLowMinor: null, priceMedianMinor: null, priceHighMinor: null },
      ...{ medianDaysBetween: null, engagedMs: null, categoryShares: [], vendorShares: [] },
    });
    expect(featuresOf(past({ orders: [order(NOON)] }))).toMatchObject({ lastSessionAt: null });
  });

  test("tell when they came last, how often, and how many days apart", () => {
    const sessions = [0, 0.1, 2, 12].map((day) => session(days(day)));
    const orders = [order(days(12.01), { hasSession: true }), order(days(15))];

    expect(featuresOf(past({ sessions, orders }))).toMatchObject({
      ...{ lastSessionAt: minutes(10, days(12)), lastOrderAt: days(15) },
      ...{ sessionCount: 4, orderCount: 2, dayCount: 4, medianDaysBetween: 3 },
    });
  });

  test("tell what was spent, and how often with a discount", () => {
    const orders = [
      order(days(0), { revenueMinor: 1_000, isDiscounted: true }),
      order(days(1), { revenueMinor: 2_001 }),
    ];

    expect(featuresOf(past({ orders }))).toMatchObject({
      ...{ totalMinor: 3_001, meanOrderMinor: 1_501, discountedShare: 0.5 },
    });
  });

  test("name the prices between which half of what they look at and buy lies", () => {
    const products = [100, 200, 300, 900].map((priceMinor) =>
      product(`${priceMinor}`, { priceMinor }),
    );
    const orders = [order(NOON, { items: [item("5", 250)] })];

    expect(featuresOf(past({ products, orders }))).toMatchObject({
      ...{ priceLowMinor: 200, priceMedianMinor: 250, priceHighMinor: 300 },
    });
  });

  test("tell how long they took from the first look to the first order", () => {
    const products = [
      product("1", { firstViewedAt: days(0) }),
      product("2", { firstViewedAt: days(4) }),
      product("3", { firstViewedAt: days(9) }),
      product("4"),
    ];
    const items = [item("1"), item("2"), item("3"), item("4")];
    const orders = [order(days(20), { items }), order(days(6), { items })];

    expect(featuresOf(past({ products, orders })).decisionMs).toBe(4 * DAY);
  });

  test("weigh product types and vendors by what was done with their products", () => {
    const products = [
      product("1", { weight: 3, productType: "Tents", vendor: "Fjord" }),
      product("2", { weight: 0.5, productType: "Mugs", vendor: "Fjord" }),
      product("3", { weight: 0.5, productType: "Mugs" }),
      product("4", { weight: 9 }),
    ];
    const orders = [order(NOON, { items: [{ ...item("3"), vendor: "Alp" }] })];

    const { categoryShares, vendorShares } = featuresOf(past({ products, orders }));

    expect(categoryShares).toEqual([
      { name: "Tents", share: 0.75 },
      { name: "Mugs", share: 0.25 },
    ]);
    expect(vendorShares).toEqual([
      { name: "Fjord", share: 0.875 },
      { name: "Alp", share: 0.125 },
    ]);
  });

  test("name ten types at most", () => {
    const products = Array.from({ length: 14 }, (_, i) => product(`${i}`, { productType: `${i}` }));

    expect(featuresOf(past({ products })).categoryShares).toHaveLength(10);
  });

  test("tell the hours and weekdays by the shop's own clock", () => {
    // Saturday noon and 23:30 by UTC are Sunday 01:00 and 12:30 in Auckland.
    const sessions = [session(NOON), session(minutes(690))];

    const { hourShares, weekdayShares } = featuresOf(
      past({ sessions, timeZone: "Pacific/Auckland" }),
    );

    expect(hourShares.map((share, hour) => [hour, share]).filter(([, share]) => share)).toEqual([
      [1, 0.5],
      [12, 0.5],
    ]);
    expect(weekdayShares).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  test("count an order's hour where no session tells of it", () => {
    const orders = [order(NOON), order(minutes(60), { hasSession: true })];

    expect(featuresOf(past({ sessions: [session(minutes(55))], orders })).hourShares[12]).toBe(1);
  });

  test("add up the time for which pages were visible, as far as it is known", () => {
    const sessions = [session(NOON, 2 * MINUTE), session(days(1)), session(days(2), MINUTE)];

    expect(featuresOf(past({ sessions })).engagedMs).toBe(3 * MINUTE);
  });
});

const moment = fc.nat({ max: 200_000 }).map((minute) => minutes(minute));
const name = fc.option(fc.constantFrom("a", "b", "c"));
const anyPast: fc.Arbitrary<Past> = fc.record({
  timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Auckland"),
  sessions: fc.array(
    fc.record({ startedAt: moment, endedAt: moment, engagedMs: fc.option(fc.nat()) }),
    { maxLength: 8 },
  ),
  products: fc.uniqueArray(
    fc.record({
      productId: fc.constantFrom("1", "2", "3", "4"),
      weight: fc.double({ min: 0, max: 20, noNaN: true }),
      firstViewedAt: fc.option(moment),
      priceMinor: fc.option(fc.nat()),
      productType: name,
      vendor: name,
    }),
    { selector: ({ productId }) => productId },
  ),
  orders: fc.uniqueArray(
    fc.record({
      placedAt: moment,
      revenueMinor: fc.nat(),
      isDiscounted: fc.boolean(),
      hasSession: fc.boolean(),
      items: fc.uniqueArray(
        fc.record({
          productId: fc.option(fc.constantFrom("1", "2", "9")),
          priceMinor: fc.nat(),
          vendor: name,
        }),
        { selector: ({ productId }) => productId, maxLength: 3 },
      ),
    }),
    { selector: ({ placedAt }) => placedAt.getTime(), maxLength: 5 },
  ),
});
const reversed = (past: Past): Past => ({
  ...past,
  sessions: past.sessions.toReversed(),
  products: past.products.toReversed(),
  orders: past.orders.toReversed(),
});

describe("for any past", () => {
  test("the order in which it is told changes nothing", () =>
    fc.assert(
      fc.property(anyPast, (past) => {
        expect(featuresOf(reversed(past))).toEqual(featuresOf(past));
      }),
      RUNS,
    ));

  test("shares are shares, the quartiles are in order, and the median day apart is at least one", () =>
    fc.assert(
      fc.property(anyPast, (past) => {
        const features = featuresOf(past);
        const { priceLowMinor: low, priceMedianMinor: mid, priceHighMinor: high } = features;
        for (const shares of [features.hourShares, features.weekdayShares])
          if (shares.length > 0)
            expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
        for (const named of [features.categoryShares, features.vendorShares])
          for (const { share } of named) expect(share).toBeLessThanOrEqual(1);
        if (low !== null && mid !== null && high !== null)
          expect([low, mid, high].toSorted((a, b) => a - b)).toEqual([low, mid, high]);
        if (features.medianDaysBetween !== null)
          expect(features.medianDaysBetween).toBeGreaterThanOrEqual(1);
        if (features.decisionMs !== null) expect(features.decisionMs).toBeGreaterThanOrEqual(0);
      }),
      RUNS,
    ));
});
