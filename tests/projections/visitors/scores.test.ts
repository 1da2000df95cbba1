import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY } from "~/platform/time";
import { featuresOf, type Features } from "~/projections/visitors/features";
import { scoresOf } from "~/projections/visitors/scores";
import { NOON } from "../../factories";

const RUNS = { numRuns: 1_000 };
const NOBODY = featuresOf({ timeZone: "UTC", sessions: [], products: [], orders: [] });
const later = (days: number) => new Date(NOON.getTime() + days * DAY);

/** A block of JSON in docs/user-features.md, by the word after `json`. */
const example = (word: string) => {
  const doc = readFileSync("docs/user-features.md", "utf8");
  const [, block = ""] = new RegExp(`\`\`\`json ${word}\\n([^\`]*)\`\`\``).exec(doc) ?? [];
  return JSON.parse(block) as Record<string, string | number>;
};

test("the example in docs/user-features.md is what comes out", () => {
  const { lastSessionAt, lastOrderAt, ...counts } = example("features");
  const moments = {
    lastSessionAt: new Date(lastSessionAt ?? ""),
    lastOrderAt: new Date(lastOrderAt ?? ""),
  };
  const { at, ...scores } = example("scores");

  const found = scoresOf({ ...NOBODY, ...counts, ...moments }, new Date(at ?? ""));

  const rounded = Object.entries(found).map(([name, score]) => [name, Number(score?.toFixed(3))]);
  expect(Object.fromEntries(rounded)).toEqual(scores);
});

describe("a score is null where nothing is known:", () => {
  test("engagement without a session, loyalty without an order, churn risk after one day", () => {
    expect(scoresOf(NOBODY, NOON)).toEqual({ engagement: null, loyalty: null, churnRisk: null });
  });

  test("one order is no loyalty yet, and that is known", () => {
    const once = { ...NOBODY, lastOrderAt: NOON, orderCount: 1, dayCount: 1 };

    expect(scoresOf(once, later(3))).toEqual({ engagement: null, loyalty: 0, churnRisk: null });
  });
});

const features: fc.Arbitrary<Features> = fc
  .record({
    lastSessionAt: fc.option(fc.constant(NOON)),
    lastOrderAt: fc.option(fc.constant(later(-2))),
    sessionCount: fc.integer({ min: 1, max: 5_000 }),
    orderCount: fc.nat({ max: 500 }),
    dayCount: fc.integer({ min: 1, max: 2_000 }),
    medianDaysBetween: fc.option(fc.double({ min: 1, max: 1_000, noNaN: true })),
    engagedMs: fc.option(fc.nat()),
  })
  .map((about) => ({ ...NOBODY, ...about }));
const wait = fc.double({ min: 0, max: 3_000, noNaN: true });

describe("for anybody, at any time", () => {
  test("a score lies between 0 and 1", () =>
    fc.assert(
      fc.property(features, wait, (features, days) => {
        for (const score of Object.values(scoresOf(features, later(days))))
          if (score !== null) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
          }
      }),
      RUNS,
    ));

  test("who stays away is no less likely to have left, and no more engaged or loyal", () =>
    fc.assert(
      fc.property(features, wait, wait, (features, days, more) => {
        const [now, then] = [
          scoresOf(features, later(days)),
          scoresOf(features, later(days + more)),
        ];
        if (now.churnRisk !== null) expect(then.churnRisk).toBeGreaterThanOrEqual(now.churnRisk);
        if (now.engagement !== null) expect(then.engagement).toBeLessThanOrEqual(now.engagement);
        if (now.loyalty !== null) expect(then.loyalty).toBeLessThanOrEqual(now.loyalty);
      }),
      RUNS,
    ));
});
