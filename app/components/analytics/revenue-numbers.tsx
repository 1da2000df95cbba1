import { Card, Text } from "@shopify/polaris";
import { REVENUE, REVENUE_METRICS } from "~/analytics/revenue/definitions";
import type { Revenue } from "~/analytics/revenue/revenue.server";
import type { Writing } from "./figures";
import { StepsCard } from "./steps-card";
import { Tiles, type Tile } from "./tiles";
import type { ShownView } from "./view-bar";

type Props = {
  totals: Revenue[];
  steps: Revenue[];
  totalsBefore: Revenue[] | null;
  stepsBefore: Revenue[] | null;
  view: ShownView;
  writing: Writing;
};

const ofOrders = ({ orders }: Revenue) => `of ${orders.toLocaleString("en")} orders`;

const tile = (name: keyof typeof REVENUE_METRICS, of?: Tile<Revenue>["of"]): Tile<Revenue> => ({
  ...{ name, of, metric: REVENUE_METRICS[name] },
});
const TILES = [
  ...[tile("netMinor", ofOrders), tile("grossMinor", ofOrders), tile("discountMinor", ofOrders)],
  ...[tile("refundMinor", () => "of any orders"), tile("orders")],
  ...[tile("averageOrderMinor", ofOrders), tile("unitsPerOrder", ofOrders)],
  tile("taxMinor", ofOrders),
];
export const REVENUE_COLUMNS: (keyof Revenue)[] = [
  ...(["of", "orders", "grossMinor", "discountMinor", "refundMinor", "netMinor"] as const),
  ...(["averageOrderMinor", "unitsPerOrder", "taxMinor", "shippingMinor"] as const),
];

/** Revenue as a whole and over time. */
export function RevenueNumbers({ totals, totalsBefore, steps, stepsBefore, view, writing }: Props) {
  const [all] = totals;
  return (
    <>
      {all?.orders === 0 && all.refundMinor === 0 && <NoOrders />}
      <Tiles tiles={TILES} before={totalsBefore?.[0]} {...{ all, steps, view, writing }} />
      <StepsCard
        {...{ steps, view, writing }}
        report={REVENUE}
        metric={REVENUE_METRICS.netMinor}
        field="netMinor"
        columns={REVENUE_COLUMNS}
        before={stepsBefore}
      />
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
