import { Badge, Icon, Thumbnail } from "@shopify/polaris";
import { ImageIcon } from "@shopify/polaris-icons";
import type { ProductStatus } from "~/catalog/statuses";
import { showMoney } from "./money";

const STATUSES = {
  ACTIVE: { word: "Active", tone: "success" },
  DRAFT: { word: "Draft", tone: "info" },
  ARCHIVED: { word: "Archived", tone: undefined },
  UNLISTED: { word: "Unlisted", tone: "attention" },
} as const;

export const statusWord = (status: ProductStatus): string => STATUSES[status].word;

export const StatusBadge = ({ status }: { status: ProductStatus }) => (
  <Badge tone={STATUSES[status].tone}>{STATUSES[status].word}</Badge>
);

const NoPicture = () => <Icon source={ImageIcon} />;

type Pictured = { title: string; imageUrl: string | null; imageAlt: string | null };

export const Picture = ({
  title,
  imageUrl,
  imageAlt,
  size,
}: Pictured & { size: "small" | "large" }) => (
  <div style={{ flexShrink: 0 }}>
    <Thumbnail source={imageUrl ?? NoPicture} alt={imageAlt ?? title} size={size} />
  </div>
);

/** "€12.00", or "€12.00 to €19.00" where variants differ; `currency` as for `showMoney`. */
export function priceRange(
  { minPriceMinor, maxPriceMinor }: { minPriceMinor: number; maxPriceMinor: number },
  currency: string | null,
): string {
  const low = showMoney(minPriceMinor, currency);
  return minPriceMinor === maxPriceMinor ? low : `${low} to ${showMoney(maxPriceMinor, currency)}`;
}

type Stocked = { isAvailable: boolean; totalInventory: number | null };

export function stockInWords({ isAvailable, totalInventory }: Stocked): string {
  const pieces = totalInventory === null ? "Not counted" : totalInventory.toLocaleString("en");
  return isAvailable ? pieces : `Sold out (${pieces.toLowerCase()})`;
}

/** "3.5 of 30 days"; a dash where nothing is known. */
export const daysInWords = ({ days, knownDays }: { days: number; knownDays: number }): string =>
  knownDays === 0 ? "–" : `${tenths(days)} of ${tenths(knownDays)} days`;

const tenths = (days: number) => days.toLocaleString("en", { maximumFractionDigits: 1 });
