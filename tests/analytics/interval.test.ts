import { expect, test } from "vitest";
import { wilson } from "~/analytics/interval";

test("one of one may still be one of five; nothing of nothing is nothing", () => {
  expect(wilson(1, 1)?.low).toBeCloseTo(0.2065, 4);
  expect(wilson(1, 1)?.high).toBe(1);
  expect(wilson(0, 0)).toBeNull();
});

test("more cases of the same share make the interval narrower", () => {
  // Worked out by hand: 10 of 100 with z = 1.96.
  expect(wilson(10, 100)?.low).toBeCloseTo(0.0552, 4);
  expect(wilson(10, 100)?.high).toBeCloseTo(0.1744, 4);
  expect(wilson(0, 20)).toMatchObject({ low: 0 });
  expect(wilson(0, 20)?.high).toBeCloseTo(0.1611, 4);
});
