import { groupsOf } from "~/catalog/matching/groups";
import { findPairs, type Pair } from "~/catalog/matching/find-pairs";
import type { Listing } from "~/catalog/matching/listing";
import { runSteps } from "~/catalog/matching/steps";
import {
  assortmentOf,
  duplicateGroups,
  HARBOUR,
  NORTHWIND,
} from "../../../dev/store/catalog/assortment";
import type { Product } from "../../../dev/store/catalog/model";
import { shopOf } from "../../../dev/store/catalog/shops";

export { HARBOUR, NORTHWIND };

/** How well matching does on one half of the stand-in's labels. */
export type Quality = {
  pairs: number;
  automatic: number;
  /** Of what is grouped automatically, through a third as well, the share that is right. */
  precision: number;
  /** Of what is right, the share that is grouped. */
  automaticRecall: number;
  /** The share that is grouped or shown to the merchant. */
  recall: number;
};

/** Which half a product is in: rules were tuned on the first alone. */
const halfOf = (group: string): 0 | 1 =>
  Array.from(group, (letter) => letter.charCodeAt(0)).reduce(
    (sum, code) => (sum * 31 + code) >>> 0,
    0,
  ) %
    2 ===
  0
    ? 0
    : 1;

/** Matches what shops list, and holds it against their labels, in two halves. */
export function measure(shops: readonly string[]): [Quality, Quality] {
  const listings = shops.flatMap((shop) =>
    assortmentOf(shop).products.map((product) => toListing(shop, product)),
  );
  const labels = new Map<string, string>(
    duplicateGroups().flatMap(({ groupId, listings }) =>
      listings.map(({ shop, productId }) => [`${shop}/${productId}`, groupId] as const),
    ),
  );
  const productOf = (key: string) => labels.get(key) ?? key;
  const pairs = runSteps(findPairs(listings));
  const { groups, toReview } = groupsOf(pairs, []);
  const right = allPairs(byLabel(listings, productOf));
  return [0, 1].map((half) => {
    const ofHalf = ({ one }: Named) => halfOf(productOf(one)) === half;
    return judge({
      right: right.filter(ofHalf),
      automatic: allPairs(groups).filter(ofHalf),
      review: toReview.filter(ofHalf),
    });
  }) as [Quality, Quality];
}

type Named = Pick<Pair, "one" | "other">;
const nameOf = ({ one, other }: Named) => `${one} ${other}`;

function judge({ right, automatic, review }: Record<"right" | "automatic" | "review", Named[]>) {
  const truth = new Set(right.map(nameOf));
  const hits = automatic.filter((pair) => truth.has(nameOf(pair))).length;
  const shown = review.filter((pair) => truth.has(nameOf(pair))).length;
  return {
    ...{ pairs: truth.size, automatic: automatic.length },
    precision: automatic.length === 0 ? 1 : hits / automatic.length,
    automaticRecall: truth.size === 0 ? 1 : hits / truth.size,
    recall: truth.size === 0 ? 1 : (hits + shown) / truth.size,
  };
}

function byLabel(listings: readonly Listing[], productOf: (key: string) => string): string[][] {
  const groups = new Map<string, string[]>();
  for (const { key } of listings)
    groups.set(productOf(key), [...(groups.get(productOf(key)) ?? []), key]);
  return [...groups.values()];
}

const allPairs = (groups: readonly string[][]): Named[] =>
  groups.flatMap((members) => {
    const sorted = members.toSorted();
    return sorted.flatMap((one, i) => sorted.slice(i + 1).map((other) => ({ one, other })));
  });

function toListing(shop: string, { id, title, vendor, variants }: Product): Listing {
  const prices = variants.map(({ priceMinor }) => priceMinor);
  return {
    ...{ key: `${shop}/${id}`, store: shop, title, vendor, variants },
    currency: shopOf(shop).currency,
    ...{ minPriceMinor: Math.min(...prices), maxPriceMinor: Math.max(...prices) },
  };
}
