import { Banner, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { CatalogProduct, ProductVariant } from "~/catalog/product-page.server";
import { FigureTable, type Column } from "./figure-table";
import { longMoment, stepLabel } from "./moments";
import { showMoney } from "./money";
import { daysInWords, Picture, priceRange, stockInWords } from "./product-words";
import type { Shown } from "./shown";

type Product = Shown<CatalogProduct>;
type Variant = Shown<ProductVariant>;
type Shop = { currency: string | null; timeZone: string };

/** What the product is and costs now, and since when that is known. */
export const ProductSummaryCard = ({ product, ...shop }: { product: Product } & Shop) => (
  <Card>
    <InlineStack gap="400" wrap={false} blockAlign="start">
      <Picture {...product} size="large" />
      <BlockStack gap="200">
        <Text as="p" variant="headingLg">
          {priceRange(product, shop.currency)}
        </Text>
        <PriceFacts product={product} {...shop} />
        <Text as="p">{`Stock: ${stockInWords(product)}`}</Text>
        <Text as="p" tone="subdued">
          {`As of ${longMoment(product.asOf, shop.timeZone)}`}
        </Text>
      </BlockStack>
    </InlineStack>
  </Card>
);

/** How the "from" price came to be what it is. */
function PriceFacts({ product: { prices }, currency, timeZone }: { product: Product } & Shop) {
  const { drop } = prices;
  if (!drop) return null;
  const [from, to] = [showMoney(drop.fromMinor, currency), showMoney(drop.toMinor, currency)];
  const share = percent.format((drop.fromMinor - drop.toMinor) / drop.fromMinor);
  return (
    <Text as="p" tone="success">
      {`Down by ${share} from ${from} to ${to} on ${longMoment(drop.at, timeZone)}`}
    </Text>
  );
}

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** Says what is not as usual about the product. */
export function ProductBanners({ product, timeZone }: { product: Product; timeZone: string }) {
  if (product.deletedAt)
    return (
      <Banner tone="warning" title="Shopify no longer has this product">
        {`It was gone on ${longMoment(product.deletedAt, timeZone)}. Its history stays here.`}
      </Banner>
    );
  if (!product.isStale) return null;
  return (
    <Banner tone="info" title="This may be out of date">
      {`Nothing has confirmed it since ${longMoment(product.asOf, timeZone)}.`}
    </Banner>
  );
}

const SHOWN = 100;

/** Each variant with its price, the EU's prior price where it is reduced, and its stock. */
export const VariantsCard = ({ variants, ...shop }: { variants: Variant[] } & Shop) => (
  <Card>
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          Variants
        </Text>
        <Text as="p" tone="subdued">
          The prior price is the lowest of the 30 days before a price was reduced: in the EU it has
          to be shown beside a reduction.
        </Text>
      </BlockStack>
      <FigureTable
        label="Variants"
        columns={columnsFor(shop)}
        rows={variants.slice(0, SHOWN)}
        keyOf={({ variantId }) => variantId}
      />
      {variants.length > SHOWN && (
        <Text as="p" tone="subdued">
          {`The first ${SHOWN} of ${variants.length.toLocaleString("en")} variants are shown.`}
        </Text>
      )}
    </BlockStack>
  </Card>
);

const columnsFor = ({ currency, timeZone }: Shop): Column<Variant>[] => [
  { heading: "Variant", cell: NameCell },
  {
    ...{ heading: "Price", isNumber: true },
    cell: ({ priceMinor, compareAtMinor }) => (
      <PriceCell
        price={showMoney(priceMinor, currency)}
        before={
          compareAtMinor !== null && compareAtMinor > priceMinor
            ? showMoney(compareAtMinor, currency)
            : null
        }
      />
    ),
  },
  {
    ...{ heading: "Prior price", isNumber: true },
    cell: ({ prices: { reduction } }) => (
      <PriorCell
        {...{ reduction, timeZone }}
        price={showMoney(reduction?.prior?.priceMinor ?? null, currency)}
      />
    ),
  },
  {
    ...{ heading: "Stock", isNumber: true },
    cell: ({ isAvailable, inventoryQuantity, prices }) => (
      <>
        {stockInWords({ isAvailable, totalInventory: inventoryQuantity })}
        {prices.outOfStock.days > 0 && (
          <Text as="p" tone="subdued">{`Out ${daysInWords(prices.outOfStock)}`}</Text>
        )}
      </>
    ),
  },
];

const NameCell = ({ title, sku, barcode }: Variant) => (
  <>
    {title}
    <Text as="p" tone="subdued">
      {[sku, barcode].filter(Boolean).join(" · ")}
    </Text>
  </>
);

const PriceCell = ({ price, before }: { price: string; before: string | null }) => (
  <>
    {price}
    {before !== null && (
      <Text as="p" tone="subdued" textDecorationLine="line-through">
        {before}
      </Text>
    )}
  </>
);

type Prior = { reduction: Variant["prices"]["reduction"]; price: string; timeZone: string };

const PriorCell = ({ reduction, price, timeZone }: Prior) =>
  reduction === null ? (
    "–"
  ) : (
    <>
      {reduction.prior ? price : "Not known"}
      <Text as="p" tone="subdued">{`reduced ${stepLabel(reduction.since, timeZone, "day")}`}</Text>
    </>
  );
