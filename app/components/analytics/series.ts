import type { Unit } from "~/analytics/period";
import type { Point } from "./series-chart";

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
