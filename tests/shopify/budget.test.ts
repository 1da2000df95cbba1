import fc from "fast-check";
import { expect, test } from "vitest";
import { pauseFor, restored } from "~/shopify/budget";

const bucket = (currentlyAvailable: number) => ({
  ...{ maximumAvailable: 2000, currentlyAvailable, restoreRate: 100 },
});

test("background work waits until a query leaves half of the bucket", () => {
  expect(pauseFor(bucket(2000), 0, 900)).toBe(0);
  expect(pauseFor(bucket(1900), 0, 900)).toBe(0);
  expect(pauseFor(bucket(1000), 0, 900)).toBe(9_000);
  expect(pauseFor(bucket(1000), 4_000, 900)).toBe(5_000);
  expect(pauseFor(bucket(1000), 60_000, 900)).toBe(0);
});

test("a query dearer than half of the bucket waits for a full one", () => {
  const small = { maximumAvailable: 1000, currentlyAvailable: 900, restoreRate: 50 };

  expect(pauseFor(small, 0, 900)).toBe(2_000);
});

test("after the pause there is enough, and two milliseconds earlier there was not", () => {
  const points = fc.integer({ min: 0, max: 2000 });
  fc.assert(
    fc.property(points, points, fc.integer({ min: 0, max: 60_000 }), (available, cost, elapsed) => {
      const pause = pauseFor(bucket(available), elapsed, cost);

      const wanted = Math.min(2000, 1000 + cost);
      expect(restored(bucket(available), elapsed + pause)).toBeGreaterThan(wanted - 0.001);
      if (pause > 1) expect(restored(bucket(available), elapsed + pause - 2)).toBeLessThan(wanted);
    }),
  );
});
