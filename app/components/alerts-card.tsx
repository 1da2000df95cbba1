import { Badge, BlockStack, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { NotificationIcon } from "@shopify/polaris-icons";
import { ALERT_KINDS, type AlertKind } from "~/catalog/alerts/rules";
import { ALERT_NAMES } from "./alert-names";
import { FigureTable, type Column } from "./figure-table";
import { longMoment } from "./moments";
import { showMoney } from "./money";
import { NothingHere } from "./nothing-here";

/** An alert in the feed, with its moment as an ISO timestamp. */
export type ShownAlert = {
  alertId: string;
  kind: AlertKind;
  happenedAt: string;
  productTitle: string;
  variantTitle: string | null;
  priceMinor: number;
  previousPriceMinor: number | null;
  inventoryQuantity: number | null;
};

type Props = {
  alerts: ShownAlert[];
  /** The kind that is shown alone; null for all. */
  kind: AlertKind | null;
  currency: string | null;
  timeZone: string;
  /** The address of the next page; null on the last one. */
  next: string | null;
  onKind: (kind: string) => void;
};

const KINDS = [
  { value: "", label: "All alerts" },
  ...ALERT_KINDS.map((kind) => ({ value: kind, label: ALERT_NAMES[kind] })),
];

/** What changed in the shop, the newest first. */
export const AlertsCard = ({ alerts, kind, next, onKind, ...shop }: Props) => (
  <Card>
    <BlockStack gap="300">
      <Select label="Show" labelInline options={KINDS} value={kind ?? ""} onChange={onKind} />
      {alerts.length === 0 ? (
        <NothingHere
          icon={NotificationIcon}
          title="Nothing to tell"
          advice="Lower prices, what is back in stock, what runs low and what is new show up here. The first reading of your catalogue announces nothing."
        />
      ) : (
        <FigureTable
          label="Alerts"
          columns={columnsFor(shop)}
          rows={alerts}
          keyOf={({ alertId }) => alertId}
        />
      )}
      {next !== null && (
        <InlineStack>
          <Button url={next}>Earlier alerts</Button>
        </InlineStack>
      )}
    </BlockStack>
  </Card>
);

const columnsFor = ({ currency, timeZone }: Pick<Props, "currency" | "timeZone">) => {
  const columns: Column<ShownAlert>[] = [
    { heading: "What", cell: (alert) => <What {...alert} timeZone={timeZone} /> },
    { heading: "Alert", cell: ({ kind }) => <Badge tone={TONES[kind]}>{ALERT_NAMES[kind]}</Badge> },
    {
      heading: "Price",
      cell: (alert) => <Price {...alert} currency={currency} />,
      isNumber: true,
    },
    {
      heading: "In stock",
      cell: ({ inventoryQuantity }) => inventoryQuantity ?? "–",
      isNumber: true,
    },
  ];
  return columns;
};

type PriceProps = Pick<ShownAlert, "priceMinor" | "previousPriceMinor"> & Pick<Props, "currency">;

const Price = ({ priceMinor, previousPriceMinor, currency }: PriceProps) => (
  <>
    {showMoney(priceMinor, currency)}
    {previousPriceMinor !== null && (
      <Text as="p" tone="subdued">
        was {showMoney(previousPriceMinor, currency)}
      </Text>
    )}
  </>
);

const TONES = {
  price_drop: "info",
  back_in_stock: "success",
  new_arrival: "new",
  low_stock: "warning",
} as const;

type WhatProps = Pick<ShownAlert, "productTitle" | "variantTitle" | "happenedAt"> & {
  timeZone: string;
};

const What = ({ productTitle, variantTitle, happenedAt, timeZone }: WhatProps) => (
  <>
    <Text as="p" fontWeight="medium">
      {productTitle}
      {variantTitle !== null && variantTitle !== "Default Title" && `, ${variantTitle}`}
    </Text>
    <Text as="p" tone="subdued">
      {longMoment(happenedAt, timeZone)}
    </Text>
  </>
);
