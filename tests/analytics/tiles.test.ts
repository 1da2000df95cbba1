import { expect, test } from "vitest";
import { dayAt } from "~/platform/calendar";
import { daysFrom, parsePeriod, stepsOf } from "~/analytics/period";
import { COMPARISONS, comparedTo } from "~/analytics/comparison";
import { comparedDays, missingSpans } from "~/analytics/rollups/missing";
import {
  dayOf,
  hoursOf,
  spanKey,
  spansFrom,
  tile,
  weekOf,
  type Span,
} from "~/analytics/rollups/tiles";

const ZONE = "Europe/Zurich";
const period = (from: string, to: string) => daysFrom(from, to, ZONE);
/** The keys of all spans of some days. */
const everySpan = ({ days }: { days: readonly string[] }) =>
  days.flatMap((day) => [...hoursOf(dayOf(day, ZONE)), ...spansFrom(day, ZONE)].map(spanKey));
const shown = ({ unit, from, to }: Span) => `${unit} ${from.toISOString()} ${to.toISOString()}`;

test("whole weeks within a period answer for seven days each, and days for the rest", () => {
  const asked = period("2026-10-03", "2026-10-13");
  const { tiles, live } = tile({
    ...{ period: asked, steps: [], kept: everySpan(asked) },
  });

  expect(tiles.map(shown)).toEqual(
    [
      dayOf("2026-10-03", ZONE),
      dayOf("2026-10-04", ZONE),
      weekOf("2026-10-05", ZONE),
      dayOf("2026-10-12", ZONE),
      dayOf("2026-10-13", ZONE),
    ].map(shown),
  );
  expect(live).toEqual([]);
});

test("four weeks of which one span is kept answer together, and otherwise each for itself", () => {
  const asked = period("2026-08-23", "2026-11-01");
  const units = (kept: string[]) =>
    tile({ period: asked, steps: [], kept }).tiles.map(({ unit, from }) => [
      unit,
      dayAt(from, ZONE),
    ]);
  const all = everySpan(asked);

  expect(units(all)).toEqual([
    ["day", "2026-08-23"],
    ["week", "2026-08-24"],
    ["fourWeeks", "2026-08-31"],
    ["fourWeeks", "2026-09-28"],
    ["week", "2026-10-26"],
  ]);
  const [, second = ""] = all.filter((key) => key.startsWith("fourWeeks"));
  expect(units(all.filter((key) => key !== second)).slice(2)).toEqual([
    ["fourWeeks", "2026-08-31"],
    ["week", "2026-09-28"],
    ["week", "2026-10-05"],
    ["week", "2026-10-12"],
    ["week", "2026-10-19"],
    ["week", "2026-10-26"],
  ]);
});

test("no span reaches over the beginning of a step", () => {
  const asked = period("2026-10-05", "2026-10-11");
  const steps = stepsOf({ ...asked, preset: "custom" }, "day");

  const { tiles } = tile({ period: asked, steps, kept: everySpan(asked) });

  expect(tiles.map(({ unit }) => unit)).toEqual(Array(7).fill("day"));
});

test("what is not kept is read from facts, and touching stretches are one", () => {
  const day = dayOf("2026-10-25", ZONE); // of 25 hours
  const hours = hoursOf(day);
  const kept = hours.filter((_, index) => index !== 3 && index !== 4).map(spanKey);

  const { tiles, live } = tile({
    period: period("2026-10-25", "2026-10-25"),
    ...{ steps: [], kept },
  });

  expect(hours).toHaveLength(25);
  expect(tiles).toHaveLength(23);
  expect(live).toEqual([{ from: hours[3]?.from, to: hours[4]?.to }]);
});

test("a period that ends in the midst of an hour is read up to there", () => {
  const asked = { ...period("2026-10-06", "2026-10-06"), to: new Date("2026-10-06T08:20:00Z") };

  const { tiles, live } = tile({ period: asked, steps: [], kept: everySpan(asked) });

  expect(tiles).toHaveLength(10);
  expect(live).toEqual([{ from: new Date("2026-10-06T08:00:00Z"), to: asked.to }]);
});

test("a period until now is set against one that ends in the midst of a day with hours", () => {
  for (const today of ["2026-10-13", "2028-10-13"]) {
    // a year before is 365 days ago, and 366
    const now = new Date(`${today}T10:30:00Z`);
    for (const preset of ["7d", "30d", "90d", "365d"]) {
      const asked = parsePeriod(new URLSearchParams({ period: preset }), ZONE, now);
      for (const comparison of COMPARISONS) {
        const { to } = comparedTo(asked, comparison, now);
        expect(comparedDays(today)).toContain(dayAt(to, ZONE));
      }
    }
  }
});

test("what is over and not kept is kept, the latest first, hours before their day and days before their week", () => {
  const now = new Date("2026-10-13T10:30:00Z"); // Tuesday, 12:30
  const kept = new Set([dayOf("2026-10-08", ZONE)].map(spanKey));
  const first = new Date("2026-10-05T09:00:00Z");

  const spans = missingSpans({
    now,
    first,
    timeZone: ZONE,
    kept,
    byHours: new Set(["2026-10-06"]),
  });

  expect(spans.map(shown)).toEqual(
    [
      ...hoursOf(dayOf("2026-10-13", ZONE)).slice(0, 11).reverse(),
      ...hoursOf(dayOf("2026-10-12", ZONE)).reverse(),
      ...["2026-10-12", "2026-10-11", "2026-10-10", "2026-10-09"].map((day) => dayOf(day, ZONE)),
      dayOf("2026-10-07", ZONE),
      ...hoursOf(dayOf("2026-10-06", ZONE)).reverse(),
      ...["2026-10-06", "2026-10-05"].map((day) => dayOf(day, ZONE)),
      weekOf("2026-10-05", ZONE),
    ].map(shown),
  );
});
