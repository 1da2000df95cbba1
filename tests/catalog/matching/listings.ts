import { corpusOf, type Corpus } from "~/catalog/matching/corpus";
import { featuresOf } from "~/catalog/matching/features";
import type { Listing, ListedVariant } from "~/catalog/matching/listing";
import { score, type Score } from "~/catalog/matching/score";

/** A listing for one price; a test states only what it is about. */
export const listing = ({
  price = 4_900,
  ...about
}: Partial<Listing> & { price?: number } = {}): Listing => ({
  ...{ key: "1/7", store: "1", title: "Mug", vendor: "Hearth", currency: "EUR" },
  ...{ minPriceMinor: price, maxPriceMinor: price, variants: [variant()] },
  ...about,
});

export const variant = (about: Partial<ListedVariant> = {}): ListedVariant => ({
  ...{ sku: null, barcode: null, options: [] },
  ...about,
});

export const sizes = (...values: string[]) =>
  values.map((value) => variant({ options: [{ name: "Size", value }] }));
export const colors = (...values: string[]) =>
  values.map((value) => variant({ options: [{ name: "Colour", value }] }));

/** Scores two listings of a shop that lists nothing else. */
export const compare = (
  one: Parameters<typeof listing>[0],
  other: Parameters<typeof listing>[0],
): Score & { names: string[] } => {
  const [left, right] = [listing({ key: "1/1", ...one }), listing({ key: "1/2", ...other })].map(
    featuresOf,
  );
  if (!left || !right) throw new Error("two listings have two features");
  const found = score(left, right, corpusOf([left, right]) satisfies Corpus);
  return { ...found, names: found.reasons.map(({ name }) => name) };
};
