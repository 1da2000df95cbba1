import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, dayAt, isTimeZone, startOfDay } from "~/platform/calendar";
import { DAY, HOUR } from "~/platform/time";

const ZONES = Intl.supportedValuesOf("timeZone");
const AWKWARD = ["Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo"];
const zone = fc.oneof(fc.constantFrom(...AWKWARD), fc.constantFrom(...ZONES));
const moment = fc.date({
  min: new Date("2013-01-01T00:00:00Z"),
  max: new Date("2035-01-01T00:00:00Z"),
  noInvalidDate: true,
});
const ask = { numRuns: 3_000 };

/** Asked of Intl in another way than the code under test does. */
const intlDay = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);

describe("in every time zone", () => {
  test("the day at a moment is the one that Intl shows", () => {
    fc.assert(
      fc.property(zone, moment, (timeZone, at) => {
        expect(dayAt(at, timeZone)).toBe(intlDay(at, timeZone));
      }),
      ask,
    );
  });

  test("a moment lies between the start of its day and the start of the next", () => {
    fc.assert(
      fc.property(zone, moment, (timeZone, at) => {
        const day = dayAt(at, timeZone);

        expect(startOfDay(day, timeZone).getTime()).toBeLessThanOrEqual(at.getTime());
        expect(startOfDay(addDays(day, 1), timeZone).getTime()).toBeGreaterThan(at.getTime());
      }),
      ask,
    );
  });

  test("a day starts at the first moment that shows it", () => {
    fc.assert(
      fc.property(zone, moment, (timeZone, at) => {
        const day = dayAt(at, timeZone);
        const start = startOfDay(day, timeZone).getTime();

        expect(intlDay(new Date(start), timeZone)).toBe(day);
        expect(intlDay(new Date(start - 1), timeZone)).toBe(addDays(day, -1));
      }),
      ask,
    );
  });
});

const hoursOf = (day: string, timeZone: string) =>
  (startOfDay(addDays(day, 1), timeZone).getTime() - startOfDay(day, timeZone).getTime()) / HOUR;

test.each([
  ["2026-06-01", "Europe/Berlin", 24],
  ["2026-03-29", "Europe/Berlin", 23],
  ["2026-10-25", "Europe/Berlin", 25],
  ["2026-04-05", "Australia/Lord_Howe", 24.5],
  ["2026-10-04", "Australia/Lord_Howe", 23.5],
  ["2011-12-30", "Pacific/Apia", 0],
])("%s in %s has %d hours", (day, timeZone, hours) => {
  expect(hoursOf(day, timeZone)).toBe(hours);
});

test.each([
  ["at its midnight", "2026-06-01", "Pacific/Tongatapu", "2026-05-31T11:00:00.000Z"],
  [
    "after a clock that jumps over midnight",
    "2026-04-24",
    "Africa/Cairo",
    "2026-04-23T22:00:00.000Z",
  ],
  ["where the day before was left out", "2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
  ["at the second of two midnights", "2010-11-07", "America/St_Johns", "2010-11-07T03:30:00.000Z"],
  [
    "where its own first hour comes twice",
    "2015-10-25",
    "Atlantic/Azores",
    "2015-10-25T00:00:00.000Z",
  ],
])("a day starts %s", (_, day, timeZone, start) => {
  expect(startOfDay(day, timeZone).toISOString()).toBe(start);
});

test("days are counted across the ends of months and years, and through daylight saving", () => {
  expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
  expect(addDays("2026-01-01", 365)).toBe(
    new Date(Date.UTC(2026, 0, 1) + 365 * DAY).toISOString().slice(0, 10),
  );
});

test("a time zone is one that Intl knows", () => {
  expect(isTimeZone("America/St_Johns")).toBe(true);
  expect(isTimeZone("Europe/Atlantis")).toBe(false);
  expect(isTimeZone("")).toBe(false);
});
