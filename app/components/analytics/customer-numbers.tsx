import { Card, Text } from "@shopify/polaris";
import type { Customers } from "~/analytics/customers/customers.server";
import { CUSTOMER_METRICS, CUSTOMERS } from "~/analytics/customers/definitions";
import type { Writing } from "./figures";
import { StepsCard } from "./steps-card";
import { Tiles } from "./tiles";
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

const NAMES = [
  ...(["customers", "newCustomers", "returningCustomers"] as const),
  ...(["repeatRate", "ordersPerCustomer", "medianBetween"] as const),
];
const COLUMNS: (keyof Customers)[] = ["of", ...NAMES, "orders"];

const ofAll = ({ customers }: Customers) => `of ${customers.toLocaleString("en")} customers`;
const withOrders = ({ orders }: Customers) => `with ${orders.toLocaleString("en")} orders`;
const TILES = NAMES.map((name) => ({
  ...{ name, metric: CUSTOMER_METRICS[name], of: name === "customers" ? withOrders : ofAll },
}));

/** Customers as a whole. */
export function CustomerTiles({ totals, totalsBefore, steps, view, writing }: Props) {
  const [all] = totals;
  return (
    <>
      {all?.customers === 0 && <NoCustomers />}
      <Tiles
        {...{ tiles: TILES, all, steps, view, writing }}
        before={totalsBefore?.[0]}
        abreast={3}
      />
    </>
  );
}

/** Customers over time. */
export const CustomerSeries = ({ steps, stepsBefore, view, writing }: Props) => (
  <StepsCard
    {...{ steps, view, writing }}
    report={CUSTOMERS}
    metric={CUSTOMER_METRICS.newCustomers}
    field="newCustomers"
    columns={COLUMNS}
    before={stepsBefore}
    asked={periodAsked(view.period)}
  />
);

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
