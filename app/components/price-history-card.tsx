import { BlockStack, Card, Text } from "@shopify/polaris";
import { lazy } from "react";
import type { ProductChange } from "~/catalog/prices-of-product";
import { AsTable } from "./as-table";
import { FigureTable, type Column } from "./figure-table";
import { InBrowser } from "./in-browser";
import { longMoment, stepLabel } from "./moments";
import { showMoney } from "./money";
import { daysInWords, priceRange } from "./product-words";
import type { Shown } from "./shown";

const PriceChart = lazy(async () => ({ default: (await import("./price-chart")).PriceChart }));

type Change = Shown<ProductChange>;
type Props = {
  /** Oldest first. */
  changes: Change[];
  /** Where the chart ends. */
  now: string;
  currency: string | null;
  timeZone: string;
};

const rangeOf = ({ minMinor, maxMinor }: Change, currency: string | null): string =>
  priceRange({ minPriceMinor: minMinor, maxPriceMinor: maxMinor }, currency);

/** A chart for the eye, and the same numbers as a table for everyone. */
export function PriceHistoryCard({ changes, now, currency, timeZone }: Props) {
  const prices = changes.filter((change, index) => !isSamePrice(change, changes[index - 1]));
  const last = prices.at(-1);
  const columns: Column<Change>[] = [
    { heading: "From", cell: ({ changedAt }) => longMoment(changedAt, timeZone) },
    { heading: "Price", cell: (change) => rangeOf(change, currency), isNumber: true },
  ];
  const isRange = prices.some(({ minMinor, maxMinor }) => minMinor !== maxMinor);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Price
        </Text>
        <Text as="p" tone="subdued">
          {isRange
            ? "The cheapest variant, and the dearest as a dashed line; at most the last 13 months."
            : "As Pixelnova saw it; at most the last 13 months."}
        </Text>
        {last && (
          <div aria-hidden style={{ height: 240 }}>
            <InBrowser>
              <PriceChart
                points={[...prices, { ...last, changedAt: now }].map(toPoint)}
                labelOf={(at) => stepLabel(new Date(at).toISOString(), timeZone, "day")}
                moneyOf={(minor) => showMoney(minor, currency)}
              />
            </InBrowser>
          </div>
        )}
        <AsTable
          label="Price history"
          columns={columns}
          rows={prices.toReversed()}
          keyOf={({ changedAt }) => changedAt}
        />
      </BlockStack>
    </Card>
  );
}

const toPoint = ({ changedAt, minMinor, maxMinor }: Change) => ({
  ...{ at: Date.parse(changedAt), minMinor, maxMinor },
});

const isSamePrice = (one: Change, other: Change | undefined): boolean =>
  one.minMinor === other?.minMinor && one.maxMinor === other.maxMinor;

type StockProps = {
  changes: Change[];
  outOfStock: { days: number; knownDays: number };
  timeZone: string;
};

const SHOWN = 20;

/** When the product could be bought, and when not. */
export function StockHistoryCard({ changes, outOfStock, timeZone }: StockProps) {
  const turns = changes.filter(
    ({ isAvailable }, index) => isAvailable !== changes[index - 1]?.isAvailable,
  );
  const columns: Column<Change>[] = [
    { heading: "From", cell: ({ changedAt }) => longMoment(changedAt, timeZone) },
    { heading: "Stock", cell: ({ isAvailable }) => (isAvailable ? "Available" : "Sold out") },
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Stock
        </Text>
        <Text as="p">
          {`Sold out on ${daysInWords(outOfStock)} that are known of the last 30.`}
        </Text>
        <FigureTable
          label="Stock history"
          columns={columns}
          rows={turns.toReversed().slice(0, SHOWN)}
          keyOf={({ changedAt }) => changedAt}
        />
      </BlockStack>
    </Card>
  );
}
