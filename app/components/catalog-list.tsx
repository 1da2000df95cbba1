import { Link } from "@remix-run/react";
import {
  Badge,
  BlockStack,
  Button,
  Card,
  InlineStack,
  SkeletonBodyText,
  Text,
} from "@shopify/polaris";
import { ProductIcon } from "@shopify/polaris-icons";
import type { ListedProduct } from "~/catalog/listing.server";
import { FigureTable, type Column } from "./figure-table";
import { longMoment } from "./moments";
import { NothingHere } from "./nothing-here";
import { Picture, priceRange, StatusBadge, stockInWords } from "./product-words";
import type { Shown } from "./shown";

type Product = Shown<ListedProduct>;
type Props = {
  products: Product[];
  /** How many there are on all pages; 1,001 for more than 1,000. */
  count: number;
  currency: string | null;
  timeZone: string;
  /** Addresses; null where there is no such page. */
  next: string | null;
  first: string | null;
  isLoading: boolean;
};

export const CatalogList = ({ products, count, next, first, isLoading, ...shop }: Props) => (
  <Card>
    <div aria-busy={isLoading}>
      {isLoading ? (
        <SkeletonBodyText lines={20} />
      ) : (
        <BlockStack gap="300">
          <Text as="p" tone="subdued">
            {countInWords(count)}
          </Text>
          <FigureTable
            label="Products"
            columns={columnsFor(shop)}
            rows={products}
            keyOf={({ productId }) => productId}
          />
          <InlineStack gap="200">
            {first !== null && <Button url={first}>First page</Button>}
            {next !== null && <Button url={next}>Next page</Button>}
          </InlineStack>
        </BlockStack>
      )}
    </div>
  </Card>
);

/** In place of the list, when nothing is in it. */
export const NoProducts = ({ isNarrowed }: { isNarrowed: boolean }) => (
  <Card>
    {isNarrowed ? (
      <NothingHere
        icon={ProductIcon}
        title="No product is like that"
        advice="Take a filter away, or search for the beginning of a word, SKU or barcode."
      />
    ) : (
      <NothingHere
        icon={ProductIcon}
        title="No products yet"
        advice="They are fetched from Shopify after the installation. Catalogue sync shows how far that is."
      />
    )}
  </Card>
);

function countInWords(count: number): string {
  if (count > 1_000) return "More than 1,000 products";
  return `${count.toLocaleString("en")} ${count === 1 ? "product" : "products"}`;
}

const columnsFor = ({ currency, timeZone }: Pick<Props, "currency" | "timeZone">) => {
  const columns: Column<Product>[] = [
    { heading: "Product", cell: (product) => <TitleCell {...{ product, timeZone }} /> },
    { heading: "Price", cell: (product) => priceRange(product, currency), isNumber: true },
    { heading: "Stock", cell: stockInWords, isNumber: true },
  ];
  return columns;
};

const TitleCell = ({ product, timeZone }: { product: Product; timeZone: string }) => (
  <InlineStack gap="300" wrap={false} blockAlign="start">
    <Picture {...product} size="small" />
    <BlockStack gap="050">
      <Link className="Polaris-Link" to={`/app/catalog/${product.productId}`}>
        {product.title}
      </Link>
      <Text as="span" tone="subdued">
        {[product.vendor, product.productType].filter(Boolean).join(" · ")}
      </Text>
      <InlineStack gap="100">
        <StatusBadge status={product.status} />
        {product.isReduced && <Badge tone="success">Reduced</Badge>}
        {product.isStale && (
          <Badge tone="warning">{`As of ${longMoment(product.asOf, timeZone)}`}</Badge>
        )}
      </InlineStack>
    </BlockStack>
  </InlineStack>
);
