import { BlockStack, Card, Select } from "@shopify/polaris";
import { RANKS, SEARCH, SEARCH_METRICS, type Rank } from "~/analytics/search/definitions";
import type { SearchRow } from "~/analytics/search/search.server";
import type { Writing } from "./figures";
import { NextPage } from "./next-page";
import { ReportTable, ReportTableCard } from "./report-table";
import { StepsCard } from "./steps-card";
import { Tiles, type Tile } from "./tiles";
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
  const { all, allBefore, steps, stepsBefore, unanswered, view, currency } = props;
  const writing = { currency, timeZone: view.period.timeZone };
  return (
    <>
      <Tiles tiles={TILES} all={all[0]} before={allBefore?.[0]} {...{ steps, view, writing }} />
      <StepsCard
        {...{ steps, view, writing }}
        report={SEARCH}
        metric={SEARCH_METRICS.searches}
        field="searches"
        columns={COLUMNS}
        before={stepsBefore}
      />
      <Queries {...props} writing={writing} />
      <ReportTableCard
        report={SEARCH}
        title="Queries without a result"
        columns={["of", "zeroResults", "searches", "zeroResultShare", "refinements"]}
        rows={unanswered}
        keyOf={({ of }) => of}
        headings={{ of: "Query" }}
        asked={{ rank: "zeroResults" }}
        writing={writing}
      />
    </>
  );
}

const some = (count: number, what: string) => `of ${count.toLocaleString("en")} ${what}`;
const ofSearches = ({ searches }: SearchRow) => some(searches, "searches");

const tile = (name: keyof typeof SEARCH_METRICS, of?: Tile<SearchRow>["of"]): Tile<SearchRow> => ({
  ...{ name, of, metric: SEARCH_METRICS[name] },
});
const TILES = [
  ...[tile("searches"), tile("sessions"), tile("zeroResultShare", ofSearches)],
  tile("noClickShare", ({ searches, zeroResults }) =>
    some(searches - zeroResults, "searches with a result"),
  ),
  tile("clickedPosition", ({ clicks }) => some(clicks, "clicks")),
  tile("refinements", ofSearches),
  tile("conversionRate", ({ sessions }) => some(sessions, "searching sessions")),
  tile("revenue", ({ convertedSessions }) => `sessions with an order: ${convertedSessions}`),
];

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
          headings={{ of: "Query" }}
          asked={{ rank }}
          writing={writing}
        />
        <NextPage next={queries.next} />
      </BlockStack>
    </Card>
  );
}
