import { exported, resold } from "./duplicates";
import { generate } from "./generate";
import { HARBOUR_TEA } from "./harbour-tea";
import { OUTDOOR } from "./kinds-outdoor";
import { TEA } from "./kinds-tea";
import { toHandle, toProduct, type Listing } from "./listing";
import type { Collection, Product, ProductStatus } from "./model";
import { NORTHWIND_OUTDOOR } from "./northwind-outdoor";

/** All that a shop ever lists, before time does anything to it. */
export type Assortment = { products: Product[]; collections: Collection[] };
/** One real product, and the listings that sell it. */
export type DuplicateGroup = {
  groupId: string;
  listings: { shop: string; productId: number }[];
};

export const NORTHWIND = "northwind-outdoor.myshopify.com";
export const HARBOUR = "harbour-tea.myshopify.com";

/** The hand-written ones come on top. */
const GENERATED = { [NORTHWIND]: 456, [HARBOUR]: 96 };
const RESOLD_GROUPS = 40;
const EXPORTED_TYPES = ["Bottles", "Mugs", "Cookware"];
const EXPORTED = 25;
/** Of a hundred products, these are not for sale to everybody. */
const HIDDEN: Record<number, ProductStatus> = { 31: "DRAFT", 57: "ARCHIVED", 83: "UNLISTED" };

type Source = { listing: Listing; group: string };

const outdoor: Source[] = listed(
  NORTHWIND,
  NORTHWIND_OUTDOOR,
  generate(OUTDOOR, GENERATED[NORTHWIND]),
);
const copies = outdoor
  .slice(NORTHWIND_OUTDOOR.length)
  .filter((_, i) => i % 10 === 4)
  .slice(0, RESOLD_GROUPS)
  .flatMap(({ listing, group }, i) =>
    Array.from({ length: i % 3 === 0 ? 2 : 1 }, (_, copy) => ({
      listing: resold(listing, i + copy),
      group,
    })),
  );
const abroad = outdoor
  .filter(({ listing }) => EXPORTED_TYPES.includes(listing.type))
  .slice(0, EXPORTED)
  .map(({ listing, group }) => ({ listing: exported(listing), group }));
const tea = listed(HARBOUR, HARBOUR_TEA, generate(TEA, GENERATED[HARBOUR]));

const SOURCES: Record<string, { firstId: number; sources: Source[] }> = {
  [NORTHWIND]: { firstId: 810_000_000_000, sources: [...outdoor, ...copies] },
  [HARBOUR]: { firstId: 820_000_000_000, sources: [...tea, ...abroad] },
};

function listed(
  shop: string,
  written: readonly Listing[],
  generated: readonly Listing[],
): Source[] {
  return [...written, ...generated].map((listing, i) => ({ listing, group: `${shop} ${i}` }));
}

const assortments = new Map<string, Assortment>();

/** @throws {Error} for a domain that is not one of the stand-in's shops */
export function assortmentOf(shop: string): Assortment {
  const known = assortments.get(shop);
  if (known) return known;
  const source = SOURCES[shop];
  if (!source) throw new Error(`no shop "${shop}" here, only ${Object.keys(SOURCES).join(", ")}`);
  const made = arrange(source.firstId, source.sources);
  assortments.set(shop, made);
  return made;
}

/** Which listings are one product, in a shop and across both: what matching is measured against. */
export function duplicateGroups(): DuplicateGroup[] {
  const groups = new Map<string, DuplicateGroup>();
  for (const [shop, { firstId, sources }] of Object.entries(SOURCES))
    for (const [i, { group }] of sources.entries()) {
      const known = groups.get(group) ?? { groupId: group, listings: [] };
      known.listings.push({ shop, productId: idAt(firstId, i) });
      groups.set(group, known);
    }
  return [...groups.values()].filter(({ listings }) => listings.length > 1);
}

/** As many products as wanted of a shop's kind, for a larger shop than the two that there are. */
export function generateProducts(shop: string, count: number): Product[] {
  const range = shop === HARBOUR ? TEA : OUTDOOR;
  return distinct(
    generate(range, count).map((listing, i) => toProduct(idAt(range.firstId * 10, i), listing)),
  );
}

const idAt = (firstId: number, index: number): number => firstId + index * 100;

function arrange(firstId: number, sources: readonly Source[]): Assortment {
  const products = distinct(
    sources.map(({ listing }, i) => withStatus(toProduct(idAt(firstId, i), listing), i)),
  );
  const titles = [...new Set(sources.flatMap(({ listing }) => listing.collections))];
  const collections = titles.map((title, i) => ({
    id: firstId + 50_000_000 + i,
    handle: toHandle(title),
    title,
    description: `${title}, chosen by the people who use it.`,
    updatedAt: products[0]?.updatedAt ?? "",
    productIds: products
      .filter((_, at) => sources[at]?.listing.collections.includes(title))
      .map(({ id }) => id),
  }));
  return { products, collections };
}

const withStatus = (product: Product, index: number): Product => {
  const status = HIDDEN[index % 100];
  if (!status) return product;
  return { ...product, status, publishedAt: status === "UNLISTED" ? product.publishedAt : null };
};

/** A handle that is taken gets a number, as at Shopify. */
function distinct(products: readonly Product[]): Product[] {
  const taken = new Map<string, number>();
  return products.map((product) => {
    const times = taken.get(product.handle) ?? 0;
    taken.set(product.handle, times + 1);
    return times === 0 ? product : { ...product, handle: `${product.handle}-${times}` };
  });
}
