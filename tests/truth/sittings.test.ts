import { expect } from "vitest";
import { DIMENSION_NAMES } from "~/analytics/filters";
import { stepsOf } from "~/analytics/period";
import { questionOf } from "~/analytics/question";
import type { Question } from "~/analytics/report";
import { fillRollups } from "~/analytics/rollups/check.server";
import { KEPT_BY } from "~/analytics/sessions/rollup.server";
import { sessionStats, type SessionStats } from "~/analytics/sessions/stats.server";
import { statsOf, trueSittings, type Sitting } from "../../dev/shoppers/checks/sittings";
import { grouped } from "../../dev/shoppers/checks/statistics";
import { test } from "../database";
import { AUCKLAND, BERLIN, openShop } from "./shop";
import { byName, happened, rounded, tellAll } from "./world";

/** Days on which clocks changed are among the two weeks. */
const WORLDS = [
  [BERLIN, 51, "2026-10-27T20:00:00Z"],
  [AUCKLAND, 52, "2026-10-01T04:00:00Z"],
  [BERLIN, 53, "2026-04-04T11:00:00Z"],
] as const;

const within = ({ view: { period } }: Question, { at }: Sitting) =>
  at >= period.from.getTime() && at < period.to.getTime();

/** What the app has to say of every step of a view. */
function truthOfSteps(question: Question, sittings: readonly Sitting[]) {
  const { period, unit } = question.view;
  const starts = stepsOf(period, unit);
  return starts.map((start, index) => {
    const end = (starts[index + 1] ?? period.to).getTime();
    const own = sittings.filter(({ at }) => at >= start.getTime() && at < end);
    return statsOf(start.toISOString(), own);
  });
}

/** From sums, a median is known within 2.5 %; of an even number, of each of its two. */
const withoutMedian = (rows: readonly SessionStats[]) =>
  rows.map(({ medianDuration: _, ...row }) => row);

test.for(WORLDS)(
  "%s, seed %i: sessions are what happened, by every dimension, step and filter, counted and from sums",
  async ([domain, seed, at], { db }) => {
    const until = new Date(at);
    const shop = await openShop(db, domain);
    const told = happened({ shop: domain, seed, until, days: 14, visitorsPerDay: 45 });
    await tellAll(db, shop.id, { told, until });
    const all = trueSittings(told, shop.timeZone);
    const ask = (search: string) => questionOf(shop, new URLSearchParams(search), until);
    const question = ask("period=30d");
    const sittings = all.filter((each) => within(question, each));
    expect(sittings.length).toBeGreaterThan(300);

    const compare = async (same: (rows: readonly SessionStats[]) => object) => {
      for (const by of DIMENSION_NAMES) {
        const { rows } = await sessionStats(db, question, { by });
        const truth = [...grouped(sittings, ({ is }) => is[by])];
        expect(truth.length, by).toBeGreaterThan(1);
        const known = byName(truth.map(([of, own]) => statsOf(of, own)));
        const told = byName(rows);
        if (!KEPT_BY.includes(by)) expect(same(told), by).toEqual(same(known));
        else {
          expect(withoutMedian(told), by).toEqual(withoutMedian(known));
          for (const [index, { medianDuration }] of told.entries()) {
            const median = known[index]?.medianDuration ?? 0;
            expect(Math.abs((medianDuration ?? 0) - median)).toBeLessThanOrEqual(0.0251 * median);
          }
        }
      }
      for (const search of ["period=7d&unit=day", "period=30d&unit=week", "period=yesterday"]) {
        const asked = ask(search);
        const { rows } = await sessionStats(db, asked, { by: "step" });
        expect(same(rounded(rows)), search).toEqual(same(rounded(truthOfSteps(asked, all))));
      }
      const phones = ask("period=30d&device=mobile");
      const { rows } = await sessionStats(db, phones, { by: "all" });
      const own = sittings.filter(({ is }) => is.device === "mobile");
      expect(same(rounded(rows))).toEqual(same(rounded([statsOf("all", own)])));
    };

    await compare((rows) => rows);
    await fillRollups(db, shop.id, shop.timeZone);
    await compare(withoutMedian);
    const { rows } = await sessionStats(db, question, { by: "all" });
    const { medianDuration } = statsOf("all", sittings);
    expect(rows[0]?.medianDuration).not.toBe(medianDuration);
    expect((rows[0]?.medianDuration ?? 0) / (medianDuration ?? NaN)).toBeCloseTo(1, 1);
    expect(rows[0]?.convertedSessions).toBeGreaterThan(5);
  },
);
