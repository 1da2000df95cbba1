import type { Unit } from "~/analytics/period";
import { progressOf, type Progress } from "~/analytics/progress";

/** A step of a chart: a number now, which may still rise, and of the period that is compared to. Null draws nothing. */
export type Point = {
  label: string;
  now: number | null;
  before: number | null;
  isUnderWay?: boolean;
};

/** What is drawn of a step: what is still rising is told from what is not. */
export type Drawn = Point & { place: number; whole: number | null; soFar: number | null };

/** A line up to the last whole step, and another one from there to what is still rising, which is no fall. */
export const inTwoParts = (points: readonly Point[]): Drawn[] =>
  points.map((point, place) => ({
    ...{ ...point, place },
    whole: point.isUnderWay ? null : point.now,
    soFar: point.isUnderWay || points[place + 1]?.isUnderWay ? point.now : null,
  }));

/** What the rows of a series are of. */
export const STEP_NAMES: Record<Unit, string> = {
  ...{ hour: "Hour", day: "Day", week: "Week from", month: "Month" },
};

/** Where a period ends, and when it was looked at. */
export type LookedAt = { period: { to: string }; now: string };

/** How far the steps of a view had come when it was looked at. */
export const progressIn = (view: LookedAt, steps: readonly { of: string }[]): Progress[] =>
  progressOf(
    steps.map(({ of }) => new Date(of)),
    new Date(view.period.to),
    new Date(view.now),
  );

type Series<Row> = { now: readonly Row[]; before: readonly Row[] | null };

/** A chart's points: each step beside the one at the same place in the period that is compared to.
 * @param progress how far each step has come; without, all are over */
export const toPoints = <Row>(
  { now, before }: Series<Row>,
  label: (row: Row) => string,
  read: (row: Row) => number | null,
  progress: readonly Progress[] = [],
): Point[] =>
  now.map((row, index) => {
    const other = before?.[index];
    return {
      label: label(row),
      now: progress[index] === "ahead" ? null : read(row),
      before: other === undefined ? null : read(other),
      isUnderWay: progress[index] === "underWay",
    };
  });

/** Whether a number is known and both beside it are not, so that no line leads to it. */
export function isLone<Field extends string>(
  points: readonly Partial<Record<Field, unknown>>[],
  field: Field,
  index: number,
): boolean {
  const isKnown = (place: number) => typeof points[place]?.[field] === "number";
  return isKnown(index) && !isKnown(index - 1) && !isKnown(index + 1);
}
