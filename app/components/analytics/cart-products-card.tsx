import { BlockStack, Card, InlineStack, Select } from "@shopify/polaris";
import { CART_TOP_PRODUCTS, TOP_SORTS, type TopSort } from "~/analytics/carts/top-definitions";
import type { TopProduct } from "~/analytics/carts/top-products.server";
import type { Writing } from "./figures";
import { ProductName, RateCell } from "./product-cells";
import { ReportTable } from "./report-table";
import { useViewAddress } from "./view-address";

const COLUMNS: (keyof TopProduct)[] = [
  ...(["title", "addedSessions", "addShare", "addedPieces"] as const),
  ...(["removedSessions", "removedPieces", "removalRate"] as const),
];

type Props = { rows: TopProduct[]; sort: TopSort; writing: Writing };

/** What was put into carts most, and what was taken out. */
export function CartProductsCard({ rows, sort, writing }: Props) {
  const { change } = useViewAddress();
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack>
          <Select
            label="Ranked by"
            options={Object.entries(TOP_SORTS).map(([value, { label }]) => ({ value, label }))}
            value={sort}
            onChange={(picked) => change({ sort: picked })}
          />
        </InlineStack>
        <ReportTable
          report={CART_TOP_PRODUCTS}
          columns={COLUMNS}
          rows={rows}
          keyOf={({ of }) => of}
          headings={{ title: "Product" }}
          cells={{ title: (row) => <ProductName {...row} />, removalRate: removed }}
          asked={{ sort }}
          writing={writing}
        />
      </BlockStack>
    </Card>
  );
}

const removed = ({ removalRate, removalRateLow, removalRateHigh }: TopProduct) => (
  <RateCell share={removalRate} low={removalRateLow} high={removalRateHigh} />
);
