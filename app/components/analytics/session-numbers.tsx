import { InlineGrid } from "@shopify/polaris";
import type { Dimension } from "~/analytics/filters";
import { SESSION_METRICS, SESSION_STATS } from "~/analytics/sessions/definitions";
import type { SessionStats } from "~/analytics/sessions/stats.server";
import { stepLabel } from "../moments";
import { MetricTile } from "./metric-tile";
import { Parts } from "./parts";
import { ReportTable } from "./report-table";
import { SeriesCard } from "./series-card";
import { STEP_NAMES, toPoints } from "./series";
import type { ShownView } from "./view-bar";

type Props = {
  by: Dimension;
  totals: SessionStats[];
  steps: SessionStats[];
  parts: SessionStats[];
  totalsBefore: SessionStats[] | null;
  stepsBefore: SessionStats[] | null;
  view: ShownView;
  currency: string | null;
};

const TILES = [
  ...(["sessions", "visitors", "newSessions", "medianDuration"] as const),
  ...(["pagesPerSession", "bounceRate", "engagementRate", "conversionRate"] as const),
];
const COLUMNS: (keyof SessionStats)[] = [
  ...(["of", "sessions", "visitors", "newSessions", "medianDuration"] as const),
  ...(["pagesPerSession", "bounceRate", "convertedSessions", "conversionRate"] as const),
];

/** Sessions as a whole, over time, and by what tells them apart. */
export function SessionNumbers(props: Props) {
  const { totals, totalsBefore, steps, stepsBefore, parts, view, currency } = props;
  const writing = { currency, timeZone: view.period.timeZone };
  const label = ({ of }: SessionStats) => stepLabel(of, view.period.timeZone, view.unit);
  const [all, allBefore] = [totals[0], totalsBefore?.[0]];
  const of = `of ${all?.sessions.toLocaleString("en") ?? 0} sessions`;
  return (
    <>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap={{ xs: "200", md: "400" }}>
        {TILES.map((name) => (
          <MetricTile
            key={name}
            metric={SESSION_METRICS[name]}
            value={all?.[name] ?? null}
            before={allBefore && allBefore[name]}
            {...(name === "sessions" || name === "visitors" ? {} : { of })}
            series={steps.map((step) => step[name])}
            writing={writing}
          />
        ))}
      </InlineGrid>
      <SeriesCard
        metric={SESSION_METRICS.sessions}
        title={`Sessions by ${view.unit}`}
        points={toPoints({ now: steps, before: stepsBefore }, label, ({ sessions }) => sessions)}
        writing={writing}
      >
        <ReportTable
          report={SESSION_STATS}
          title={`Every ${view.unit}`}
          headings={{ of: STEP_NAMES[view.unit] }}
          columns={COLUMNS}
          rows={[...steps].reverse()}
          keyOf={({ of }) => of}
          cells={{ of: label }}
          asked={{ by: "step" }}
          writing={writing}
        />
      </SeriesCard>
      <Parts
        {...{ report: SESSION_STATS, columns: COLUMNS, rows: parts, by: props.by, writing }}
        what="Sessions"
      />
    </>
  );
}
