import type { Database } from "~/platform/db.server";
import { cartNumbers } from "./carts/abandonment.server";
import { totalsBy } from "./overview.server";
import { orderCapture } from "./quality/quality.server";
import type { Question } from "./report";
import { revenue } from "./revenue/revenue.server";
import { sessionCounts } from "./sessions/stats.server";
import { comparisonOf } from "./view";

/** The few numbers that matter, each with what it is a part of. */
export type KeyNumbers = {
  /** Everything, or the beginning of a step. */
  of: string;
  sessions: number;
  convertedSessions: number;
  conversionRate: number | null;
  netMinor: number;
  orders: number;
  averageOrderMinor: number | null;
  carts: number;
  abandonmentRate: number | null;
  ordersWithinReach: number;
  captureRate: number | null;
};

/** Reads them from the reports that their pages show: of a whole period, and of each of its steps. */
export async function keyNumbers(db: Database, question: Question, by: "all" | "step") {
  const [sessions, sold, carts, captured] = await Promise.all([
    sessionCounts(db, question, by),
    revenue(db, question, { by }),
    cartNumbers(db, question, { by }),
    orderCapture(db, question, by),
  ]);
  return sessions.map((row, index): KeyNumbers => {
    const { of, sessions, convertedSessions, conversionRate } = row;
    const { netMinor, orders, averageOrderMinor } = sold.rows[index] ?? NOTHING_SOLD;
    const { carts: begun, abandonmentRate } = carts.rows[index] ?? NO_CARTS;
    const { orders: ordersWithinReach, captureRate } = captured[index] ?? NO_ORDERS;
    return {
      ...{ of, sessions, convertedSessions, conversionRate },
      ...{ netMinor, orders, averageOrderMinor },
      ...{ carts: begun, abandonmentRate, ordersWithinReach, captureRate },
    };
  });
}

/** The same with the period that it is set against, and what the home page's first numbers were in that one. */
export async function keyNumbersCompared(db: Database, question: Question) {
  const view = comparisonOf(question.view);
  const earlier = view && { ...question, view };
  const [[all], steps, [before], [totalsBefore]] = await Promise.all([
    keyNumbers(db, question, "all"),
    keyNumbers(db, question, "step"),
    earlier ? keyNumbers(db, earlier, "all") : [],
    earlier ? totalsBy(db, earlier, "all") : [],
  ]);
  return { all, steps, before, totalsBefore };
}

const NOTHING_SOLD = { netMinor: 0, orders: 0, averageOrderMinor: null };
const NO_CARTS = { carts: 0, abandonmentRate: null };
const NO_ORDERS = { orders: 0, captureRate: null };
