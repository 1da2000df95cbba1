import type { Features } from "./features";

/** What is common among the listings that are compared, and what is rare. */
export type Corpus = {
  /** How much it tells that two titles share a word: the logarithm of one in how many has it. */
  rarityOf: (word: string) => number;
  /** How much has to be told before two listings out of all are one product rather than two. */
  doubt: number;
  /** In how many listings a word stands. */
  countOf: (word: string) => number;
  /** A barcode, SKU or maker's number that so many listings have names none of them. */
  isNaming: (number: string) => boolean;
};

/** A shop's titles are a sample: a word that it has once is not unheard of elsewhere. */
const ELSEWHERE = 500;
/** More listings than one product has. A barcode that they all share was typed in to fill the field. */
const MOST_OF_ONE = 20;

export function corpusOf(all: readonly Features[]): Corpus {
  const words = countAll(all.map(({ words }) => words));
  const numbers = countAll(all.map(({ gtins, skus, models }) => [...gtins, ...skus, ...models]));
  const size = all.length + ELSEWHERE;
  const rarityAt = (count: number) => Math.log(size / (count + 1));
  const rarities = new Map([...words].map(([word, count]) => [word, rarityAt(count)]));
  const unheard = rarityAt(0);
  return {
    countOf: (word) => words.get(word) ?? 0,
    rarityOf: (word) => rarities.get(word) ?? unheard,
    doubt: Math.log(size),
    isNaming: (number) => (numbers.get(number) ?? 0) <= MOST_OF_ONE,
  };
}

function countAll(lists: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) for (const word of list) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
