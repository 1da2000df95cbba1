import { Badge, BlockStack, InlineStack, Text, Thumbnail } from "@shopify/polaris";
import { ImageIcon } from "@shopify/polaris-icons";
import { showMoney } from "./money";

/** A listing in the review queue or in a group. */
export type MatchListing = {
  /** `shop.myshopify.com/123`. */
  name: string;
  domain: string;
  store: string | null;
  title: string;
  vendor: string;
  imageUrl: string | null;
  minPriceMinor: number;
  maxPriceMinor: number;
  currency: string | null;
  status: string;
};

type Props = {
  listing: MatchListing;
  /** The store's domain whose page it is: only another one's name is told. */
  own: string;
};

/** A picture, and what tells one listing from another. */
export const MatchListingView = ({ listing, own }: Props) => (
  <InlineStack gap="300" wrap={false} blockAlign="start">
    <Thumbnail source={listing.imageUrl ?? ImageIcon} alt="" size="medium" />
    <BlockStack gap="050">
      <Text as="p" fontWeight="semibold">
        {listing.title}
      </Text>
      <Text as="p" tone="subdued">
        {listing.vendor}
      </Text>
      <Text as="p" numeric>
        {pricesOf(listing)}
      </Text>
      <InlineStack gap="100">
        {listing.domain !== own && <Badge tone="info">{listing.store ?? listing.domain}</Badge>}
        {listing.status !== "ACTIVE" && <Badge>{STATUSES[listing.status] ?? listing.status}</Badge>}
      </InlineStack>
    </BlockStack>
  </InlineStack>
);

const STATUSES: Readonly<Record<string, string>> = {
  ...{ DRAFT: "Draft", ARCHIVED: "Archived", UNLISTED: "Unlisted" },
};

function pricesOf({ minPriceMinor, maxPriceMinor, currency }: MatchListing): string {
  const lowest = showMoney(minPriceMinor, currency);
  return minPriceMinor === maxPriceMinor
    ? lowest
    : `${lowest} – ${showMoney(maxPriceMinor, currency)}`;
}
