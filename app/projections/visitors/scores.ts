import { DAY, MINUTE } from "~/platform/time";
import type { Features } from "./features";

/** What scores are made of. */
export type Scored = Pick<
  Features,
  | "lastSessionAt"
  | "lastOrderAt"
  | "sessionCount"
  | "orderCount"
  | "dayCount"
  | "medianDaysBetween"
  | "engagedMs"
>;

export type Scores = {
  /** How much a visitor does in the shop these days; null for one who is known by orders alone. */
  engagement: number | null;
  /** How firmly a buyer comes back to buy; null without orders. */
  loyalty: number | null;
  /** How likely it is that the visitor has left for good; null after one day, which shows no rhythm. */
  churnRisk: number | null;
};

/** Half of the whole effect is reached here. */
const HALF = { idleDays: 30, sessions: 4, minutesPerSession: 3, repeatOrders: 2 };

/** Scores at a moment, each from 0 to 1: docs/user-features.md explains the formulas.
 * @param at not before the visitor's last session or order */
export function scoresOf(features: Scored, at: Date): Scores {
  const churnRisk = churnRiskOf(features, at);
  return {
    engagement: engagementOf(features, at),
    loyalty: loyaltyOf(features, churnRisk),
    churnRisk,
  };
}

function engagementOf(features: Scored, at: Date): number | null {
  const { lastSessionAt, sessionCount, engagedMs } = features;
  if (!lastSessionAt) return null;
  const often = saturated(sessionCount, HALF.sessions);
  const long =
    engagedMs === null
      ? often
      : saturated(engagedMs / MINUTE / sessionCount, HALF.minutesPerSession);
  return (1 - saturated(daysBetween(lastSessionAt, at), HALF.idleDays)) * ((often + long) / 2);
}

/** Somebody whose comings lie a median m apart stays away for d days or more with a chance of
 * 2^(-d/m), and left after one of n days with one of 1/(n + 1), by Laplace's rule of succession.
 * Bayes' rule makes one of the two. */
function churnRiskOf(features: Scored, at: Date): number | null {
  const { dayCount, medianDaysBetween } = features;
  const last = latest(features);
  if (medianDaysBetween === null || !last) return null;
  const left = 1 / (dayCount + 1);
  const merelyAway = (1 - left) * 2 ** (-daysBetween(last, at) / medianDaysBetween);
  return left / (left + merelyAway);
}

function loyaltyOf({ orderCount }: Scored, churnRisk: number | null): number | null {
  if (orderCount === 0) return null;
  return saturated(orderCount - 1, HALF.repeatOrders) * (1 - (churnRisk ?? 0));
}

const latest = ({ lastSessionAt, lastOrderAt }: Scored): Date | null =>
  lastSessionAt && lastOrderAt && lastOrderAt > lastSessionAt
    ? lastOrderAt
    : (lastSessionAt ?? lastOrderAt);

/** From 0 for none, over 1/2 at `half`, towards 1. */
const saturated = (value: number, half: number): number => 1 - 2 ** (-value / half);

const daysBetween = (from: Date, to: Date): number =>
  Math.max(0, to.getTime() - from.getTime()) / DAY;
