import { Card, InlineGrid, Text } from "@shopify/polaris";
import { REVENUE, REVENUE_METRICS } from "~/analytics/revenue/definitions";
import type { Revenue } from "~/analytics/revenue/revenue.server";
import { stepLabel } from "../moments";
import type { Writing } from "./figures";
import { MetricTile } from "./metric-tile";
import { ReportTable } from "./report-table";
import { SeriesCard } from "./series-card";
import { toPoints } from "./series";
import type { ShownView } from "./view-bar";

type Props = {
  totals: Revenue[];
  steps: Revenue[];
  totalsBefore: Revenue[] | null;
  stepsBefore: Revenue[] | null;
  view: ShownView;
  writing: Writing;
};

const TILES = [
  ...(["netMinor", "grossMinor", "discountMinor", "refundMinor"] as const),
  ...(["orders", "averageOrderMinor", "unitsPerOrder", "taxMinor"] as const),
];
export const REVENUE_COLUMNS: (keyof Revenue)[] = [
  ...(["of", "orders", "grossMinor", "discountMinor", "refundMinor", "netMinor"] as const),
  ...(["averageOrderMinor", "unitsPerOrder", "taxMinor", "shippingMinor"] as const),
];

/** Revenue as a whole and over time. */
export function RevenueNumbers({ totals, totalsBefore, steps, stepsBefore, view, writing }: Props) {
  const label = ({ of }: Revenue) => stepLabel(of, view.period.timeZone, view.unit);
  const [all, allBefore] = [totals[0], totalsBefore?.[0]];
  const of = `of ${all?.orders.toLocaleString("en") ?? 0} orders`;
  return (
    <>
      {all?.orders === 0 && all.refundMinor === 0 && <NoOrders />}
      <InlineGrid columns={{ xs: 2, md: 4 }} gap={{ xs: "200", md: "400" }}>
        {TILES.map((name) => (
          <MetricTile
            key={name}
            metric={REVENUE_METRICS[name]}
            value={all?.[name] ?? null}
            before={allBefore && allBefore[name]}
            {...(name === "orders" ? {} : { of: name === "refundMinor" ? "of any orders" : of })}
            series={steps.map((step) => step[name])}
            writing={writing}
          />
        ))}
      </InlineGrid>
      <SeriesCard
        metric={REVENUE_METRICS.netMinor}
        title={`Net by ${view.unit}`}
        points={toPoints({ now: steps, before: stepsBefore }, label, ({ netMinor }) => netMinor)}
        writing={writing}
      >
        <ReportTable
          report={REVENUE}
          title={`Every ${view.unit}`}
          columns={REVENUE_COLUMNS}
          rows={[...steps].reverse()}
          keyOf={({ of }) => of}
          cells={{ of: label }}
          asked={{ by: "step" }}
          writing={writing}
        />
      </SeriesCard>
    </>
  );
}

const NoOrders = () => (
  <Card>
    <Text as="h2" variant="headingSm">
      No orders in this period
    </Text>
    <Text as="p" tone="subdued">
      Orders count here as soon as Shopify tells of them. Older ones can be fetched on the page
      Orders.
    </Text>
  </Card>
);
