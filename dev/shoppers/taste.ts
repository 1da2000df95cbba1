import type { Chance } from "../chance";
import type { Product } from "../store/catalog/model";
import { complementsOf } from "./companions";
import { takeFrom, type Shelf } from "./shelf";

/** What somebody likes: it decides what they look at, and what they buy. */
export type Taste = {
  /** How much of their attention a product type has. */
  types: Readonly<Record<string, number>>;
  vendors: readonly string[];
  /** Where in a type's prices they look: 0 for the cheapest, 1 for the dearest. */
  band: number;
  /** How much a reduced price moves them, 0 to 1. */
  bargain: number;
};

/** How much less the next type of the shop is liked. */
const TYPE_DECLINE = 0.85;

/** One or two favourite types, what goes with them, and a little curiosity for everything else. */
export function tasteOf(shelf: Shelf, luck: Chance): Taste {
  const names = shelf.types.map(([type]) => type);
  const likely = Object.fromEntries(names.map((type, i) => [type, TYPE_DECLINE ** i]));
  const favourites = [luck.weighted(likely)];
  if (luck.happens(0.4)) favourites.push(luck.weighted(likely));
  const types: Record<string, number> = {};
  for (const favourite of favourites) {
    types[favourite] = (types[favourite] ?? 0) + 6;
    for (const other of complementsOf(favourite, names)) types[other] = (types[other] ?? 0) + 1.2;
  }
  const vendors = favourites.map((type) => vendorIn(shelf, type, luck));
  return { types, vendors, band: luck.next(), bargain: luck.next() ** 2 };
}

/** How well a product suits somebody: 1 for what they came for, near 0 for what they never look at. */
export function liking(taste: Taste, shelf: Shelf, product: Product): number {
  const type = Math.min((taste.types[product.type] ?? 0.3) / 6, 1);
  const vendor = taste.vendors.includes(product.vendor) ? 1 : 0.6;
  const price = Math.exp(-2 * Math.abs(shelf.band(product) - taste.band));
  const reduced = product.variants[0].compareAtMinor === null ? 0 : taste.bargain;
  return type * vendor * Math.min(price + reduced / 2, 1);
}

/** A product that somebody would look at: of a type they like, the best of three that catch the eye. */
export function tempting(taste: Taste, shelf: Shelf, luck: Chance): Product | null {
  const curious = luck.happens(0.08);
  const type = curious ? null : luck.weighted({ ...taste.types });
  const pile = shelf.types.find(([name]) => name === type)?.[1] ?? shelf.all;
  return bestOf(taste, shelf, [takeFrom(pile, luck), takeFrom(pile, luck), takeFrom(pile, luck)]);
}

export function bestOf(taste: Taste, shelf: Shelf, products: readonly (Product | null)[]) {
  let best: Product | null = null;
  for (const product of products)
    if (product && (!best || liking(taste, shelf, product) > liking(taste, shelf, best)))
      best = product;
  return best;
}

const vendorIn = (shelf: Shelf, type: string, luck: Chance): string =>
  takeFrom(shelf.types.find(([name]) => name === type)?.[1] ?? shelf.all, luck)?.vendor ?? "";
