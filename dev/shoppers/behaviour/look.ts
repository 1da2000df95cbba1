import {
  isAvailable,
  type Collection,
  type Product,
  type Variant,
} from "../../store/catalog/model";
import { companionsOf } from "../companions";
import { variantData } from "../diary";
import { pileOf, takeFrom, type Shelf } from "../shelf";
import { bestOf, tempting } from "../taste";
import { choose, lookClosely } from "./press";
import { open, reach, shelf, write } from "../walk";
import type { Walk } from "../walking";

/** How many products a page of a collection or of search results shows. */
export const PER_PAGE = 24;

export const titleOf = (title: string, { shop }: Walk) => `${title} – ${shop.name}`;
export const idsOf = (products: readonly Product[]) =>
  products.slice(0, PER_PAGE).map(({ id }) => String(id));

export function seeHome(walk: Walk): void {
  open(walk, { path: "/", title: titleOf(walk.shop.tagline, walk), type: "home" });
}

/** Opens a collection that has what the shopper likes, and gives a product that catches the eye. */
export function seeCollection(walk: Walk): Product | null {
  const { luck, person } = walk;
  const wanted = tempting(person.taste, shelf(walk), luck);
  const found = collectionWith(shelf(walk), wanted, walk);
  if (!found) return wanted;
  const { id, handle, title } = found.collection;
  open(walk, { path: `/collections/${handle}`, title: titleOf(title, walk), type: "collection" });
  const productIds = idsOf(found.pile.products);
  write(walk, "collection_viewed", { collection: { id: String(id), title, productIds } });
  choose(walk, found.pile.products);
  const seen = [takeFrom(found.pile, luck), takeFrom(found.pile, luck), takeFrom(found.pile, luck)];
  return bestOf(person.taste, shelf(walk), seen);
}

function collectionWith({ collections }: Shelf, wanted: Product | null, { luck }: Walk) {
  const fitting = collections.filter(({ collection }) => holds(collection, wanted));
  return fitting[luck.between(0, fitting.length - 1)] ?? collections[0];
}

const holds = ({ productIds }: Collection, product: Product | null) =>
  product !== null && productIds.includes(product.id);

/** Opens a product's page. */
export function seeProduct(walk: Walk, product: Product): void {
  const title = titleOf(product.title, walk);
  open(walk, { path: `/products/${product.handle}`, title, type: "product" });
  reach(walk, "product_viewed");
  const shown = shelf(walk).product(product.id) ?? product; // its price may have changed on the way
  const variant = shown.variants.find(isAvailable) ?? shown.variants[0];
  write(walk, "product_viewed", { productVariant: variantData(walk.shop, shown, variant) });
  lookClosely(walk, product);
}

/** A product that the page before leads to: what is bought with it, or another one of its kind. */
export function similarTo(walk: Walk, product: Product): Product | null {
  const { luck, person } = walk;
  if (luck.happens(0.35)) {
    const companions = companionsOf(product, shelf(walk));
    return companions[luck.between(0, companions.length - 1)] ?? null;
  }
  const pile =
    shelf(walk).types.find(([type]) => type === product.type)?.[1] ?? pileOf([], walk.at);
  return bestOf(person.taste, shelf(walk), [takeFrom(pile, luck), takeFrom(pile, luck)]);
}

/** A variant that can be bought; null when the product is sold out. */
export function pickVariant({ luck }: Walk, product: Product): Variant | null {
  const available = product.variants.filter(isAvailable);
  return available[luck.between(0, available.length - 1)] ?? null;
}
