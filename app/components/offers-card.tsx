import { BlockStack, Card, Text } from "@shopify/polaris";
import { priceRange, type Offer, type Offers } from "~/catalog/offers";
import { FigureTable, type Column } from "./figure-table";
import type { Shown } from "./shown";

/** Where else the product is sold: its group's listings in this store and in those that are linked. */
export const OffersCard = ({ offers }: { offers: Shown<Offers>[] }) => (
  <Card>
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          Offers
        </Text>
        <Text as="p" tone="subdued">
          Every listing of this product that shoppers can see, in this store and in those you have
          linked. Which listings are one product is decided on the page Matches.
        </Text>
      </BlockStack>
      {offers.length === 0 && <Text as="p">No shopper can see this product.</Text>}
      {offers.map((sum) => (
        <BlockStack key={sum.currency} gap="200">
          <Text as="p" variant="headingMd">
            {priceRange(sum) ?? "Out of stock"}
          </Text>
          <FigureTable
            label={`Offers in ${sum.currency ?? "an unknown currency"}`}
            columns={columnsFor(sum)}
            rows={sum.offers}
            keyOf={({ domain, productId }) => `${domain} ${productId}`}
          />
        </BlockStack>
      ))}
    </BlockStack>
  </Card>
);

const columnsFor = ({ moneyFormat }: Pick<Offers, "moneyFormat">): Column<Shown<Offer>>[] => [
  {
    heading: "Listing",
    cell: ({ title, vendor, store, domain }) => (
      <>
        {title}
        <Text as="p" tone="subdued">
          {[vendor, store ?? domain].filter(Boolean).join(" · ")}
        </Text>
      </>
    ),
  },
  {
    heading: "Price",
    cell: (offer) => priceRange({ ...offer, moneyFormat }),
    isNumber: true,
  },
  { heading: "Stock", cell: ({ isAvailable }) => (isAvailable ? "In stock" : "Out of stock") },
];
