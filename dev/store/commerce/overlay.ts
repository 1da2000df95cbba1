import type { Catalog, Product, Variant } from "../catalog/model";
import type { CommerceState } from "./state";

/** The calendar's catalogue with what was done to it here laid over it. */
export function overlay(catalog: Catalog, state: CommerceState): Catalog {
  const deleted = new Set(state.deleted);
  const added = state.added.map(({ product }) => product);
  const products = [...catalog.products, ...added]
    .filter(({ id }) => !deleted.has(id))
    .map((product) => (state.touched[product.id] ? changed(product, state) : product));
  const collections = catalog.collections.map((collection) => {
    const joined = state.added
      .filter(({ collectionIds }) => collectionIds.includes(collection.id))
      .map(({ product }) => product.id);
    const productIds = [...collection.productIds, ...joined].filter((id) => !deleted.has(id));
    return { ...collection, productIds };
  });
  return { products, collections };
}

function changed(product: Product, state: CommerceState): Product {
  const { id, createdAt, publishedAt, updatedAt, variants, status } = product;
  const touchedAt = state.touched[id] ?? updatedAt;
  const [first, ...others] = variants;
  const known = (variant: Variant) => changedVariant(variant, state);
  const now = state.statuses[id] ?? status;
  const isShown = now === "ACTIVE" || now === "UNLISTED";
  return {
    ...product,
    status: now,
    publishedAt: isShown ? (publishedAt ?? createdAt) : null,
    updatedAt: touchedAt > updatedAt ? touchedAt : updatedAt,
    variants: [known(first), ...others.map(known)],
  };
}

const changedVariant = (variant: Variant, { prices, inventory }: CommerceState): Variant => ({
  ...variant,
  ...prices[variant.id],
  inventoryQuantity: quantityOf(variant, inventory[variant.id] ?? 0),
});

/** Only what is sold on without stock falls below zero. */
function quantityOf({ inventoryQuantity, inventoryPolicy }: Variant, more: number): number {
  const quantity = inventoryQuantity + more;
  return inventoryPolicy === "DENY" ? Math.max(0, quantity) : quantity;
}
