import { expect, test } from "vitest";
import { isDue, type Standing } from "~/analytics/rollups/due";
import { planOf } from "~/analytics/rollups/plan";
import { parseView } from "~/analytics/view";

const STANDING: Standing = {
  ...{ timeZone: "Pacific/Auckland", filledFor: "Pacific/Auckland" },
  filledAt: new Date("2026-06-01T00:00:00Z"),
  checkedAt: new Date("2026-06-10T15:30:00Z"), // 03:30 in Auckland, on the 11th
};

test("sums are compared once a night, from three o'clock of the shop", () => {
  expect(isDue(STANDING, new Date("2026-06-11T14:59:00Z"))).toBe(false);
  expect(isDue(STANDING, new Date("2026-06-11T15:00:00Z"))).toBe(true);
});

test("sums that are missing, or of other days, are due at once", () => {
  const now = new Date("2026-06-10T15:31:00Z");

  expect(isDue(STANDING, now)).toBe(false);
  expect(isDue({ ...STANDING, filledAt: null }, now)).toBe(true);
  expect(isDue({ ...STANDING, checkedAt: null }, now)).toBe(true);
  expect(isDue({ ...STANDING, filledFor: "UTC" }, now)).toBe(true);
});

const plan = (search: string) => {
  const now = new Date("2026-10-27T10:00:00Z");
  const view = parseView(new URLSearchParams(search), "Europe/Zurich", now);
  const { comparison } = view;
  return planOf(comparison ? { ...view, period: comparison.period } : view, "step");
};

test("weeks and months are of their days, the first from the period's beginning", () => {
  const weeks = plan("from=2026-10-24&to=2026-10-27&unit=week")?.days;

  expect(weeks?.map(({ day, since }) => `${day} ${since}`)).toEqual([
    "2026-10-24 2026-10-24",
    "2026-10-25 2026-10-24",
    "2026-10-26 2026-10-26",
    "2026-10-27 2026-10-26",
  ]);
  expect(new Set(weeks?.map(({ of }) => of))).toEqual(
    new Set(["2026-10-23T22:00:00.000Z", "2026-10-25T23:00:00.000Z"]), // clocks went back between
  );
});

test("a period that ends in the midst of a day has that day's sessions counted", () => {
  const { days, rest } = plan("from=2026-10-26&to=2026-10-27&compare=previous&unit=day") ?? {};

  expect(days?.map(({ day }) => day)).toEqual(["2026-10-24"]);
  expect(rest?.from).toEqual(new Date("2026-10-24T22:00:00Z"));
  expect(rest?.to).toEqual(new Date("2026-10-25T09:00:00Z")); // as many hours in as now is
});

test("a period of whole days has none to count", () => {
  const { days, rest } = plan("period=30d") ?? {};

  expect(days).toHaveLength(30);
  expect(rest?.from).toEqual(rest?.to);
});
