import { expect, test } from "vitest";
import { progressOf } from "~/analytics/progress";
import { inTwoParts, isLone, toPoints } from "~/components/analytics/series";

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

const HOURS = [8, 9, 10, 11].map((hour) => new Date(Date.UTC(2026, 9, 13, hour)));
const END = new Date("2026-10-13T12:00:00Z");
const progressAt = (now: string) => progressOf(HOURS, END, new Date(`2026-10-13T${now}:00Z`));

test("a step is over when the next one begins, and the last one with the period", () => {
  expect(progressAt("09:59")).toEqual(["over", "underWay", "ahead", "ahead"]);
  expect(progressAt("10:00")).toEqual(["over", "over", "underWay", "ahead"]);
  expect(progressAt("11:59")).toEqual(["over", "over", "over", "underWay"]);
  expect(progressAt("12:00")).toEqual(["over", "over", "over", "over"]);
  expect(progressAt("07:00")).toEqual(["ahead", "ahead", "ahead", "ahead"]);
});

test("what is still rising has a line of its own, and what is to come has none", () => {
  const rows = [5, 7, 2, 0].map((sessions) => ({ sessions }));
  const drawn = inTwoParts(
    toPoints(
      { now: rows, before: rows },
      () => "",
      ({ sessions }) => sessions,
      progressAt("10:30"),
    ),
  );

  expect(drawn.map(({ whole }) => whole)).toEqual([5, 7, null, null]);
  expect(drawn.map(({ soFar }) => soFar)).toEqual([null, 7, 2, null]);
  expect(drawn.map(({ now }) => now)).toEqual([5, 7, 2, null]);
  expect(drawn.map(({ before }) => before)).toEqual([5, 7, 2, 0]);
});
