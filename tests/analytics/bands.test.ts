import fc from "fast-check";
import { expect, test } from "vitest";
import { bandsTo } from "~/analytics/carts/bands";
import { rateOf } from "~/analytics/products/rates";

test("bands have a round width, and nine values in ten lie below the last", () => {
  expect(bandsTo(8_000)).toEqual([
    0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000,
  ]);
  expect(bandsTo(7_999)).toHaveLength(9);
  expect(bandsTo(1_700)).toEqual([0, 250, 500, 750, 1_000, 1_250, 1_500, 1_750]);
});

test("without a value, or with nothing but 0, there is one band", () => {
  expect(bandsTo(null)).toEqual([0]);
  expect(bandsTo(0)).toEqual([0]);
});

test("whatever carts are worth, there are at most ten bands, of whole minor units", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 46 }), (p90) => {
      const starts = bandsTo(p90);

      expect(starts.length).toBeLessThanOrEqual(10);
      expect(starts.every(Number.isInteger)).toBe(true);
      expect(new Set(starts).size).toBe(starts.length);
      expect(starts.at(-1)).toBeGreaterThan(p90);
    }),
  );
});

test("a rate of nothing is unknown; fewer sampled sessions prove less", () => {
  expect(rateOf(0, 0, 0)).toEqual({ share: null, low: null, high: null });
  const [few, many] = [rateOf(100, 400, 4), rateOf(100, 400, 400)];
  expect([few.share, many.share]).toEqual([0.25, 0.25]);
  expect((few.high ?? 0) - (few.low ?? 0)).toBeGreaterThan((many.high ?? 1) - (many.low ?? 0));
});
