import type { Corpus } from "./corpus";
import type { Features } from "./features";
import { PAUSE_EVERY, type Steps } from "./steps";

/** Listings that have something in common which few have: only those are compared. */
export type Blocks = {
  /** The places of the listings of each block that a listing is in, in order. */
  of: (place: number) => (readonly number[])[];
};

/** More listings than that are not compared with one another: what else they share narrows them down. */
export const MOST_IN_BLOCK = 32;
/** So many of a title's words are used, the rarest. */
const WORDS_USED = 6;
/** Of listings whose titles are the same and too many, each is compared with so many that follow. */
const NEIGHBORS = 8;

/** Puts listings into blocks: by a number that a maker or merchant gave, and by words of their titles. A
 * word that too many have makes blocks together with a second one, two that too many have with a third.
 * @param all in the order of their keys */
export function* blocksOf(all: readonly Features[], corpus: Corpus): Steps<Blocks> {
  const found: (readonly number[])[][] = all.map(() => []);
  const put = (places: readonly number[]) => {
    for (const place of places) found[place]?.push(places);
  };
  const numbers = yield* gather(all, (features) => numbersOf(features).filter(corpus.isNaming));
  for (const places of numbers.values()) put(places);

  const words = all.map((features) => rarest(features.words, corpus));
  let tooMany = new Map<string, number[]>();
  for (let size = 1; size <= WORDS_USED; size++) {
    const wider = tooMany;
    const isOpen = (key: string) => size === 1 || wider.has(key);
    const blocks = yield* gather(words, (mine) => narrowed(mine, size, isOpen));
    tooMany = new Map([...blocks].filter(([, { length }]) => length > MOST_IN_BLOCK));
    for (const [key, places] of blocks) if (!tooMany.has(key)) put(places);
    for (const [key, places] of tooMany) neighbors(places, words, key).forEach(put);
    if (tooMany.size === 0) break;
  }
  return { of: (place) => found[place] ?? [] };
}

const numbersOf = ({ gtins, skus, models }: Features): string[] => [...gtins, ...skus, ...models];

function rarest(words: readonly string[], { countOf }: Corpus): string[] {
  return words.toSorted((a, b) => countOf(a) - countOf(b) || (a < b ? -1 : 1)).slice(0, WORDS_USED);
}

/** The places of what has each key; a key of one listing alone tells nothing. */
function* gather<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): Steps<Map<string, number[]>> {
  const places = new Map<string, number[]>();
  for (const [place, item] of items.entries()) {
    if (place % PAUSE_EVERY === 0) yield;
    for (const key of keysOf(item)) {
      const known = places.get(key);
      if (known) known.push(place);
      else places.set(key, [place]);
    }
  }
  for (const [key, { length }] of places) if (length < 2) places.delete(key);
  return places;
}

/** Every choice of so many words of which each narrower choice is one that too many have: of others the
 * narrower choice's block is enough. */
function narrowed(
  words: readonly string[],
  size: number,
  isOpen: (key: string) => boolean,
): string[] {
  return choices(words, size)
    .filter(
      (choice) =>
        size === 1 || choice.every((left) => isOpen(keyOf(choice.filter((word) => word !== left)))),
    )
    .map(keyOf);
}

const keyOf = (words: readonly string[]): string => words.join(" ");

function choices(words: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return words.flatMap((word, i) =>
    choices(words.slice(i + 1), size - 1).map((rest) => [word, ...rest]),
  );
}

/** Blocks of listings whose titles are made of these words alone, each with those that follow it. */
function neighbors(
  places: readonly number[],
  words: readonly (readonly string[])[],
  key: string,
): number[][] {
  const same = places.filter((place) => keyOf(words[place] ?? []) === key);
  return same.map((_, i) => same.slice(i, i + NEIGHBORS)).filter(({ length }) => length > 1);
}
