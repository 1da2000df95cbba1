import { toGtin14 } from "../gtin";
import type { Listing } from "./listing";
import { measuresOf } from "./measures";
import { isColorWord, isEmptyWord, isSizeWord, isTurningWord, numberOf, wordsOf } from "./words";

/** What two listings are compared by. Lists are without doubles and in order. */
export type Features = {
  listing: Listing;
  /** Of its variants, as 14 digits. */
  gtins: readonly string[];
  /** Without case and what is neither letter nor digit. */
  skus: readonly string[];
  /** Makers' numbers in its title, such as `wh1000xm4`. */
  models: readonly string[];
  /** What its title says that it is, without colours, sizes and measures. */
  words: readonly string[];
  /** Among them those that count something, or tell one version from the next. */
  numbers: readonly string[];
  /** Such as `for` and `case`, which make another thing of it. */
  turns: readonly string[];
  vendor: readonly string[];
  /** Colours that its title names, and those that it comes in. */
  titleColors: readonly string[];
  colors: readonly string[];
  /** Sizes and measures that its title names, and those that it comes in. */
  titleSizes: readonly string[];
  sizes: readonly string[];
};

/** Options by what merchants call them. */
const COLOR_OPTION = /colou?r|farbe|couleur|glaze|finish|shade/i;
const SIZE_OPTION =
  /size|gr(ö|oe)(ß|ss)e|taille|length|volume|amount|weight|width|capacity|inhalt/i;

export function featuresOf(listing: Listing): Features {
  const { measures, rest } = measuresOf(listing.title);
  const { models, text } = joinModels(rest);
  const all = wordsOf(text);
  const said = all.map((word) => numberOf(word) ?? word);
  const { variants } = listing;
  return {
    listing,
    gtins: distinct(variants.flatMap(({ barcode }) => toGtin14(barcode ?? "") ?? [])),
    skus: distinct(variants.flatMap(({ sku }) => skuOf(sku ?? "") ?? [])),
    models,
    words: distinct(said.filter(isTelling)),
    numbers: distinct(all.flatMap((word) => numberOf(word) ?? [])),
    turns: distinct(all.filter(isTurningWord)),
    vendor: distinct(wordsOf(listing.vendor).filter((word) => !isEmptyWord(word))),
    titleColors: distinct(all.filter(isColorWord)),
    colors: distinct(valuesOf(listing, COLOR_OPTION).flatMap(wordsOf)),
    titleSizes: distinct([...measures, ...all.filter(isSizeWord)]),
    sizes: distinct(valuesOf(listing, SIZE_OPTION).map(sizeOf)),
  };
}

const isTelling = (word: string): boolean =>
  !isEmptyWord(word) && !isColorWord(word) && !isSizeWord(word);

const distinct = (words: readonly string[]): string[] => [...new Set(words)].sort();

/** A number of the merchant's that is long enough to be no other's by chance. */
const skuOf = (sku: string): string | null => {
  const plain = sku.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  return plain.length >= 4 && /\d/.test(plain) ? plain : null;
};

/** Letters and digits in one, such as WH-1000XM4, which then is one word. Letters that are a word by
 * themselves are no part of it: a 4-season tent has no model. */
function joinModels(title: string): { models: string[]; text: string } {
  const models: string[] = [];
  const text = title.toLowerCase().replace(/[a-z0-9]+(?:-[a-z0-9]+)*/g, (piece) => {
    const joined = piece.replaceAll("-", "");
    const isModel =
      joined.length >= 4 &&
      /\d/.test(piece) &&
      /[a-z]/.test(piece) &&
      piece.split("-").every((part) => /\d/.test(part) || part.length <= 3);
    if (isModel) models.push(joined);
    return isModel ? joined : piece;
  });
  return { models: distinct(models), text };
}

const valuesOf = ({ variants }: Listing, named: RegExp): string[] =>
  variants.flatMap(({ options }) =>
    options.filter(({ name }) => named.test(name)).map(({ value }) => value),
  );

const sizeOf = (value: string): string => {
  const { measures, rest } = measuresOf(value);
  return [...measures, ...wordsOf(rest)].join(" ");
};
