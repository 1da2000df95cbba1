import { stepsOf, timeZoneOf, unitOf, type Period, type Unit } from "./period";
import { progressOf } from "./progress";
import { parseView, type View } from "./view";

/** What came of everything, or of the step that begins at `of`. */
export type Totals = { of: string; visitors: number; sessions: number; pageViews: number };

/** What an address asks the home page to show: everybody, set against the period before unless it says otherwise.
 * @throws {InvalidInput} */
export function homeView(
  search: URLSearchParams,
  shop: { timeZone: string | null },
  now: Date,
): View {
  const asked = new URLSearchParams({ compare: "previous", ...Object.fromEntries(search) });
  const view = parseView(asked, timeZoneOf(shop), now);
  return { ...view, unit: unitOf(view.period), filters: {} };
}

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

export type PageCount = { page: string; views: number; uniqueViews: number };
/** `share` is of all page views in the period, from 0 to 1; null where there are none. */
export type TopPage = Omit<PageCount, "page"> & { path: string; share: number | null };

/** How many sessions started in the step that begins at `of`. */
export type StepCount = { of: string; sessions: number };

/** Gives every step of the period its count: 0 when nothing was counted, null before it begins. */
export function toSessionsOverTime(
  period: Period,
  counts: readonly StepCount[],
  now: Date,
): SessionsOverTime {
  const counted = new Map(counts.map(({ of, sessions }) => [of, sessions]));
  const starts = stepsOf(period);
  const progress = progressOf(starts, period.to, now);
  const steps = starts.map((at, index) => {
    const start = at.toISOString();
    return {
      start,
      sessions: progress[index] === "ahead" ? null : (counted.get(start) ?? 0),
      isUnderWay: progress[index] === "underWay",
    };
  });
  return { unit: unitOf(period), steps };
}

export const toTopPages = (pages: readonly PageCount[], pageViews: number): TopPage[] =>
  pages.map(({ page, views, uniqueViews }) => ({
    ...{ path: page, views, uniqueViews },
    share: pageViews === 0 ? null : views / pageViews,
  }));
