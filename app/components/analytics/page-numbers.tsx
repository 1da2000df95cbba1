import { InlineGrid } from "@shopify/polaris";
import { PAGE_METRICS, PAGE_VIEWS } from "~/analytics/pages/definitions";
import type { PageNumbers as Row } from "~/analytics/pages/views.server";
import { stepLabel } from "../moments";
import { MetricTile } from "./metric-tile";
import { ReportTable, ReportTableCard } from "./report-table";
import { toPoints } from "./series";
import { SeriesCard } from "./series-card";
import type { ShownView } from "./view-bar";

type Props = {
  totals: Row[];
  steps: Row[];
  types: Row[];
  totalsBefore: Row[] | null;
  stepsBefore: Row[] | null;
  view: ShownView;
  currency: string | null;
};

const TILES = [
  ...(["views", "uniqueViews", "exitRate", "medianVisible"] as const),
  ...(["meanScroll", "medianInteraction", "rageClicks", "deadClicks"] as const),
];
type Tile = (typeof TILES)[number];

const COLUMNS: (keyof Row)[] = [
  ...(["of", "views", "uniqueViews", "exits", "exitRate", "medianVisible", "meanVisible"] as const),
  ...(["p90Visible", "toldVisible", "meanScroll", "medianInteraction"] as const),
  ...(["rageClicks", "deadClicks"] as const),
];

/** What each tile's number is a part of: how many views told it. */
const WHOLE: Record<Tile, keyof Row | null> = {
  ...{ views: null, uniqueViews: "views", exitRate: "views", medianVisible: "toldVisible" },
  ...{ meanScroll: "toldScroll", medianInteraction: "toldInteraction" },
  ...{ rageClicks: "views", deadClicks: "views" },
};

function wholeOf(name: Tile, all: Row | undefined): string | undefined {
  const field = WHOLE[name];
  return field === null ? undefined : `of ${(all?.[field] ?? 0).toLocaleString("en")} views`;
}

/** Page views as a whole, over time, and by the type of page. */
export function PageNumbers(props: Props) {
  const { totals, totalsBefore, steps, stepsBefore, types, view, currency } = props;
  const writing = { currency, timeZone: view.period.timeZone };
  const label = ({ of }: Row) => stepLabel(of, view.period.timeZone, view.unit);
  const [all, allBefore] = [totals[0], totalsBefore?.[0]];
  return (
    <>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap={{ xs: "200", md: "400" }}>
        {TILES.map((name) => {
          const of = wholeOf(name, all);
          return (
            <MetricTile
              key={name}
              metric={PAGE_METRICS[name]}
              value={all?.[name] ?? null}
              before={allBefore && allBefore[name]}
              {...(of === undefined ? {} : { of })}
              series={steps.map((step) => step[name])}
              writing={writing}
            />
          );
        })}
      </InlineGrid>
      <SeriesCard
        metric={PAGE_METRICS.views}
        title={`Page views by ${view.unit}`}
        points={toPoints({ now: steps, before: stepsBefore }, label, ({ views }) => views)}
        writing={writing}
      >
        <ReportTable
          report={PAGE_VIEWS}
          title={`Every ${view.unit}`}
          columns={COLUMNS}
          rows={[...steps].reverse()}
          keyOf={({ of }) => of}
          cells={{ of: label }}
          asked={{ by: "step" }}
          writing={writing}
        />
      </SeriesCard>
      <ReportTableCard
        report={PAGE_VIEWS}
        title="Types of pages"
        columns={COLUMNS}
        rows={types}
        keyOf={({ of }) => of}
        asked={{ by: "type" }}
        writing={writing}
      />
    </>
  );
}
