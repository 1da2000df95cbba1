import type { Catalog, Collection, Product, Variant } from "../catalog/model";

/** Which product a variant is of, and which collections a product is in, without searching. */
export type CatalogIndex = {
  products: ReadonlyMap<number, Product>;
  productOf: ReadonlyMap<Variant, Product>;
  variants: ReadonlyMap<number, Variant>;
  /** By the inventory item's id. */
  stock: ReadonlyMap<number, Variant>;
  collections: ReadonlyMap<number, Collection>;
  collectionsOf: (productId: number) => readonly Collection[];
};

const known = new WeakMap<Catalog, CatalogIndex>();

/** The index of a catalogue as it is at one moment. */
export function indexOf(catalog: Catalog): CatalogIndex {
  const found = known.get(catalog);
  if (found) return found;
  const made = build(catalog);
  known.set(catalog, made);
  return made;
}

function build({ products, collections }: Catalog): CatalogIndex {
  const pairs = products.flatMap((product) =>
    product.variants.map((variant) => ({ product, variant })),
  );
  const collectionsOf = new Map<number, Collection[]>();
  for (const collection of collections)
    for (const id of collection.productIds) {
      const those = collectionsOf.get(id);
      if (those) those.push(collection);
      else collectionsOf.set(id, [collection]);
    }
  return {
    products: new Map(products.map((product) => [product.id, product])),
    productOf: new Map(pairs.map(({ product, variant }) => [variant, product])),
    variants: new Map(pairs.map(({ variant }) => [variant.id, variant])),
    stock: new Map(pairs.map(({ variant }) => [variant.inventoryItemId, variant])),
    collections: new Map(collections.map((collection) => [collection.id, collection])),
    collectionsOf: (productId) => collectionsOf.get(productId) ?? [],
  };
}
