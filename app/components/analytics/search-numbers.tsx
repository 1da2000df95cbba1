import { BlockStack, Card, InlineGrid, Select } from "@shopify/polaris";
import { RANKS, SEARCH, SEARCH_METRICS, type Rank } from "~/analytics/search/definitions";
import type { SearchRow } from "~/analytics/search/search.server";
import { stepLabel } from "../moments";
import type { Writing } from "./figures";
import { MetricTile } from "./metric-tile";
import { NextPage } from "./next-page";
import { ReportTable, ReportTableCard } from "./report-table";
import { SeriesCard } from "./series-card";
import { toPoints } from "./series";
import { useViewAddress } from "./view-address";
import type { ShownView } from "./view-bar";

type Props = {
  all: SearchRow[];
  allBefore: SearchRow[] | null;
  steps: SearchRow[];
  stepsBefore: SearchRow[] | null;
  queries: { rows: SearchRow[]; next?: string | null };
  unanswered: SearchRow[];
  rank: Rank;
  view: ShownView;
  currency: string | null;
};

const COLUMNS: (keyof SearchRow)[] = [
  ...(["of", "searches", "sessions", "zeroResultShare", "noClickShare"] as const),
  ...(["clickedPosition", "refinements", "conversionRate", "revenue"] as const),
];

/** Searches as a whole, over time, and by what was looked for. */
export function SearchNumbers(props: Props) {
  const { steps, stepsBefore, unanswered, view, currency } = props;
  const writing = { currency, timeZone: view.period.timeZone };
  const label = ({ of }: SearchRow) => stepLabel(of, view.period.timeZone, view.unit);
  return (
    <>
      <Tiles {...props} writing={writing} />
      <SeriesCard
        metric={SEARCH_METRICS.searches}
        title={`Searches by ${view.unit}`}
        points={toPoints({ now: steps, before: stepsBefore }, label, ({ searches }) => searches)}
        writing={writing}
      >
        <ReportTable
          report={SEARCH}
          title={`Every ${view.unit}`}
          columns={COLUMNS}
          rows={[...steps].reverse()}
          keyOf={({ of }) => of}
          cells={{ of: label }}
          asked={{ by: "step" }}
          writing={writing}
        />
      </SeriesCard>
      <Queries {...props} writing={writing} />
      <ReportTableCard
        report={SEARCH}
        title="Queries without a result"
        columns={["of", "zeroResults", "searches", "zeroResultShare", "refinements"]}
        rows={unanswered}
        keyOf={({ of }) => of}
        asked={{ rank: "zeroResults" }}
        writing={writing}
      />
    </>
  );
}

const TILES = [
  ...(["searches", "sessions", "zeroResultShare", "noClickShare"] as const),
  ...(["clickedPosition", "refinements", "conversionRate", "revenue"] as const),
];

function Tiles({ all, allBefore, steps, writing }: Props & { writing: Writing }) {
  const [now, before] = [all[0], allBefore?.[0]];
  const some = (count: number | undefined, what: string) =>
    `of ${(count ?? 0).toLocaleString("en")} ${what}`;
  const searches = some(now?.searches, "searches");
  const sessions = some(now?.sessions, "searching sessions");
  const of = {
    ...{ searches: "searches", sessions: "sessions", refinements: searches },
    zeroResultShare: searches,
    noClickShare: some((now?.searches ?? 0) - (now?.zeroResults ?? 0), "searches with a result"),
    clickedPosition: some(now?.clicks, "clicks"),
    ...{
      conversionRate: sessions,
      revenue: `sessions with an order: ${now?.convertedSessions ?? 0}`,
    },
  };
  return (
    <InlineGrid columns={{ xs: 2, md: 4 }} gap={{ xs: "200", md: "400" }}>
      {TILES.map((name) => (
        <MetricTile
          key={name}
          metric={SEARCH_METRICS[name]}
          value={now?.[name] ?? null}
          before={before && before[name]}
          of={of[name]}
          series={steps.map((step) => step[name])}
          writing={writing}
        />
      ))}
    </InlineGrid>
  );
}

function Queries({ queries, rank, writing }: Props & { writing: Writing }) {
  const { change } = useViewAddress();
  return (
    <Card>
      <BlockStack gap="300">
        <Select
          label="Most first by"
          options={RANKS.map((value) => ({ value, label: SEARCH_METRICS[value].name }))}
          value={rank}
          onChange={(picked) => change({ rank: picked })}
        />
        <ReportTable
          report={SEARCH}
          title="Queries"
          columns={COLUMNS}
          rows={queries.rows}
          keyOf={({ of }) => of}
          asked={{ rank }}
          writing={writing}
        />
        <NextPage next={queries.next} />
      </BlockStack>
    </Card>
  );
}
