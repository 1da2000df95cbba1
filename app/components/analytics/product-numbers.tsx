import { BlockStack, Card, InlineStack, Select } from "@shopify/polaris";
import {
  PRODUCT_GROUPS,
  PRODUCT_METRICS,
  PRODUCT_SORTS,
  PRODUCTS,
  type ProductGroup,
  type ProductSort,
} from "~/analytics/products/definitions";
import type { ProductRow } from "~/analytics/products/products.server";
import type { Writing } from "./figures";
import { Pager } from "./pager";
import { ProductName, RateCell } from "./product-cells";
import { ReportTable } from "./report-table";
import { StepsCard } from "./steps-card";
import { Tiles, type Tile } from "./tiles";
import { useViewAddress } from "./view-address";
import type { ShownView } from "./view-bar";

type Listed = { rows: ProductRow[]; next: string | null };
export type Ranking = { by: ProductGroup; sort: ProductSort; only: "unbought" | null };

type Props = {
  ranking: Ranking;
  list: Listed;
  totals: ProductRow[];
  steps: ProductRow[];
  totalsBefore: ProductRow[] | null;
  stepsBefore: ProductRow[] | null;
  view: ShownView;
  currency: string | null;
};

const STEP_COLUMNS: (keyof ProductRow)[] = [
  ...(["of", "viewedSessions", "addedSessions", "addRate", "purchaseRate", "orders"] as const),
  ...(["units", "grossMinor", "discountMinor", "refundedMinor", "netMinor"] as const),
];

/** What was done with products: as a whole, over time, and ranked. */
export function ProductNumbers(props: Props) {
  const { totals, totalsBefore, steps, stepsBefore, view, currency } = props;
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
        report={PRODUCTS}
        metric={PRODUCT_METRICS.viewedSessions}
        field="viewedSessions"
        columns={STEP_COLUMNS}
        before={stepsBefore}
      />
      <RankingCard {...props} writing={writing} />
    </>
  );
}

const words = (count: number, noun: string) =>
  `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

const sessionsOf = (part: number, { viewedSessions }: ProductRow) =>
  `${part.toLocaleString("en")} of ${words(viewedSessions, "session")}`;

const TILES: Tile<ProductRow>[] = [
  tile("viewedSessions", ({ views }) => words(views, "view")),
  tile("addRate", (all) => sessionsOf(all.viewedAndAdded, all)),
  tile("purchaseRate", (all) => sessionsOf(all.viewedAndBought, all)),
  tile("orders"),
  tile("units", ({ orders }) => `in ${words(orders, "order")}`),
  tile("netMinor", ({ units }) => `of ${words(units, "piece")} sold`),
  tile("refundedMinor", ({ refundedUnits }) => `for ${words(refundedUnits, "piece")}`),
  tile("abandonedCarts"),
];

function tile(name: keyof typeof PRODUCT_METRICS, of?: Tile<ProductRow>["of"]): Tile<ProductRow> {
  return { name, metric: PRODUCT_METRICS[name], ...(of ? { of } : {}) };
}

const COLUMNS: (keyof ProductRow)[] = [
  ...(["title", "viewedSessions", "addedSessions", "addRate", "purchaseRate", "orders"] as const),
  ...(["units", "grossMinor", "refundedUnits", "netMinor", "abandonedCarts"] as const),
];
const UNBOUGHT = "unbought";
const RANKINGS = [
  ...Object.entries(PRODUCT_SORTS).map(([value, { label }]) => ({ value, label })),
  { value: UNBOUGHT, label: "Viewed but not bought" },
];

function RankingCard({ ranking, list, writing }: Props & { writing: Writing }) {
  const { change } = useViewAddress();
  const { by, sort, only } = ranking;
  const picked = only ?? sort;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="300">
          <Select
            label="Of each"
            options={Object.entries(PRODUCT_GROUPS).map(([value, label]) => ({ value, label }))}
            value={by}
            onChange={(value) => change({ by: value })}
          />
          <Select
            label="Ranked by"
            options={RANKINGS}
            value={picked}
            onChange={(value) =>
              change(
                value === UNBOUGHT ? { only: UNBOUGHT, sort: null } : { only: null, sort: value },
              )
            }
          />
        </InlineStack>
        <ReportTable
          report={PRODUCTS}
          title={RANKINGS.find(({ value }) => value === picked)?.label ?? ""}
          columns={COLUMNS}
          rows={list.rows}
          keyOf={({ of }) => of}
          headings={{ title: PRODUCT_GROUPS[by] }}
          cells={{ title: (row) => <ProductName {...row} />, addRate: added, purchaseRate: bought }}
          asked={{ by, sort, ...(only ? { only } : {}) }}
          writing={writing}
        />
        <Pager next={list.next} />
      </BlockStack>
    </Card>
  );
}

const added = ({ addRate, addRateLow, addRateHigh }: ProductRow) => (
  <RateCell share={addRate} low={addRateLow} high={addRateHigh} />
);
const bought = ({ purchaseRate, purchaseRateLow, purchaseRateHigh }: ProductRow) => (
  <RateCell share={purchaseRate} low={purchaseRateLow} high={purchaseRateHigh} />
);
