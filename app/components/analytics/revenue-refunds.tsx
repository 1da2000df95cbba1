import { BlockStack, Button, Card, InlineStack } from "@shopify/polaris";
import { REFUNDS } from "~/analytics/revenue/definitions";
import type { RefundOfOrder } from "~/analytics/revenue/refunds.server";
import type { Writing } from "./figures";
import { ReportTable } from "./report-table";
import { useViewAddress } from "./view-address";

type Shown = Omit<RefundOfOrder, "refundedAt" | "placedAt"> & {
  refundedAt: string;
  placedAt: string;
};
type Props = { rows: Shown[]; next?: string | null; writing: Writing };

const COLUMNS: (keyof Shown)[] = [
  ...(["refundedAt", "refundMinor", "orderName", "placedAt", "orderMinor", "units"] as const),
];

/** Each refund with its order, which a click opens in the Shopify admin. */
export function RefundsCard({ rows, next, writing }: Props) {
  const { search, change } = useViewAddress();
  return (
    <Card>
      <BlockStack gap="200">
        <ReportTable
          report={REFUNDS}
          columns={COLUMNS}
          rows={rows}
          keyOf={({ refundId }) => refundId}
          cells={{ orderName: Order }}
          writing={writing}
        />
        <InlineStack gap="400">
          {search.has("cursor") && (
            <Button variant="plain" onClick={() => change({})}>
              Newest
            </Button>
          )}
          {next && (
            <Button variant="plain" onClick={() => change({ cursor: next })}>
              Older
            </Button>
          )}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

const Order = ({ orderId, orderName }: Shown) => (
  <a className="Polaris-Link" href={`shopify://admin/orders/${orderId}`} target="_top">
    {orderName ?? orderId}
  </a>
);
