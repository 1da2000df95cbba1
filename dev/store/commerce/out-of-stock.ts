import type { Product, Variant } from "../catalog/model";

/** A shop cannot sell as many as somebody wants. */
export class OutOfStock extends Error {
  constructor(
    readonly product: Product,
    readonly variant: Variant,
    readonly wanted: number,
  ) {
    const left = Math.max(0, variant.inventoryQuantity);
    super(`${product.title} (${variant.title}): ${wanted} wanted, ${left} left`);
  }
}
