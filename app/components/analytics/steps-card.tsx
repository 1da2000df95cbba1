import { marksOf } from "~/analytics/annotations/marks";
import type { Metric, Report } from "~/analytics/report";
import { stepLabel } from "../moments";
import { StepName } from "./annotation-list";
import type { Figure, Writing } from "./figures";
import { ReportTable } from "./report-table";
import { SeriesCard } from "./series-card";
import { progressIn, STEP_NAMES, toPoints } from "./series";
import type { ShownView } from "./view-bar";

type Row = Record<string, Figure> & { of: string };

type Props<Shown extends Row> = {
  report: Report;
  /** What is drawn, and the column that has it. */
  metric: Metric;
  field: keyof Shown & string;
  columns: (keyof Shown & string)[];
  steps: readonly Shown[];
  /** Null where nothing is compared. */
  before: readonly Shown[] | null;
  /** What the table's file is asked for besides the view. */
  asked?: Record<string, string>;
  view: ShownView;
  writing: Writing;
};

/** A report's steps of time, as far as they have begun: one column drawn, and more of them in the table. Both tell what
 * happened. */
export function StepsCard<Shown extends Row>(props: Props<Shown>) {
  const { report, metric, field, columns, steps, before, asked, view, writing } = props;
  const label = ({ of }: Shown) => stepLabel(of, view.period.timeZone, view.unit);
  const title = `${metric.name} by ${view.unit}`;
  const starts = steps.map(({ of }) => of);
  const progress = progressIn(view, steps);
  const underWay = starts[progress.indexOf("underWay")];
  const marks = marksOf(starts, view.annotations ?? []);
  const markOf = new Map(marks.map((mark) => [starts[mark.index], mark]));
  const drawn = (row: Shown): number | null => {
    const value: Figure = row[field];
    return typeof value === "number" ? value : null;
  };
  return (
    <SeriesCard
      {...{ metric, title, marks, writing }}
      points={toPoints({ now: steps, before }, label, drawn, progress)}
    >
      <ReportTable<Shown>
        {...{ report, columns, writing }}
        title={`${report.title} of every ${view.unit}`}
        rows={steps.filter((_, index) => progress[index] !== "ahead").reverse()}
        keyOf={({ of }) => of}
        headings={named(STEP_NAMES[view.unit])}
        cells={named((row: Shown) => (
          <StepName
            label={row.of === underWay ? `${label(row)} so far` : label(row)}
            mark={markOf.get(row.of)}
          />
        ))}
        asked={{ ...asked, by: "step" }}
      />
    </SeriesCard>
  );
}

/** Something of the column that says what a row is of. */
const named = <Shown extends Row, Value>(of: Value) =>
  ({ of }) as Partial<Record<keyof Shown & string, Value>>;
