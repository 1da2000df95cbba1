import { BlockStack, Card, Text } from "@shopify/polaris";
import { CART_BANDS } from "~/analytics/carts/definitions";
import type { CartBand, CartValue } from "~/analytics/carts/value.server";
import { showFigure, type Writing } from "./figures";
import { ReportTable } from "./report-table";
import { ShareBar } from "./share-bar";

type Props = { bands: CartBand[]; total: CartValue | null; writing: Writing };

/** How many carts are worth how much, and which have no place there. */
export function CartBands({ bands, total, writing }: Props) {
  const most = Math.max(...bands.map(({ share }) => share ?? 0));
  const money = (minor: number) => showFigure(minor, "money", writing);
  const nameOf = ({ fromMinor, toMinor }: CartBand) =>
    toMinor === null
      ? `${money(fromMinor)} and more`
      : `${money(fromMinor)} to below ${money(toMinor)}`;
  return (
    <Card>
      <BlockStack gap="200">
        <ReportTable
          report={CART_BANDS}
          columns={["fromMinor", "carts", "share"]}
          rows={bands}
          keyOf={({ fromMinor }) => String(fromMinor)}
          headings={{ fromMinor: "Worth" }}
          cells={{
            fromMinor: (band) => (
              <ShareBar text={nameOf(band)} share={most > 0 ? (band.share ?? 0) / most : 0} />
            ),
          }}
          writing={writing}
        />
        {total && (
          <Text as="p" tone="subdued">
            {`Left out: ${total.otherCurrency.toLocaleString("en")} carts in other currencies, ${total.unpriced.toLocaleString("en")} without a known value.`}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
