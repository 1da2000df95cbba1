import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dropIn,
  lowestIn,
  outOfStock,
  PRIOR_DAYS,
  priceSteps,
  reductionIn,
  shareOf,
  type Change,
  type PriceStep,
} from "~/catalog/prices";
import { DAY } from "~/platform/time";
import { NOON } from "../factories";

/** Days after a Saturday at noon. */
const day = (count: number) => new Date(NOON.getTime() + count * DAY);
const change = (on: number, priceMinor: number, about: Partial<Change> = {}): Change => ({
  ...{ changedAt: day(on), priceMinor, compareAtMinor: null, isAvailable: true },
  ...about,
});
const stepsOf = (changes: Change[], until = 100): PriceStep[] => priceSteps(changes, day(until));
const priceOn = (steps: readonly PriceStep[], at: Date) =>
  steps.find(({ from, to }) => from <= at && at < to)?.priceMinor ?? null;

/** A price for each day, from day 0 on; few prices, so that they repeat. */
const seen = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 120 });
/** What is written of them: the days on which the price is another one. */
const changesOf = (prices: readonly number[]): Change[] =>
  prices.flatMap((price, on) => (price === prices[on - 1] ? [] : [change(on, price)]));

describe("a price series", () => {
  test("rebuilt from its changes, equals the prices that were seen", () => {
    fc.assert(
      fc.property(seen, (prices) => {
        const steps = stepsOf(changesOf(prices), prices.length);

        expect(prices.map((_, on) => priceOn(steps, day(on)))).toEqual(prices);
        expect(steps.slice(1).map(({ from }) => from)).toEqual(
          steps.slice(0, -1).map(({ to }) => to),
        );
      }),
    );
  });

  test("has no step for a change of stock, and one for a change of the compare-at price", () => {
    const changes = [
      change(0, 2_000),
      change(1, 2_000, { isAvailable: false }),
      change(2, 2_000, { compareAtMinor: 2_500 }),
    ];

    expect(stepsOf(changes).map(({ from }) => from)).toEqual([day(0), day(2)]);
  });
});

describe("the lowest price of 30 days", () => {
  test("is what a search of each day finds", () => {
    fc.assert(
      fc.property(seen, fc.nat(130), (prices, on) => {
        const days = Array.from({ length: PRIOR_DAYS }, (_, index) => on - PRIOR_DAYS + index);
        const shown = days.flatMap((each) => prices[each] ?? []);
        const steps = stepsOf(changesOf(prices), prices.length);

        const lowest = lowestIn(steps, { from: day(on - PRIOR_DAYS), to: day(on) });

        expect(lowest?.priceMinor ?? Infinity).toBe(Math.min(...shown));
        expect(lowest?.knownDays ?? 0).toBeCloseTo(shown.length);
      }),
    );
  });

  test("counts a price that held for an hour", () => {
    const changes = [
      change(0, 2_000),
      change(5, 900),
      change(5 + 1 / 24, 2_000),
      change(20, 1_500),
    ];

    expect(reductionIn(stepsOf(changes, 21))?.prior).toMatchObject({ priceMinor: 900 });
  });
});

describe("a reduction", () => {
  const announced = { compareAtMinor: 2_500 };

  test("begins where the merchant first showed this price below another", () => {
    const changes = [change(0, 2_000), change(10, 1_500, announced), change(12, 1_500, announced)];

    expect(reductionIn(stepsOf(changes))).toEqual({
      ...{ by: "compareAt", since: day(10) },
      prior: { priceMinor: 2_000, knownDays: 10 },
    });
  });

  test("goes on while only the compare-at price changes", () => {
    const changes = [
      change(0, 1_500, announced),
      change(9, 1_500, { compareAtMinor: 3_000 }),
      change(10, 1_500, { compareAtMinor: 1_500 }),
      change(11, 1_500, announced),
    ];

    expect(reductionIn(stepsOf(changes.slice(0, 2)))?.since).toEqual(day(0));
    expect(reductionIn(stepsOf(changes))?.since).toEqual(day(11));
  });

  test("that follows a rise has the low price from before it as its prior price", () => {
    const changes = [change(0, 1_500), change(10, 3_000), change(12, 2_000, announced)];

    expect(reductionIn(stepsOf(changes, 13))?.prior?.priceMinor).toBe(1_500);
  });

  test("in several steps is compared with the step before", () => {
    const changes = [change(0, 2_000), change(40, 1_500, announced), change(50, 1_200, announced)];

    expect(reductionIn(stepsOf(changes))).toMatchObject({
      since: day(50),
      prior: { priceMinor: 1_500, knownDays: 30 },
    });
  });

  test("has no prior price when nothing is known from before", () => {
    expect(reductionIn(stepsOf([change(0, 1_500, announced)]))?.prior).toBeNull();
  });

  test("without a compare-at price lasts 30 days from the fall", () => {
    const changes = [change(0, 2_000), change(10, 1_500)];

    expect(reductionIn(stepsOf(changes, 40))).toMatchObject({ by: "fall", since: day(10) });
    expect(reductionIn(stepsOf(changes, 40.01))).toBeNull();
  });

  test("is none where the price rose, never changed, or stands at its compare-at price", () => {
    expect(reductionIn(stepsOf([change(0, 1_500), change(1, 2_000)], 2))).toBeNull();
    expect(reductionIn(stepsOf([change(0, 1_500)], 2))).toBeNull();
    expect(reductionIn(stepsOf([change(0, 2_500, announced)], 2))).toBeNull();
    expect(reductionIn([])).toBeNull();
  });
});

describe("a drop", () => {
  test("is the last change of the price, if that was a fall", () => {
    const changes = [change(0, 2_000), change(5, 2_500), change(8, 1_500)];

    const drop = dropIn(stepsOf(changes));

    expect(drop).toEqual({ at: day(8), fromMinor: 2_500, toMinor: 1_500 });
    expect(drop && shareOf(drop)).toBeCloseTo(0.4);
    expect(dropIn(stepsOf(changes.slice(0, 2)))).toBeNull();
  });

  test("stays where it was while the compare-at price changes", () => {
    const changes = [change(0, 2_000), change(5, 1_500), change(8, 1_500, { compareAtMinor: 1 })];

    expect(dropIn(stepsOf(changes))?.at).toEqual(day(5));
  });

  test("from a price of nothing has no share", () => {
    expect(shareOf({ fromMinor: 0, toMinor: 0 })).toBeNull();
  });
});

describe("days out of stock", () => {
  test("are counted within the window, of the days that are known", () => {
    const changes = [
      change(5, 1, { isAvailable: false }),
      change(8, 1),
      change(9.5, 1, { isAvailable: false }),
    ];

    expect(outOfStock(changes, { from: day(0), to: day(10) })).toEqual({ days: 3.5, knownDays: 5 });
    expect(outOfStock(changes, { from: day(7), to: day(9) })).toEqual({ days: 1, knownDays: 2 });
    expect(outOfStock([], { from: day(0), to: day(9) })).toEqual({ days: 0, knownDays: 0 });
  });

  test("are never more than the days that are known, and these never more than the window has", () => {
    const stock = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.boolean()));
    fc.assert(
      fc.property(stock, fc.nat(90), fc.integer({ min: 1, max: 60 }), (told, start, length) => {
        const changes = told
          .toSorted(([one], [other]) => one - other)
          .map(([on, isAvailable]) => change(on, 1, { isAvailable }));

        const out = outOfStock(changes, { from: day(start), to: day(start + length) });

        expect(out.days).toBeLessThanOrEqual(out.knownDays);
        expect(out.knownDays).toBeLessThanOrEqual(length);
      }),
    );
  });
});
