import { expect, test } from "vitest";
import { isLone } from "~/components/analytics/series";

const points = (...values: (number | null)[]) =>
  values.map((now) => ({ label: "", now, before: null }));
const lone = (...values: (number | null)[]) =>
  values.flatMap((_, index) => (isLone(points(...values), "now", index) ? [index] : []));

test("a number is alone where no line leads to it", () => {
  expect(lone(1, null, 2, 3, null, 4)).toEqual([0, 5]);
  expect(lone(null, 0, null)).toEqual([1]);
  expect(lone(7)).toEqual([0]);
  expect(lone(1, 2, 3)).toEqual([]);
  expect(isLone(points(1), "before", 0)).toBe(false);
});
