import { Card, InlineGrid, Text } from "@shopify/polaris";
import type { Customers } from "~/analytics/customers/customers.server";
import { CUSTOMER_METRICS, CUSTOMERS } from "~/analytics/customers/definitions";
import { stepLabel } from "../moments";
import type { Writing } from "./figures";
import { MetricTile } from "./metric-tile";
import { ReportTable } from "./report-table";
import { SeriesCard } from "./series-card";
import { toPoints } from "./series";
import { periodAsked } from "./view-address";
import type { ShownView } from "./view-bar";

type Props = {
  totals: Customers[];
  steps: Customers[];
  totalsBefore: Customers[] | null;
  stepsBefore: Customers[] | null;
  view: ShownView;
  writing: Writing;
};

const TILES = [
  ...(["customers", "newCustomers", "returningCustomers"] as const),
  ...(["repeatRate", "ordersPerCustomer", "medianBetween"] as const),
];
const COLUMNS: (keyof Customers)[] = ["of", ...TILES, "orders"];

/** Customers as a whole. */
export function CustomerTiles({ totals, totalsBefore, steps, writing }: Props) {
  const [all, allBefore] = [totals[0], totalsBefore?.[0]];
  const of = `of ${all?.customers.toLocaleString("en") ?? 0} customers`;
  return (
    <>
      {all?.customers === 0 && <NoCustomers />}
      <InlineGrid columns={{ xs: 2, md: 3 }} gap={{ xs: "200", md: "400" }}>
        {TILES.map((name) => (
          <MetricTile
            key={name}
            metric={CUSTOMER_METRICS[name]}
            value={all?.[name] ?? null}
            before={allBefore && allBefore[name]}
            of={name === "customers" ? `with ${all?.orders.toLocaleString("en") ?? 0} orders` : of}
            series={steps.map((step) => step[name])}
            writing={writing}
          />
        ))}
      </InlineGrid>
    </>
  );
}

/** Customers over time. */
export function CustomerSeries({ steps, stepsBefore, view, writing }: Props) {
  const label = ({ of }: Customers) => stepLabel(of, view.period.timeZone, view.unit);
  return (
    <SeriesCard
      metric={CUSTOMER_METRICS.newCustomers}
      title={`New customers by ${view.unit}`}
      points={toPoints({ now: steps, before: stepsBefore }, label, (step) => step.newCustomers)}
      writing={writing}
    >
      <ReportTable
        report={CUSTOMERS}
        title={`Every ${view.unit}`}
        columns={COLUMNS}
        rows={[...steps].reverse()}
        keyOf={({ of }) => of}
        cells={{ of: label }}
        asked={{ ...periodAsked(view.period), by: "step" }}
        writing={writing}
      />
    </SeriesCard>
  );
}

const NoCustomers = () => (
  <Card>
    <Text as="h2" variant="headingSm">
      No customers in this period
    </Text>
    <Text as="p" tone="subdued">
      Whoever orders counts here, as soon as Shopify tells of the order.
    </Text>
  </Card>
);
