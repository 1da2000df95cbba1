import { describe, expect, test } from "vitest";
import { comparedTo } from "~/analytics/comparison";
import { parsePeriod, stepsOf, unitOf } from "~/analytics/period";
import { parseView } from "~/analytics/view";

const ZURICH = "Europe/Zurich";
const now = new Date("2026-06-15T12:00:00Z");
const period = (address: string, at = now) => parsePeriod(new URLSearchParams(address), ZURICH, at);
const view = (address: string) => parseView(new URLSearchParams(address), ZURICH, now);

describe("days of one's own", () => {
  test("are both counted in", () => {
    const { days, from, to, preset } = period("from=2026-06-01&to=2026-06-03");

    expect({ days, preset }).toEqual({
      ...{ preset: "custom", days: ["2026-06-01", "2026-06-02", "2026-06-03"] },
    });
    expect([from.toISOString(), to.toISOString()]).toEqual([
      ...["2026-05-31T22:00:00.000Z", "2026-06-03T22:00:00.000Z"],
    ]);
  });

  test.for([
    ["from=2026-06-31", "from must be a day such as 2026-11-21"],
    ["from=1.6.2026", 'got "1.6.2026"'],
    ["from=2026-06-01&to=2026-13-01", "to must be a day"],
    ["from=2026-06-03&to=2026-06-01", "from must not be after to"],
    ["from=1990-01-01&to=2026-06-01", "at most 1100 days"],
  ])("%s is refused", ([address = "", message]) => {
    expect(() => period(address)).toThrow(message);
  });

  test("yesterday is over", () => {
    expect(period("period=yesterday").to.toISOString()).toBe("2026-06-14T22:00:00.000Z");
  });
});

describe("steps", () => {
  test("are as many as a chart has room for", () => {
    const units = ["period=yesterday", "period=90d", "period=365d", "from=2024-01-01"].map((each) =>
      unitOf(period(each)),
    );
    expect(units).toEqual(["hour", "day", "week", "month"]);
  });

  test("of weeks begin on Mondays, the first with the period", () => {
    const starts = stepsOf(period("from=2026-06-03&to=2026-06-16"), "week");
    expect(starts.map((start) => start.toISOString().slice(0, 10))).toEqual([
      ...["2026-06-02", "2026-06-07", "2026-06-14"], // 22:00 UTC the day before
    ]);
  });

  test("of a day with 25 hours are 25", () => {
    expect(stepsOf(period("from=2026-10-25&to=2026-10-25"))).toHaveLength(25);
  });
});

describe("what a period is set against", () => {
  test("is as many days just before", () => {
    const { days } = comparedTo(period("from=2026-06-01&to=2026-06-03"), "previous", now);
    expect(days).toEqual(["2026-05-29", "2026-05-30", "2026-05-31"]);
  });

  test("is its dates a year before, 28 February for the 29th", () => {
    const leap = period("from=2024-02-28&to=2024-02-29");
    expect(comparedTo(leap, "year", now).days).toEqual(["2023-02-28"]);
  });

  test("ends as far into it while the period goes on", () => {
    const { from, to } = comparedTo(period("period=7d"), "previous", now);
    expect([from.toISOString(), to.toISOString()]).toEqual([
      ...["2026-06-01T22:00:00.000Z", "2026-06-08T12:00:00.000Z"],
    ]);
  });
});

describe("a view", () => {
  test("is read from an address, with what others put there left alone", () => {
    const { filters, unit, comparison } = view(
      "embedded=1&period=30d&unit=week&compare=year&channel=email&device=mobile",
    );
    expect({ filters, unit, kind: comparison?.kind }).toEqual({
      ...{ filters: { channel: "email", device: "mobile" }, unit: "week", kind: "year" },
    });
  });

  test.for([
    ["unit=decade", "unit"],
    ["compare=twin", "compare"],
    ["channel=", "channel"],
    ["period=1d", "period must be one of today"],
  ])("%s is refused by its name", ([address = "", message]) => {
    expect(() => view(address)).toThrow(message);
  });
});
