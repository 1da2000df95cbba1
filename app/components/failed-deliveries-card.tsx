import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import type { AlertKind } from "~/catalog/alerts/rules";
import { ALERT_NAMES } from "./alert-names";
import { FigureTable, type Column } from "./figure-table";
import { longMoment } from "./moments";

/** A delivery that was given up, with its moment as an ISO timestamp. */
export type ShownFailure = {
  deliveryId: string;
  to: "webhook" | "shopper" | "question";
  kind: AlertKind;
  productTitle: string;
  attempts: number;
  endedAt: string;
  reason: string;
};

type Props = {
  failures: ShownFailure[];
  timeZone: string;
  /** The delivery that is being lined up again. */
  retrying: FormDataEntryValue | null;
  onRetry: (deliveryId: string) => void;
};

/** What could not be delivered, and why; nothing when all could. */
export function FailedDeliveriesCard({ failures, ...rest }: Props) {
  if (failures.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Not delivered
        </Text>
        <FigureTable
          label="Not delivered"
          columns={columnsFor(rest)}
          rows={failures}
          keyOf={({ deliveryId }) => deliveryId}
        />
      </BlockStack>
    </Card>
  );
}

const TARGETS = {
  webhook: "to your webhook",
  shopper: "to a shopper",
  question: "asking a shopper to confirm",
};

const columnsFor = ({ timeZone, retrying, onRetry }: Omit<Props, "failures">) => {
  const columns: Column<ShownFailure>[] = [
    { heading: "What", cell: (failure) => <What {...failure} timeZone={timeZone} /> },
    {
      heading: "Why",
      cell: ({ reason, attempts }) =>
        `${reason} (${attempts === 1 ? "1 attempt" : `${attempts} attempts`})`,
    },
    {
      heading: "",
      cell: ({ deliveryId, productTitle }) => (
        <Button
          loading={retrying === deliveryId}
          accessibilityLabel={`Try again to tell of ${productTitle}`}
          onClick={() => onRetry(deliveryId)}
        >
          Try again
        </Button>
      ),
      isNumber: true,
    },
  ];
  return columns;
};

const What = ({
  kind,
  productTitle,
  to,
  endedAt,
  timeZone,
}: ShownFailure & { timeZone: string }) => (
  <>
    <Text as="p" fontWeight="medium">
      {ALERT_NAMES[kind]}: {productTitle}
    </Text>
    <Text as="p" tone="subdued">
      {TARGETS[to]}, given up {longMoment(endedAt, timeZone)}
    </Text>
  </>
);
