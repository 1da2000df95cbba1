import { Badge, BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { CartState } from "~/projections/visitors/carts";
import { sessionAddress } from "./analytics/session-address";
import { FigureTable, type Column } from "./figure-table";
import { longMoment } from "./moments";
import { showMoney } from "./money";
import { browserName } from "./visitor-name";

/** What a visitor did, with moments as ISO timestamps. */
export type ShownSession = {
  sessionId: string;
  clientId: string;
  startedAt: string;
  channel: string;
  device: string | null;
  browser: string | null;
  pageViewCount: number;
};
export type ShownOrder = {
  orderId: string;
  name: string | null;
  placedAt: string;
  currency: string;
  revenueMinor: number;
  isRefunded: boolean;
  isCancelled: boolean;
};
export type ShownCart = {
  cartId: string;
  startedAt: string;
  currency: string | null;
  itemCount: number;
  valueMinor: number | null;
  peakValueMinor: number | null;
  state: CartState;
};
export type ShownScores = Record<"engagement" | "loyalty" | "churnRisk", number | null>;

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

const SCORES = [
  { score: "engagement", name: "Engagement", meaning: "How much they do in your shop these days." },
  { score: "loyalty", name: "Loyalty", meaning: "How firmly they come back to buy." },
  { score: "churnRisk", name: "Churn risk", meaning: "How likely they have left for good." },
] as const;

/** The three scores; a dash where nothing is known. */
export const ScoresCards = ({ scores }: { scores: ShownScores | null }) => (
  <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
    {SCORES.map(({ score, name, meaning }) => {
      const value = scores?.[score] ?? null;
      return (
        <Card key={score}>
          <BlockStack gap="100">
            <Text as="h2" variant="headingSm">
              {name}
            </Text>
            <Text as="p" variant="heading2xl" numeric>
              {value === null ? "–" : percent.format(value)}
            </Text>
            <Text as="p" tone="subdued">
              {value === null ? "Not known yet." : meaning}
            </Text>
          </BlockStack>
        </Card>
      );
    })}
  </InlineGrid>
);

/** A card with a table, or with a sentence where there is nothing to show. */
function TableCard<Row>({ title, empty, ...table }: TableProps<Row>) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {title}
        </Text>
        {table.rows.length === 0 ? (
          <Text as="p" tone="subdued">
            {empty}
          </Text>
        ) : (
          <FigureTable label={title} {...table} />
        )}
      </BlockStack>
    </Card>
  );
}
type TableProps<Row> = {
  title: string;
  empty: string;
  rows: readonly Row[];
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
};

const Twofold = ({ first, second }: { first: ReactNode; second: string }) => (
  <>
    {first}
    <Text as="p" tone="subdued">
      {second}
    </Text>
  </>
);

export const SessionsOfVisitor = ({
  sessions,
  timeZone,
}: {
  sessions: ShownSession[];
  timeZone: string;
}) => (
  <TableCard
    title="Sessions"
    empty="No session of theirs was seen."
    rows={sessions}
    keyOf={({ sessionId }) => sessionId}
    columns={[
      {
        heading: "Began",
        cell: ({ sessionId, startedAt, clientId, browser, device }) => (
          <Twofold
            first={
              <Link className="Polaris-Link" to={sessionAddress(sessionId)}>
                {longMoment(startedAt, timeZone)}
              </Link>
            }
            second={[browserName(clientId), browser, device].filter(Boolean).join(", ")}
          />
        ),
      },
      { heading: "Channel", cell: ({ channel }) => channel },
      { heading: "Pages", cell: ({ pageViewCount }) => pageViewCount, isNumber: true },
    ]}
  />
);

export const OrdersOfVisitor = ({
  orders,
  timeZone,
}: {
  orders: ShownOrder[];
  timeZone: string;
}) => (
  <TableCard
    title="Orders"
    empty="They have not bought anything yet."
    rows={orders}
    keyOf={({ orderId }) => orderId}
    columns={[
      {
        heading: "Order",
        cell: ({ name, orderId, placedAt }) => (
          <Twofold first={name ?? orderId} second={longMoment(placedAt, timeZone)} />
        ),
      },
      { heading: "State", cell: stateOfOrder },
      {
        heading: "Revenue",
        cell: ({ revenueMinor, currency }) => showMoney(revenueMinor, currency),
        isNumber: true,
      },
    ]}
  />
);

function stateOfOrder({ isCancelled, isRefunded }: ShownOrder): ReactNode {
  if (isCancelled) return <Badge tone="critical">Cancelled</Badge>;
  return isRefunded ? (
    <Badge tone="attention">Refunded</Badge>
  ) : (
    <Badge tone="success">Placed</Badge>
  );
}

const CART_STATES = {
  open: { label: "Open", tone: "info" },
  abandoned: { label: "Abandoned", tone: "warning" },
  recovered: { label: "Recovered", tone: "info" },
  converted: { label: "Ordered", tone: "success" },
  emptied: { label: "Emptied", tone: undefined },
} as const;

export const CartsOfVisitor = ({ carts, timeZone }: { carts: ShownCart[]; timeZone: string }) => (
  <TableCard
    title="Carts"
    empty="They have not put anything into a cart."
    rows={carts}
    keyOf={({ cartId }) => cartId}
    columns={[
      {
        heading: "Begun",
        cell: ({ startedAt, itemCount }) => (
          <Twofold
            first={longMoment(startedAt, timeZone)}
            second={itemCount === 1 ? "1 item" : `${itemCount} items`}
          />
        ),
      },
      {
        heading: "State",
        cell: ({ state }) => (
          <Badge tone={CART_STATES[state].tone}>{CART_STATES[state].label}</Badge>
        ),
      },
      {
        heading: "Value",
        cell: ({ valueMinor, currency }) => showMoney(valueMinor, currency),
        isNumber: true,
      },
      {
        heading: "At most",
        cell: ({ peakValueMinor, currency }) => showMoney(peakValueMinor, currency),
        isNumber: true,
      },
    ]}
  />
);
