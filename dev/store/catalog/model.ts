/** What a shop sells, in Shopify's terms. Money is in minor units of the shop's currency; times are
 * ISO 8601 in UTC. */

/** The title of a variant that is the only one. dev:api/admin-graphql/latest/objects/ProductVariant */
export const ONLY = "Default Title";

export type ProductStatus = "ACTIVE" | "ARCHIVED" | "DRAFT" | "UNLISTED";
export type SelectedOption = { name: string; value: string };

export type Variant = {
  id: number;
  inventoryItemId: number;
  title: string;
  sku: string;
  /** A GTIN-13 with its check digit, where the maker has one. */
  barcode: string | null;
  /** From 1. */
  position: number;
  options: SelectedOption[];
  priceMinor: number;
  /** Above the price while it is reduced, else null. */
  compareAtMinor: number | null;
  inventoryQuantity: number;
  /** CONTINUE sells on when nothing is left. */
  inventoryPolicy: "DENY" | "CONTINUE";
  tracked: boolean;
};

export type Product = {
  id: number;
  handle: string;
  title: string;
  description: string;
  vendor: string;
  type: string;
  tags: string[];
  status: ProductStatus;
  createdAt: string;
  updatedAt: string;
  /** Null while it is not on the online store. */
  publishedAt: string | null;
  options: { name: string; values: string[] }[];
  variants: [Variant, ...Variant[]];
  /** How its picture is drawn: `storefront/artwork.ts`. */
  shape: string;
  colors: [background: string, main: string, detail: string];
};

export type Collection = {
  id: number;
  handle: string;
  title: string;
  description: string;
  updatedAt: string;
  /** In the merchant's order. */
  productIds: number[];
};

export type Catalog = { products: readonly Product[]; collections: readonly Collection[] };

export const isAvailable = ({ tracked, inventoryQuantity, inventoryPolicy }: Variant): boolean =>
  !tracked || inventoryQuantity > 0 || inventoryPolicy === "CONTINUE";

/** On the online store for anyone who looks around: listed, published and active. */
export const isListed = ({ status, publishedAt }: Product): boolean =>
  status === "ACTIVE" && publishedAt !== null;
