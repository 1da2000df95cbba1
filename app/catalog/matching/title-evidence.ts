import type { Corpus } from "./corpus";
import type { Evidence } from "./evidence";
import type { Features } from "./features";
import { mayBeAlike, spelledAlike } from "./spelling";

/** From here on two words are one, spelled in two ways. */
const SAME_WORD = 0.6;
const MOST = 5;
const LEAST = -4;
/** Titles tell no more against: the same barcode under titles in two languages is worth a look. */
const LEAST_OF_ALL = -6;

type Titles = {
  shared: { word: string; worth: number }[];
  /** What only the one has, and only the other. */
  own: [string[], string[]];
  /** Cosine of the two titles with words weighed by their rarity: 1 for the same words. */
  likeness: number;
};

/** What two titles tell: the words that both have, by how rare they are, and those that only one has. */
export function titleEvidence(one: Features, other: Features, corpus: Corpus): Evidence[] {
  const { shared, own, likeness } = compareTitles(one, other, corpus);
  const told = shared.reduce((sum, { worth }) => sum + worth, 0);
  const points = Math.min(MOST, Math.max(LEAST, told - corpus.doubt));
  const same: Evidence = { name: "title", points, words: titleWords(shared) };
  const [mine, theirs] = own;
  if (mine.length > 0 && theirs.length > 0)
    return [
      same,
      {
        name: "other words",
        points: Math.max(10 * (likeness - 1) - 3, LEAST_OF_ALL - points),
        words: eachHas(mine, theirs),
      },
    ];
  const more = [...mine, ...theirs];
  if (more.length === 0) return [same];
  return [
    same,
    {
      name: "more words",
      points: Math.max(6 * (likeness - 1) - 1.5, LEAST_OF_ALL - points),
      words: `Only one title says ${list(more)}`,
    },
  ];
}

/** The most that two titles can tell, found quickly. */
export const mostTold = (one: Features, other: Features, { rarityOf }: Corpus): number =>
  one.words.reduce((told, word) => {
    const has = other.words.includes(word) || other.words.some((twin) => mayBeAlike(word, twin));
    return has ? told + rarityOf(word) : told;
  }, 0);

/** How alike two titles are, without what names the vendors, from 0 to 1. */
function compareTitles(one: Features, other: Features, corpus: Corpus): Titles {
  const [left, right] = [tellingOf(one, other), tellingOf(other, one)];
  const both = left.filter((word) => right.includes(word));
  const mine = left.filter((word) => !right.includes(word));
  const theirs = right.filter((word) => !left.includes(word));
  const shared = both.map((word) => ({ word, worth: corpus.rarityOf(word), is: 1 }));
  for (const { word, twin, is } of sameWords(mine, theirs)) {
    mine.splice(mine.indexOf(word), 1);
    theirs.splice(theirs.indexOf(twin), 1);
    const worth = is * Math.min(corpus.rarityOf(word), corpus.rarityOf(twin));
    shared.push({ word: [word, twin].sort().join("/"), worth, is });
  }
  const square = (words: readonly string[]) =>
    words.reduce((sum, word) => sum + corpus.rarityOf(word) ** 2, 0);
  const common = shared.reduce((sum, { worth }) => sum + worth ** 2, 0);
  const size = Math.sqrt((common + square(mine)) * (common + square(theirs)));
  return { shared, own: [mine, theirs], likeness: size === 0 ? 0 : common / size };
}

/** A title's words; a vendor's name, of either, tells of the vendor and not of the product, and so does a
 * colour that one of the two comes in. */
function tellingOf(one: Features, other: Features): readonly string[] {
  const words = [one.vendor, other.vendor]
    .filter((vendor) => vendor.every((word) => one.words.includes(word)))
    .flat();
  return one.words.filter(
    (word) => !words.includes(word) && !one.colors.includes(word) && !other.colors.includes(word),
  );
}

/** Pairs of words that are spelled alike, the most alike first; each word is in one. */
function sameWords(mine: readonly string[], theirs: readonly string[]) {
  const alike = mine
    .flatMap((word) =>
      theirs
        .filter((twin) => mayBeAlike(word, twin))
        .map((twin) => ({ word, twin, is: spelledAlike(word, twin) })),
    )
    .filter(({ is }) => is >= SAME_WORD)
    .sort((a, b) => b.is - a.is || order(pairName(a), pairName(b)));
  const taken = new Set<string>();
  return alike.filter(({ word, twin }) => {
    if (taken.has(`1 ${word}`) || taken.has(`2 ${twin}`)) return false;
    taken.add(`1 ${word}`).add(`2 ${twin}`);
    return true;
  });
}

const pairName = ({ word, twin }: { word: string; twin: string }) => [word, twin].sort().join(" ");
const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

const titleWords = (shared: Titles["shared"]): string =>
  shared.length === 0
    ? "The titles have no word in common"
    : `Both titles say ${list(shared.map(({ word }) => word).sort())}`;

/** The same sentence whichever of the two comes first. */
function eachHas(mine: readonly string[], theirs: readonly string[]): string {
  const [first = "", second = ""] = [list(mine), list(theirs)].sort();
  return `One title says ${first}, the other ${second}`;
}

const list = (words: readonly string[]): string =>
  words
    .toSorted(order)
    .map((word) => `“${word}”`)
    .join(", ");
