import { randomUUID } from "node:crypto";
import { isAvailable, type Catalog, type Product, type Variant } from "../catalog/model";
import type { Property } from "../commerce/model";

/** What a shopper put in: the same variant with other properties is another line. */
export type CartLine = { variantId: number; quantity: number; properties: Property[] };
export type Cart = {
  token: string;
  lines: CartLine[];
  note: string | null;
  attributes: Record<string, string>;
};
/** A line with what the catalogue says of it now. */
export type Line = CartLine & { key: string; product: Product; variant: Variant };

/** The carts of a shop, by their token; gone when the stand-in stops. */
export type Carts = Map<string, Cart>;

/** Why the Ajax API does not add something: `description` is for the shopper. dev:api/ajax/reference/cart */
export class CartError extends Error {
  readonly status = 422;
}

const newToken = () => randomUUID().replaceAll("-", "");

/** @param token the shopper's cart cookie; without a cart of that token there is a new one */
export function cartOf(carts: Carts, token: string | undefined): Cart {
  const found = token === undefined ? undefined : carts.get(token);
  const cart = found ?? { token: newToken(), lines: [], note: null, attributes: {} };
  carts.set(cart.token, cart);
  return cart;
}

/** The cart's lines that the shop still sells. */
export const linesOf = (catalog: Catalog, { lines }: Pick<Cart, "lines">): Line[] =>
  lines.flatMap((line) => {
    const found = findVariant(catalog, line.variantId);
    return found ? [{ ...line, ...found, key: keyOf(line) }] : [];
  });

export function findVariant(catalog: Catalog, variantId: number) {
  for (const product of catalog.products)
    for (const variant of product.variants)
      if (variant.id === variantId && product.publishedAt !== null) return { product, variant };
  return undefined;
}

export const keyOf = ({ variantId, properties }: Omit<CartLine, "quantity">): string =>
  [variantId, ...properties.map(({ name, value }) => `${name}=${value}`)].join(":");

/** Puts more of a variant into the cart.
 * @throws {CartError} the variant is unknown, or there are not so many: nothing changes */
export function addLine(catalog: Catalog, cart: Cart, wanted: CartLine): Line {
  const found = findVariant(catalog, wanted.variantId);
  if (!found) throw new CartError("Cannot find variant");
  const key = keyOf(wanted);
  const known = cart.lines.find((line) => keyOf(line) === key);
  const quantity = (known?.quantity ?? 0) + wanted.quantity;
  requireStock(found, quantity);
  if (known) known.quantity = quantity;
  else cart.lines.push({ ...wanted });
  return { ...wanted, ...found, quantity, key };
}

/** Sets how many of a line are in the cart; none removes it.
 * @param id a line's key, or a variant's id, which means its first line
 * @returns the line, and by how many it has changed; undefined where there is no such line */
export function changeLine(
  catalog: Catalog,
  cart: Cart,
  id: string,
  quantity: number,
): { line: Line; difference: number } | undefined {
  const line = cart.lines.find((each) => keyOf(each) === id || String(each.variantId) === id);
  const found = line && findVariant(catalog, line.variantId);
  if (!line || !found) return undefined;
  if (quantity > line.quantity) requireStock(found, quantity);
  const difference = quantity - line.quantity;
  line.quantity = quantity;
  cart.lines = cart.lines.filter((each) => each.quantity > 0);
  return { line: { ...line, ...found, key: keyOf(line) }, difference };
}

function requireStock({ product, variant }: Pick<Line, "product" | "variant">, quantity: number) {
  if (!isAvailable(variant))
    throw new CartError(`The product '${product.title}' is already sold out.`);
  const { tracked, inventoryPolicy, inventoryQuantity } = variant;
  if (tracked && inventoryPolicy === "DENY" && quantity > inventoryQuantity)
    throw new CartError(`You can only add ${inventoryQuantity} ${product.title} to the cart.`);
}

export const totalMinor = (lines: readonly Line[]): number =>
  lines.reduce((sum, { variant, quantity }) => sum + variant.priceMinor * quantity, 0);

export const itemCount = (lines: readonly { quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);
