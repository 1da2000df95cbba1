/** A kind of product: what its listings have in common, and the words that tell them apart. */
export type Kind = {
  /** Shopify's product type. */
  type: string;
  shape: string;
  vendors: readonly [string, ...string[]];
  collections: readonly string[];
  /** How many of a hundred products are of this kind. */
  share: number;
  /** Each title has one of these words before its noun. */
  traits: readonly [string, ...string[]];
  nouns: readonly [string, ...string[]];
  /** Sentences; a description has two of them. */
  praise: readonly [string, string, ...string[]];
  /** In minor units, of the cheapest and the dearest product. */
  price: readonly [number, number];
  options: readonly Option[];
  tags: readonly [string, ...string[]];
};

/** What a shopper chooses; `surcharge` is added per place in the list, as a share of the price. */
export type Option = {
  name: string;
  /** A product takes some of them, in this order. */
  values: readonly string[];
  atMost: number;
  surcharge?: number;
};

export type Range = {
  /** The first of the ids; a product has room for a hundred. */
  firstId: number;
  /** GS1's prefix of barcodes. */
  barcodes: string;
  /** What products are called. */
  names: readonly string[];
  kinds: readonly Kind[];
};
