import { stepsOf, unitOf, type Period, type Unit } from "./period";

export type Totals = { visitors: number; sessions: number; pageViews: number };

/** Sessions that started in one hour or day. */
export type Step = {
  /** Its first moment, as an ISO timestamp. */
  start: string;
  /** Null when it has not begun yet. */
  sessions: number | null;
  /** It has begun and is not over: its number is still rising. */
  isUnderWay: boolean;
};

export type SessionsOverTime = { unit: Unit; steps: Step[] };

export type PageCount = { path: string; views: number; visitors: number };
/** `share` is of all page views in the period, from 0 to 1; null where there are none. */
export type TopPage = PageCount & { share: number | null };

/** How many sessions started in the step at `index`, counted from 0. */
export type StepCount = { index: number; sessions: number };

/** Gives every step of the period its count: 0 when nothing was counted, null before it begins. */
export function toSessionsOverTime(
  period: Period,
  counts: readonly StepCount[],
  now: Date,
): SessionsOverTime {
  const counted = new Map(counts.map(({ index, sessions }) => [index, sessions]));
  const starts = stepsOf(period);
  const steps = starts.map((start, index) => ({
    start: start.toISOString(),
    sessions: counted.get(index) ?? (start > now ? null : 0),
    isUnderWay: start <= now && now < (starts[index + 1] ?? period.to),
  }));
  return { unit: unitOf(period), steps };
}

export const toTopPages = (pages: readonly PageCount[], pageViews: number): TopPage[] =>
  pages.map((page) => ({ ...page, share: pageViews === 0 ? null : page.views / pageViews }));
