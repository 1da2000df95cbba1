import { chance } from "../chance";
import type { Product } from "../store/catalog/model";
import { birthrightOf, type Shelf } from "./shelf";

/** The product types that go with one. */
const COMPLEMENTS: Record<string, readonly string[]> = {
  Tents: ["Sleeping mats", "Lighting"],
  "Sleeping bags": ["Sleeping mats", "Base layers"],
  "Sleeping mats": ["Sleeping bags", "Camp furniture"],
  Backpacks: ["Bottles", "Trekking poles"],
  Footwear: ["Trekking poles", "Base layers"],
  Jackets: ["Base layers", "Backpacks"],
  "Base layers": ["Jackets", "Footwear"],
  Stoves: ["Cookware", "Mugs"],
  Cookware: ["Stoves", "Mugs"],
  Bottles: ["Backpacks", "Mugs"],
  Mugs: ["Cookware", "Bottles"],
  Lighting: ["Tents", "Camp furniture"],
  "Trekking poles": ["Footwear", "Backpacks"],
  "Camp furniture": ["Lighting", "Cookware"],
  Navigation: ["Backpacks", "Lighting"],
  "Black tea": ["Teaware", "Cups"],
  Oolong: ["Teaware", "Tools"],
  "Green tea": ["Tools", "Cups"],
  Herbal: ["Cups", "Black tea"],
  Teaware: ["Cups", "Oolong"],
  Cups: ["Teaware", "Black tea"],
  Tools: ["Green tea", "Teaware"],
};

/** The product types of a shop that go with one: from the table, else two that chance once chose. */
export function complementsOf(type: string, types: readonly string[]): string[] {
  const listed = (COMPLEMENTS[type] ?? []).filter((name) => types.includes(name));
  if (listed.length > 0) return listed;
  const others = types.filter((name) => name !== type);
  const luck = chance(`complements ${type}`);
  return [0, 1].flatMap(() => others.splice(luck.between(0, others.length - 1), 1));
}

const remembered = new WeakMap<Shelf, Map<number, Product[]>>();
const PER_TYPE = 2;

/** What is bought together with a product: two of each type that goes with it, the popular ones
 * likelier, and the same ones for every shopper as long as the shop has them. */
export function companionsOf(product: Product, shelf: Shelf): Product[] {
  const known = remembered.get(shelf) ?? new Map<number, Product[]>();
  remembered.set(shelf, known);
  const companions = known.get(product.id) ?? findCompanions(product, shelf);
  known.set(product.id, companions);
  return companions;
}

function findCompanions(product: Product, { types }: Shelf): Product[] {
  const names = types.map(([type]) => type);
  return complementsOf(product.type, names).flatMap((type) => {
    const candidates = types.find(([name]) => name === type)?.[1].products ?? [];
    return candidates
      .map((candidate) => ({ candidate, rank: affinity(product, candidate) }))
      .toSorted((one, other) => other.rank - one.rank || one.candidate.id - other.candidate.id)
      .slice(0, PER_TYPE)
      .map(({ candidate }) => candidate);
  });
}

/** Weighted rendezvous hashing: another product's coming or going leaves the others' order as it is. */
const affinity = (one: Product, other: Product): number =>
  chance(`${one.id} with ${other.id}`).next() ** (1 / birthrightOf(other.id));
