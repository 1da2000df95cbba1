import { expect, test } from "vitest";
import { toSessionsOverTime, toTopPages } from "~/analytics/overview";
import { periodOf } from "~/analytics/period";

const NOW = new Date("2026-06-15T12:30:00Z");

test("a step without sessions counts 0, and one that has not begun counts nothing", () => {
  const today = periodOf("today", "Europe/Berlin", NOW);

  const { unit, steps } = toSessionsOverTime(
    today,
    [{ of: "2026-06-15T12:00:00.000Z", sessions: 3 }],
    NOW,
  );

  expect(unit).toBe("hour");
  expect(steps).toHaveLength(24);
  expect(steps[13]).toEqual({ start: "2026-06-15T11:00:00.000Z", sessions: 0, isUnderWay: false });
  expect(steps[14]).toEqual({ start: "2026-06-15T12:00:00.000Z", sessions: 3, isUnderWay: true });
  expect(steps[15]).toEqual({
    start: "2026-06-15T13:00:00.000Z",
    sessions: null,
    isUnderWay: false,
  });
});

test("a longer period counts by the shop's days", () => {
  const week = periodOf("7d", "Asia/Tokyo", NOW);

  const { unit, steps } = toSessionsOverTime(
    week,
    [{ of: "2026-06-08T15:00:00.000Z", sessions: 2 }],
    NOW,
  );

  expect(unit).toBe("day");
  expect(steps.map(({ sessions }) => sessions)).toEqual([2, 0, 0, 0, 0, 0, 0]);
  expect(steps.map(({ isUnderWay }) => isUnderWay).indexOf(true)).toBe(6);
  expect(steps.map(({ start }) => start.slice(0, 16))).toEqual(
    [8, 9, 10, 11, 12, 13, 14].map((day) => `2026-06-${String(day).padStart(2, "0")}T15:00`),
  );
});

test("a page's share is of all page views; with none it is unknown", () => {
  const pages = [{ page: "/", views: 3, uniqueViews: 2 }];

  expect(toTopPages(pages, 4)).toEqual([{ path: "/", views: 3, uniqueViews: 2, share: 0.75 }]);
  expect(toTopPages([{ page: "/", views: 0, uniqueViews: 0 }], 0)[0]?.share).toBeNull();
});
