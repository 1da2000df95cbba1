import { EXPECTATIONS, type Expectation, type Span } from "./expected";
import type { TrueVisit } from "./truth";

export type Check = Expectation & { period: string; actual: number | undefined; agrees: boolean };
/** A period by its name, and what the app answered for it, by metric. */
export type Answers = { period: string; span: Span; actual: Readonly<Record<string, number>> };

/** Compares what the app says with what happened: every metric, in every period. */
export const compare = (visits: readonly TrueVisit[], answers: readonly Answers[]): Check[] =>
  answers.flatMap(({ period, span, actual }) =>
    EXPECTATIONS.map((expect) => {
      const expectation = expect(visits, span);
      const answered = actual[expectation.metric];
      return {
        ...expectation,
        period,
        actual: answered,
        agrees: answered === expectation.expected,
      };
    }),
  );

/** The checks as a person reads them; those that do not agree come first. */
export const report = (checks: readonly Check[]): string =>
  checks
    .toSorted((one, other) => Number(one.agrees) - Number(other.agrees))
    .map(({ period, metric, truth, expected, actual, agrees, causes }) => {
      const named = Object.entries(causes)
        .filter(([, count]) => count !== 0)
        .map(([cause, count]) => `${cause} ${count}`)
        .join(", ");
      const verdict = agrees ? "agrees" : `WRONG: the app says ${actual ?? "nothing"}`;
      return `${period} ${metric}: ${truth} happened, ${expected} can be known (${named || "all"}): ${verdict}`;
    })
    .join("\n");
