import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "~/catalog/prices";
import { fromPrices, productChanges, type VariantHistory } from "~/catalog/prices-of-product";
import { DAY } from "~/platform/time";
import { NOON } from "../factories";

const day = (count: number) => new Date(NOON.getTime() + count * DAY);
type Told = [on: number, priceMinor: number, isAvailable: boolean];
const history = (variantId: string, told: Told[], endedAt: Date | null = null): VariantHistory => ({
  ...{ variantId, endedAt },
  changes: told.map(([on, priceMinor, isAvailable]) => ({
    ...{ changedAt: day(on), priceMinor, compareAtMinor: null, isAvailable },
  })),
});

test("a product costs from its cheapest to its dearest variant, and is sold while one is", () => {
  const small = history("1", [
    [0, 900, true],
    [4, 900, false],
  ]);
  const large = history("2", [
    [0, 1_200, true],
    [2, 800, true],
    [6, 800, false],
  ]);

  expect(productChanges([small, large])).toEqual([
    { changedAt: day(0), minMinor: 900, maxMinor: 1_200, isAvailable: true },
    { changedAt: day(2), minMinor: 800, maxMinor: 900, isAvailable: true },
    { changedAt: day(6), minMinor: 800, maxMinor: 900, isAvailable: false },
  ]);
});

test("a variant counts until it is gone", () => {
  const stays = history("1", [[0, 900, true]]);
  const goes = history(
    "2",
    [
      [0, 500, true],
      [3, 500, false],
    ],
    day(3),
  );

  expect(productChanges([stays, goes]).map(({ minMinor }) => minMinor)).toEqual([500, 900]);
  expect(productChanges([goes]).at(-1)).toMatchObject({ minMinor: 500, isAvailable: false });
  expect(productChanges([])).toEqual([]);
});

test("on any day the product is what its variants were on that day", () => {
  const told = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 5 }), fc.boolean()),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(fc.array(told, { minLength: 1, maxLength: 4 }), (variants) => {
      const histories = variants.map((changes, index) =>
        history(
          String(index),
          changes.toSorted(([one], [other]) => one - other),
        ),
      );
      const changes = productChanges(histories);

      for (let on = 0; on <= 20; on++) {
        const shown = histories.flatMap((each) => lastBy(each.changes, on) ?? []);
        const prices = shown.map(({ priceMinor }) => priceMinor);
        const found = lastBy(changes, on);
        expect(found?.minMinor ?? Infinity).toBe(Math.min(...prices));
        expect(found?.maxMinor ?? -Infinity).toBe(Math.max(...prices));
        expect(found?.isAvailable ?? false).toBe(shown.some(({ isAvailable }) => isAvailable));
      }
    }),
  );
});

test("the from-price is a series like a variant's", () => {
  expect(fromPrices(productChanges([history("1", [[0, 900, true]])]))).toEqual<Change[]>([
    { changedAt: day(0), priceMinor: 900, compareAtMinor: null, isAvailable: true },
  ]);
});

const lastBy = <Row extends { changedAt: Date }>(rows: readonly Row[], on: number) =>
  rows.findLast(({ changedAt }) => changedAt <= day(on));
