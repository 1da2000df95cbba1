import type { Retention, RetentionUnit } from "~/analytics/cohorts/curve";
import { RETENTION, type First, type Split } from "~/analytics/cohorts/definitions";
import type { Writing } from "./figures";
import { ReportTable } from "./report-table";
import { SeriesCard } from "./series-card";
import { toPoints } from "./series";
import { periodAsked } from "./view-address";
import type { ShownView } from "./view-bar";

type Props = {
  asked: { first: First; split: Split };
  /** Of everybody, and of everybody in the period that is compared to. */
  curve: Retention[];
  curveBefore: Retention[] | null;
  /** Of each group. */
  parts: Retention[];
  retentionUnit: RetentionUnit;
  view: ShownView;
  writing: Writing;
};

const COLUMNS: (keyof Retention)[] = ["step", "returned", "observed", "share", "isUnfinished"];

/** How many came back after their first time. */
export function RetentionCard(props: Props) {
  const { asked, curve, curveBefore, parts, retentionUnit, view, writing } = props;
  const label = ({ step }: Retention) => `${capital(retentionUnit)} ${step}`;
  return (
    <SeriesCard
      metric={RETENTION.columns.share}
      title={`Retention by ${retentionUnit}`}
      points={toPoints({ now: curve, before: curveBefore }, label, ({ share }) => share)}
      writing={writing}
    >
      <ReportTable
        report={RETENTION}
        title={`Who came back, by ${retentionUnit}`}
        columns={asked.split === "none" ? COLUMNS : ["group", ...COLUMNS]}
        rows={parts}
        keyOf={({ group, step }) => `${group} ${step}`}
        cells={{ step: label }}
        asked={{ ...periodAsked(view.period), ...asked }}
        writing={writing}
      />
    </SeriesCard>
  );
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
