import { randomUUID } from "node:crypto";
import type { Catalog, Product, Variant } from "../catalog/products";

export type Line = { product: Product; variant: Variant; quantity: number };
export type Cart = { token: string; lines: Line[] };

/** The carts of a shop, by their token; gone when the stand-in stops. */
export type Carts = Map<string, Cart>;

/** @param token the shopper's cart cookie; without a cart of that token there is a new one */
export function cartOf(carts: Carts, token: string | undefined): Cart {
  const found = token === undefined ? undefined : carts.get(token);
  const cart = found ?? { token: randomUUID().replaceAll("-", ""), lines: [] };
  carts.set(cart.token, cart);
  return cart;
}

/** Changes how many of a variant are in the cart; none removes the line.
 * @returns the line with the number that was added or removed; undefined for an unknown variant */
export function changeQuantity(
  cart: Cart,
  catalog: Catalog,
  variantId: number,
  change: (before: number) => number,
): { line: Line; difference: number } | undefined {
  const found = cart.lines.find(({ variant }) => variant.id === variantId);
  const line = found ?? newLine(catalog, variantId);
  if (!line) return undefined;
  const before = line.quantity;
  line.quantity = Math.max(0, change(before));
  cart.lines = cart.lines.filter((other) => other !== line || line.quantity > 0);
  if (!found && line.quantity > 0) cart.lines.push(line);
  return { line, difference: line.quantity - before };
}

function newLine({ products }: Catalog, variantId: number): Line | undefined {
  for (const product of products)
    for (const variant of product.variants)
      if (variant.id === variantId) return { product, variant, quantity: 0 };
  return undefined;
}

export const totalMinor = (lines: readonly Line[]): number =>
  lines.reduce((sum, { variant, quantity }) => sum + variant.priceMinor * quantity, 0);

export const itemCount = (lines: readonly Line[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);
