/** What matching knows of a product that a shop lists. */
export type Listing = {
  /** Names it among all that are compared: its order is the order in which ties are broken. */
  key: string;
  /** Names the shop that lists it: its SKUs are its own. */
  store: string;
  title: string;
  vendor: string;
  variants: readonly ListedVariant[];
  /** ISO 4217; null while the shop's is not known. */
  currency: string | null;
  /** Of its variants, in minor units. */
  minPriceMinor: number;
  maxPriceMinor: number;
};

export type ListedVariant = {
  sku: string | null;
  barcode: string | null;
  options: readonly { name: string; value: string }[];
};
