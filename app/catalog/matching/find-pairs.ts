import { blocksOf, type Blocks } from "./blocks";
import { corpusOf, type Corpus } from "./corpus";
import { featuresOf, type Features } from "./features";
import type { Listing } from "./listing";
import { score, TO_REVIEW, type Score } from "./score";
import { PAUSE_EVERY, type Steps } from "./steps";
import { mostTold } from "./title-evidence";

/** Two listings that may be one product; `one` has the smaller key. */
export type Pair = Score & { one: string; other: string };

/** Two listings without a number in common whose titles tell by so much less than it takes are not scored:
 * all else that can speak for them does not make up for it. */
const LACKING = 1;
/** A listing is in so many pairs at most: the surest. */
const MOST_PAIRS = 10;

/** Finds the pairs of listings that are one product, automatically or in the merchant's eyes. The same
 * listings give the same pairs, in whatever order they come.
 * @param listings with keys of their own */
export function* findPairs(listings: readonly Listing[]): Steps<Pair[]> {
  const sorted = listings.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const all: Features[] = [];
  for (const [place, listing] of sorted.entries()) {
    if (place % PAUSE_EVERY === 0) yield;
    all.push(featuresOf(listing));
  }
  const corpus = corpusOf(all);
  const blocks = yield* blocksOf(all, corpus);
  const pairs: Pair[] = [];
  for (const [place, features] of all.entries()) {
    if (place % PAUSE_EVERY === 0) yield;
    for (const other of candidatesOf(blocks, place)) {
      const pair = compared([features, all[other]], corpus);
      if (pair) pairs.push(pair);
    }
  }
  return surest(pairs);
}

/** Every listing after its own that it shares a block with, once. */
function candidatesOf(blocks: Blocks, place: number): Set<number> {
  const found = new Set<number>();
  for (const block of blocks.of(place))
    for (const other of block) if (other > place) found.add(other);
  return found;
}

function compared(
  [one, other]: readonly [Features, Features | undefined],
  corpus: Corpus,
): Pair | undefined {
  if (!other || !isWorthScoring([one, other], corpus)) return undefined;
  const found = score(one, other, corpus);
  if (found.confidence < TO_REVIEW) return undefined;
  return { one: one.listing.key, other: other.listing.key, ...found };
}

const isWorthScoring = ([one, other]: readonly [Features, Features], corpus: Corpus): boolean =>
  one.gtins.some((gtin) => other.gtins.includes(gtin)) ||
  one.skus.some((sku) => other.skus.includes(sku)) ||
  mostTold(one, other, corpus) >= corpus.doubt - LACKING;

function surest(pairs: readonly Pair[]): Pair[] {
  const counts = new Map<string, number>();
  return [...pairs].sort(bySurety).filter(({ one, other }) => {
    const [mine, theirs] = [counts.get(one) ?? 0, counts.get(other) ?? 0];
    if (mine >= MOST_PAIRS || theirs >= MOST_PAIRS) return false;
    counts.set(one, mine + 1);
    counts.set(other, theirs + 1);
    return true;
  });
}

/** The surest first; of two that are as sure the one with the smaller keys. */
export const bySurety = (a: Pair, b: Pair): number =>
  b.confidence - a.confidence ||
  (a.one !== b.one ? (a.one < b.one ? -1 : 1) : a.other < b.other ? -1 : 1);
