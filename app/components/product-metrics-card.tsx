import { BlockStack, Card, Text } from "@shopify/polaris";
import type { ProductMetrics } from "~/analytics/product-metrics.server";
import { FigureTable, type Column } from "./figure-table";
import { showMoney } from "./money";

type Row = { name: string; value: string; of: string };
const COLUMNS: Column<Row>[] = [
  { heading: "Last 30 days", cell: ({ name }) => name },
  { heading: "Number", cell: ({ value }) => value, isNumber: true },
  { heading: "Of", cell: ({ of }) => of },
];

type Props = { metrics: ProductMetrics; currency: string | null };

/** What shoppers did with the product, each number with what it is a part of. */
export const ProductMetricsCard = ({ metrics, currency }: Props) => (
  <Card>
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          What shoppers did
        </Text>
        <Text as="p" tone="subdued">
          Visitors are browsers. Bots, test orders and cancelled orders are left out; revenue is
          that of the pieces kept, after discounts.
        </Text>
      </BlockStack>
      <FigureTable
        label="What shoppers did"
        columns={COLUMNS}
        rows={rowsOf(metrics, currency)}
        keyOf={({ name }) => name}
      />
    </BlockStack>
  </Card>
);

const count = (number: number): string => number.toLocaleString("en");
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** "of 340 visitors (12%)"; without a share where there is nothing to have one of. */
const shareOf = (part: number, whole: number, name: string): string =>
  `of ${count(whole)} ${name}${whole === 0 ? "" : ` (${percent.format(part / whole)})`}`;

const rowsOf = (metrics: ProductMetrics, currency: string | null): Row[] => {
  const { views, visitors, shopVisitors, adds, adders, orders, shopOrders, pieces } = metrics;
  return [
    {
      name: "Visitors",
      value: count(visitors),
      of: shareOf(visitors, shopVisitors, "in the shop"),
    },
    { name: "Views", value: count(views), of: `by ${count(visitors)} visitors` },
    {
      name: "Visitors who put it into a cart",
      value: count(adders),
      of: shareOf(adders, visitors, "who saw it"),
    },
    { name: "Times put into a cart", value: count(adds), of: `by ${count(adders)} visitors` },
    { name: "Orders with it", value: count(orders), of: shareOf(orders, shopOrders, "orders") },
    {
      name: "Revenue",
      value: showMoney(metrics.revenueMinor, currency),
      of: `for ${count(pieces)} pieces in ${count(orders)} orders`,
    },
  ];
};
