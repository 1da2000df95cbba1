import { expect, test } from "vitest";
import { showTick } from "~/components/analytics/figures";
import { ticksOf } from "~/components/analytics/ticks";
import { DAY, MINUTE, SECOND } from "~/platform/time";

test("an axis has round numbers up to the most that is drawn", () => {
  expect(ticksOf([36, null, 7], "count")).toEqual([0, 10, 20, 30, 40]);
  expect(ticksOf([124], "count")).toEqual([0, 25, 50, 75, 100, 125]);
  expect(ticksOf([213_360], "money")).toEqual([0, 50_000, 100_000, 150_000, 200_000, 250_000]);
  expect(ticksOf([0.9], "share")).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1].map(closeTo));
});

test("what is counted has whole numbers alone", () => {
  expect(ticksOf([1], "count")).toEqual([0, 1]);
  expect(ticksOf([3], "count")).toEqual([0, 1, 2, 3]);
  expect(ticksOf([12], "count")).toEqual([0, 5, 10, 15]);
  expect(ticksOf([3], "number")).toEqual([0, 1, 2, 3]);
  expect(ticksOf([1], "number")).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1].map(closeTo));
});

test("what is below 0 is on it too", () => {
  expect(ticksOf([-765, 1_200], "money")).toEqual([-1_000, -500, 0, 500, 1_000, 1_500]);
});

test("nothing but zeros has an axis up to 1, which is 100 % of a rate", () => {
  expect(ticksOf([0, null, 0], "share")).toEqual([0, 1]);
  expect(ticksOf([], "count")).toEqual([0, 1]);
});

test("durations are divided as clocks are", () => {
  expect(ticksOf([80 * SECOND], "duration")).toEqual([0, 30, 60, 90].map((at) => at * SECOND));
  expect(ticksOf([9 * MINUTE], "duration")).toEqual([0, 2, 4, 6, 8, 10].map((at) => at * MINUTE));
  expect(ticksOf([900], "duration")).toEqual([0, 200, 400, 600, 800, 1_000]);
  expect(ticksOf([1_000 * DAY], "duration").at(-1)).toBeGreaterThanOrEqual(1_000 * DAY);
});

test("an axis is written without cents where it has none", () => {
  const show = (value: number, currency: string | null) =>
    showTick(value, "money", { currency, timeZone: "UTC" });

  expect([show(50_000, "EUR"), show(50, "EUR"), show(500, "JPY")]).toEqual([
    "€500",
    "€0.50",
    "¥500",
  ]);
  expect(show(50_000, null)).toBe("50,000");
  expect(showTick(0.25, "share", { currency: "EUR", timeZone: "UTC" })).toBe("25%");
});

const closeTo = (value: number): unknown => expect.closeTo(value, 9);
