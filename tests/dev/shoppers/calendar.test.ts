import { expect, test } from "vitest";
import { chance } from "../../../dev/chance";
import {
  busynessOf,
  campaignOn,
  dateAt,
  daysUntil,
  HOUR,
  hourRush,
  momentOf,
  type Day,
} from "../../../dev/shoppers/calendar";

const BERLIN = "Europe/Berlin";
const AUCKLAND = "Pacific/Auckland";

test("a day begins and ends at the shop's midnight, and follows the one before", () => {
  const days = daysUntil(new Date("2026-11-20T23:00:00Z"), 3, BERLIN);

  expect(days.map(({ date }) => date)).toEqual(["2026-11-18", "2026-11-19", "2026-11-20"]);
  expect(days.map(({ end }) => new Date(end).toISOString())).toEqual([
    "2026-11-18T23:00:00.000Z",
    "2026-11-19T23:00:00.000Z",
    "2026-11-20T23:00:00.000Z",
  ]);
  expect(days.slice(1).map(({ start }) => start)).toEqual(days.slice(0, -1).map(({ end }) => end));
});

test("a moment after midnight belongs to the day that has begun", () => {
  const [day] = daysUntil(new Date("2026-11-20T11:00:00.001Z"), 1, AUCKLAND);

  expect(day).toMatchObject({ date: "2026-11-21", start: Date.parse("2026-11-20T11:00:00Z") });
});

test.each([
  [BERLIN, "2026-10-25", 25],
  [BERLIN, "2026-03-29", 23],
  [AUCKLAND, "2026-09-27", 23],
  [AUCKLAND, "2026-04-05", 25],
  [AUCKLAND, "2026-09-28", 24],
])("in %s the day %s has %i hours, and its visitors come within them", (timeZone, date, hours) => {
  const day = dayOf(date, timeZone);
  const luck = chance(date);

  const moments = Array.from({ length: 2_000 }, () => momentOf(day, timeZone, luck) ?? NaN);

  expect((day.end - day.start) / HOUR).toBe(hours);
  expect(moments.every((at) => dateAt(at, timeZone) === date)).toBe(true);
});

test("the evening is busy and the night is not, by the shop's own clock on both sides of a change", () => {
  for (const date of ["2026-10-24", "2026-10-25", "2026-10-26"]) {
    const { end } = dayOf(date, BERLIN);

    expect(hourRush(end - 4 * HOUR, BERLIN)).toBe(17); // 20:00
    expect(hourRush(end - 20 * HOUR, BERLIN)).toBe(1); // 04:00
  }
});

test("no hour of a day begins after its end", () => {
  const day = dayOf("2026-11-20", BERLIN);

  expect(momentOf(day, BERLIN, chance("late"), day.end)).toBeNull();
  const at = momentOf(day, BERLIN, chance("late"), day.end - HOUR);
  expect(at).toBeGreaterThanOrEqual(day.end - HOUR);
  expect(at).toBeLessThan(day.end);
});

test("the last Friday of a month is a campaign's day, busier than others", () => {
  expect(campaignOn("2026-11-27")).toBe("2026-11-last-friday");
  expect(campaignOn("2026-11-20")).toBeNull();
  expect(campaignOn("2026-11-28")).toBeNull();
  expect(busynessOf("2026-11-27", 0.5)).toBeGreaterThan(1.5 * busynessOf("2026-11-20", 0.5));
});

test("a weekend is busier than a Tuesday, and the last week busier than the first", () => {
  expect(busynessOf("2026-11-22", 0.5)).toBeGreaterThan(busynessOf("2026-11-24", 0.5));
  expect(busynessOf("2026-11-24", 1)).toBeGreaterThan(busynessOf("2026-11-24", 0));
});

function dayOf(date: string, timeZone: string): Day {
  const days = daysUntil(new Date(Date.parse(date) + 36 * HOUR), 3, timeZone);
  const day = days.find((day) => day.date === date);
  if (!day) throw new Error(`no ${date} among ${days.map((day) => day.date).join(", ")}`);
  return day;
}
