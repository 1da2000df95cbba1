import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { DIMENSION_NAMES } from "~/analytics/filters";
import { fillRollups } from "~/analytics/rollups/check.server";
import { rolledStats } from "~/analytics/rollups/sessions.server";
import { countedStats } from "~/analytics/sessions/stats.server";
import { comparisonOf, parseView } from "~/analytics/view";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { sessionOf, visits } from "./rollups";

type Rows = Awaited<ReturnType<typeof countedStats>>;

/** Medians come from buckets of 5 %: they are compared as how far they are apart. */
function expectSame(rolled: Rows | null, counted: Rows): void {
  const known = new Map(counted.map((row) => [row.of, row]));
  expect((rolled ?? []).map(({ of }) => of).sort()).toEqual([...known.keys()].sort());
  for (const { medianDuration, meanDuration, ...row } of rolled ?? []) {
    const { medianDuration: median, meanDuration: mean, ...other } = known.get(row.of) ?? {};
    expect(row).toEqual(other);
    expect(meanDuration).toBeCloseTo(mean ?? 0, 3);
    expect(Math.abs((medianDuration ?? 0) - (median ?? 0))).toBeLessThanOrEqual(
      0.0251 * (median ?? 0),
    );
  }
}

const PERIODS = [
  "period=7d",
  "from=2026-10-20&to=2026-11-02",
  "from=2026-10-25&to=2026-10-25&unit=day",
  "from=2026-10-20&to=2026-11-03&unit=week",
  "from=2026-10-20&to=2026-11-03&unit=month&country=CH",
  "from=2026-10-28&to=2026-11-03&compare=previous",
  "from=2026-10-28&to=2026-11-03&compare=previous&channel=email",
];
const ZONES = ["Europe/Zurich", "Pacific/Auckland", "Asia/Kolkata", "America/Havana"];

async function shopWith(db: Database, timeZone: string, rates: number[]): Promise<number> {
  const { id } = await shop(db, { timeZone });
  await fillRollups(db, id, timeZone);
  const [made = []] = fc.sample(fc.array(visits(rates), { minLength: 150, maxLength: 150 }), 1);
  await db.session.createMany({ data: made.map((visit) => sessionOf(id, randomUUID(), visit)) });
  return id;
}

const BYS = ["all", "step", ...DIMENSION_NAMES] as const;
const SUMMED = ["channel", "device", "browser", "country", "visitor"];

test("sums of days answer what counting the sessions answers", async ({ db }) => {
  const now = new Date("2026-11-03T10:20:00Z"); // in the midst of a day: so ends the period before
  for (const [index, timeZone] of ZONES.entries()) {
    const shopId = await shopWith(db, timeZone, [index % 2 ? 1 : 0.25]);
    const questions = PERIODS.flatMap((period) => {
      const asked = parseView(new URLSearchParams(period), timeZone, now);
      const view = comparisonOf(asked) ?? asked;
      return BYS.map((by) => ({ by, question: { shopId, view, now } }));
    });
    for (const { by, question } of questions) {
      const rolled = await rolledStats(db, question, by);
      const [filter] = Object.keys(question.view.filters);
      const isTotal = by === "all" || by === "step";
      if (isTotal || (SUMMED.includes(by) && (filter === undefined || filter === by)))
        expectSame(rolled, await countedStats(db, question, by));
      else expect(rolled).toBeNull();
    }
  }
});

test("sessions are counted where sums cannot tell: two filters, hours, rates that differ, another zone", async ({
  db,
}) => {
  const now = new Date("2026-11-03T10:20:00Z");
  const shopId = await shopWith(db, "UTC", [1]);
  const mixedShop = await shopWith(db, "UTC", [1, 0.5]);
  const ask = (search: string, of = shopId, zone = "UTC") => ({
    ...{ shopId: of, now },
    view: parseView(new URLSearchParams(search), zone, now),
  });

  expect(await rolledStats(db, ask("period=30d"), "all")).not.toBeNull();
  expect(await rolledStats(db, ask("period=30d&country=CH&channel=email"), "all")).toBeNull();
  expect(await rolledStats(db, ask("period=30d&unit=hour"), "step")).toBeNull();
  expect(await rolledStats(db, ask("period=30d", mixedShop), "all")).toBeNull();
  expect(await rolledStats(db, ask("period=30d", shopId, "Asia/Tokyo"), "all")).toBeNull();
});

test("a period without sessions has no sums, as it has no sessions", async ({ db }) => {
  const shopId = await shopWith(db, "UTC", [1]);
  const now = new Date("2020-01-01T00:00:00Z");
  const question = { shopId, now, view: parseView(new URLSearchParams(), "UTC", now) };

  expect(await rolledStats(db, question, "all")).toEqual([]);
});
