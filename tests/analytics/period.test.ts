import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePeriod, periodOf, PRESETS, stepsOf, timeZoneOf, unitOf } from "~/analytics/period";
import { dayAt } from "~/platform/calendar";
import { DAY, HOUR } from "~/platform/time";

const NOON = new Date("2026-06-15T12:00:00Z");
const AWKWARD = ["Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo"];
const zone = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
);
const now = fc.date({
  min: new Date("2013-06-01T00:00:00Z"),
  max: new Date("2035-01-01T00:00:00Z"),
  noInvalidDate: true,
});
const anyPeriod = fc
  .tuple(fc.constantFrom(...PRESETS), zone, now)
  .map(([preset, timeZone, at]) => ({ period: periodOf(preset, timeZone, at), at }));
const ask = { numRuns: 500 };
/** How far a zone's clock was ever put back at once in these years: Antarctica/Casey's, most autumns. */
const PUT_BACK = 3 * HOUR;
const LONGEST = {
  hour: HOUR,
  day: DAY + PUT_BACK,
  week: 7 * DAY + PUT_BACK,
  month: 31 * DAY + PUT_BACK,
};

const read = (search: string, at = NOON) =>
  parsePeriod(new URLSearchParams(search), "Europe/Berlin", at);

test("the address names the period", () => {
  expect(PRESETS.map((preset) => read(`period=${preset}`).days.length)).toEqual([
    ...[1, 1, 7, 30, 90, 365],
  ]);
});

test("an address without a period means the last 7 days", () => {
  expect(read("shop=a.myshopify.com").preset).toBe("7d");
});

test.each(["period=", "period=8d", "period=toString", "period=TODAY"])(
  "junk is refused, in words that say what would do: %s",
  (search) => {
    expect(() => read(search)).toThrow(
      /^period must be one of today, yesterday, 7d, 30d, 90d, 365d, got ".*"$/,
    );
  },
);

test("days are the shop's, or UTC's where its time zone is unknown", () => {
  expect(timeZoneOf({ timeZone: "America/St_Johns" })).toBe("America/St_Johns");
  expect(timeZoneOf({ timeZone: "Europe/Atlantis" })).toBe("UTC");
  expect(timeZoneOf({ timeZone: null })).toBe("UTC");
});

test("a period ends with the shop's today, not with the server's", () => {
  const evening = new Date("2026-06-15T23:30:00Z");

  expect(read("period=7d", evening).days).toEqual(
    [10, 11, 12, 13, 14, 15, 16].map((day) => `2026-06-${day}`),
  );
  expect(periodOf("today", "America/New_York", evening).days).toEqual(["2026-06-15"]);
});

test("a period contains now, and ends at most a day later, unless it is yesterday", () => {
  fc.assert(
    fc.property(anyPeriod, ({ period, at }) => {
      fc.pre(period.preset !== "yesterday");
      expect(period.from.getTime()).toBeLessThanOrEqual(at.getTime());
      expect(period.to.getTime()).toBeGreaterThan(at.getTime());
      expect(period.to.getTime() - at.getTime()).toBeLessThanOrEqual(DAY + PUT_BACK);
    }),
    ask,
  );
});

test("its days are those that its moments show, each once and in order", () => {
  fc.assert(
    fc.property(anyPeriod, ({ period }) => {
      const { days, from, to, timeZone } = period;

      expect(days[0]).toBe(dayAt(from, timeZone));
      expect(days.at(-1)).toBe(dayAt(new Date(to.getTime() - 1), timeZone));
      expect([...new Set(days)].sort()).toEqual(days);
    }),
    ask,
  );
});

test("its steps begin with it, rise, and leave no gap longer than their unit", () => {
  fc.assert(
    fc.property(anyPeriod, ({ period }) => {
      const edges = [...stepsOf(period), period.to].map((edge) => edge.getTime());
      const lengths = edges.slice(1).map((edge, index) => edge - (edges[index] ?? NaN));

      expect(edges[0]).toBe(period.from.getTime());
      expect(Math.min(...lengths)).toBeGreaterThan(0);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(LONGEST[unitOf(period)]);
    }),
    ask,
  );
});

test.each([
  ["Europe/Berlin", "2026-06-15", 24],
  ["Europe/Berlin", "2026-03-29", 23],
  ["Europe/Berlin", "2026-10-25", 25],
  ["Australia/Lord_Howe", "2026-10-04", 24],
  ["Antarctica/Casey", "2019-03-17", 27],
])("today in %s on %s has %d hours to show", (timeZone, day, hours) => {
  const today = periodOf("today", timeZone, new Date(`${day}T10:00:00Z`));

  expect(today.days).toEqual([day]);
  expect(stepsOf(today)).toHaveLength(hours);
});
