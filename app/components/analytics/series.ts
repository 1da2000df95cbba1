import type { Unit } from "~/analytics/period";

/** A step of a chart: a number now, and of the period that is compared to. Null draws nothing. */
export type Point = { label: string; now: number | null; before: number | null };

/** What the rows of a series are of. */
export const STEP_NAMES: Record<Unit, string> = {
  ...{ hour: "Hour", day: "Day", week: "Week from", month: "Month" },
};

type Series<Row> = { now: readonly Row[]; before: readonly Row[] | null };

/** A chart's points: each step beside the one at the same place in the period that is compared to. */
export const toPoints = <Row>(
  { now, before }: Series<Row>,
  label: (row: Row) => string,
  read: (row: Row) => number | null,
): Point[] =>
  now.map((row, index) => {
    const other = before?.[index];
    return { label: label(row), now: read(row), before: other === undefined ? null : read(other) };
  });

/** Whether a number is known and both beside it are not, so that no line leads to it. */
export function isLone(points: readonly Point[], field: "now" | "before", index: number): boolean {
  const isKnown = (place: number) => typeof points[place]?.[field] === "number";
  return isKnown(index) && !isKnown(index - 1) && !isKnown(index + 1);
}
