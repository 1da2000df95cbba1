import { chance, type Chance } from "../chance";
import { isListed, type Catalog, type Collection, type Product } from "../store/catalog/model";
import { catalogAt } from "../store/catalog/timeline";
import { DAY } from "./calendar";

/** Products from which one is taken as often as it is popular. */
export type Pile = { products: readonly Product[]; upTo: readonly number[] };

/** What a shopper finds in the shop at a moment, as the simulator looks at it. */
export type Shelf = {
  catalog: Catalog;
  all: Pile;
  /** The commonest first. */
  types: readonly [string, Pile][];
  collections: readonly { collection: Collection; pile: Pile }[];
  product: (id: number) => Product | undefined;
  /** Place of a product's price among those of its type: 0 for the cheapest, 1 for the dearest. */
  band: (product: Product) => number;
  /** What the shop's search finds: every word of the query in title, type, vendor or tags. */
  search: (query: string) => readonly Product[];
};

const KEPT_SHELVES = 20;
const NEWS = 14 * DAY;
/** New arrivals, and reduced products, are noticed this many times as much. */
const NEWS_RUSH = 4;
const SALE_RUSH = 1.6;

/** A shop's shelf at any moment; the same one as long as its catalogue does not change, and for a day
 * at most. */
export function openShelves(domain: string): (at: number) => Shelf {
  const known = new Map<Catalog, Shelf & { day: number }>();
  return (at) => {
    const catalog = catalogAt(domain, new Date(at));
    const day = Math.floor(at / DAY);
    const found = known.get(catalog);
    if (found?.day === day) return found;
    if (known.size > KEPT_SHELVES) known.clear();
    const arranged = { ...arrange(catalog, day * DAY), day };
    known.set(catalog, arranged);
    return arranged;
  };
}

function arrange(catalog: Catalog, at: number): Shelf {
  const products = catalog.products.filter(isListed);
  const byId = new Map(products.map((product) => [product.id, product]));
  const types = groupByType(products);
  const bands = new Map(types.flatMap(([, members]) => bandsOf(members)));
  const found = new Map<string, readonly Product[]>();
  return {
    catalog,
    all: pileOf(products, at),
    types: types.map(([type, members]) => [type, pileOf(members, at)]),
    collections: catalog.collections
      .map((collection) => ({ collection, pile: pileOf(membersOf(collection, byId), at) }))
      .filter(({ pile }) => pile.products.length > 0),
    product: (id) => byId.get(id),
    band: ({ id }) => bands.get(id) ?? 0.5,
    search: (query) => {
      const words = wordsOf(query);
      const has = (product: Product) => words.every((word) => textOf(product).includes(word));
      const hits = found.get(query) ?? products.filter(has);
      found.set(query, hits);
      return hits;
    },
  };
}

/** One product; null from an empty pile. */
export function takeFrom({ products, upTo }: Pile, luck: Chance): Product | null {
  const wanted = luck.next() * (upTo.at(-1) ?? 0);
  let low = 0;
  let high = products.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return products[low] ?? null;
}

export function pileOf(products: readonly Product[], at: number): Pile {
  let total = 0;
  return { products, upTo: products.map((product) => (total += popularity(product, at))) };
}

const birthright = new Map<number, number>();

/** What a product's popularity is without news and sales: few draw most of the attention, by a Pareto
 * distribution in which each product has its own place for ever. */
export function birthrightOf(id: number): number {
  const own = birthright.get(id) ?? Math.max(chance(`popularity ${id}`).next(), 0.002) ** -0.75;
  birthright.set(id, own);
  return own;
}

function popularity({ id, publishedAt, variants: [first] }: Product, at: number): number {
  const age = at - Date.parse(publishedAt ?? "");
  const news = age >= 0 && age < NEWS ? NEWS_RUSH : 1;
  return birthrightOf(id) * news * (first.compareAtMinor === null ? 1 : SALE_RUSH);
}

function groupByType(products: readonly Product[]): [string, Product[]][] {
  const groups = new Map<string, Product[]>();
  for (const product of products)
    groups.set(product.type, [...(groups.get(product.type) ?? []), product]);
  return [...groups].toSorted(
    ([one, { length }], [other, { length: than }]) => than - length || (one < other ? -1 : 1),
  );
}

function bandsOf(members: readonly Product[]): [number, number][] {
  const byPrice = members.toSorted(
    (one, other) => one.variants[0].priceMinor - other.variants[0].priceMinor || one.id - other.id,
  );
  return byPrice.map(({ id }, i) => [id, byPrice.length > 1 ? i / (byPrice.length - 1) : 0.5]);
}

const membersOf = ({ productIds }: Collection, byId: ReadonlyMap<number, Product>) =>
  productIds.map((id) => byId.get(id)).filter((product) => product !== undefined);

const texts = new WeakMap<Product, string>();

function textOf(product: Product): string {
  const { title, type, vendor, tags } = product;
  const text = texts.get(product) ?? [title, type, vendor, ...tags].join(" ").toLowerCase();
  texts.set(product, text);
  return text;
}

const wordsOf = (query: string) => query.toLowerCase().split(" ").filter(Boolean);
