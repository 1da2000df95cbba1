import { PAGE_METRICS, PAGE_VIEWS } from "~/analytics/pages/definitions";
import type { PageNumbers as Row } from "~/analytics/pages/views.server";
import { ReportTableCard } from "./report-table";
import { StepsCard } from "./steps-card";
import { Tiles, type Tile } from "./tiles";
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

const COLUMNS: (keyof Row)[] = [
  ...(["of", "views", "uniqueViews", "exits", "exitRate", "medianVisible", "meanVisible"] as const),
  ...(["p90Visible", "toldVisible", "meanScroll", "medianInteraction"] as const),
  ...(["rageClicks", "deadClicks"] as const),
];

const count = (value: number) => value.toLocaleString("en");

/** What a tile's number is a part of: how many views told it. */
const ofViews =
  (field: "views" | "toldVisible" | "toldScroll" | "toldInteraction" = "views") =>
  (all: Row) =>
    `of ${count(all[field])} views`;

const tile = (name: keyof typeof PAGE_METRICS, of?: Tile<Row>["of"]): Tile<Row> => ({
  ...{ name, of, metric: PAGE_METRICS[name] },
});
const TILES = [
  ...[tile("views"), tile("uniqueViews", ofViews()), tile("exitRate", ofViews())],
  ...[tile("medianVisible", ofViews("toldVisible")), tile("meanScroll", ofViews("toldScroll"))],
  tile("medianInteraction", ofViews("toldInteraction")),
  ...[tile("rageClicks", ofViews()), tile("deadClicks", ofViews())],
];

/** Page views as a whole, over time, and by the type of page. */
export function PageNumbers(props: Props) {
  const { totals, totalsBefore, steps, stepsBefore, types, view, currency } = props;
  const writing = { currency, timeZone: view.period.timeZone };
  return (
    <>
      <Tiles
        tiles={TILES}
        all={totals[0]}
        before={totalsBefore?.[0]}
        {...{ steps, view, writing }}
      />
      <StepsCard
        {...{ steps, view, writing }}
        report={PAGE_VIEWS}
        metric={PAGE_METRICS.views}
        field="views"
        columns={COLUMNS}
        before={stepsBefore}
      />
      <ReportTableCard
        report={PAGE_VIEWS}
        title="Types of pages"
        columns={COLUMNS}
        rows={types}
        keyOf={({ of }) => of}
        headings={{ of: "Page type" }}
        asked={{ by: "type" }}
        writing={writing}
      />
    </>
  );
}
