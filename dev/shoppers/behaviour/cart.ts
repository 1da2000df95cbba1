import type { Product, Variant } from "../../store/catalog/model";
import { cartData, lineData, sellable } from "../diary";
import type { CartLine } from "../person";
import { companionsOf } from "../companions";
import { open, pause, reach, shelf, write } from "../walk";
import type { Walk } from "../walking";
import { pickVariant, seeProduct } from "./look";
import { press } from "./press";

/** Puts a product into the cart.
 * @returns false when it is sold out */
export function add(walk: Walk, product: Product, quantity = 1): boolean {
  const variant = pickVariant(walk, product);
  if (!variant) return false;
  pause(walk, 8);
  const { lines } = walk.browser.cart;
  const known = lines.find(({ variantId }) => variantId === variant.id);
  const added = Math.min(quantity, roomFor(variant, known));
  if (added < 1) return false;
  if (known) known.quantity += added;
  else lines.push({ productId: product.id, variantId: variant.id, quantity: added });
  press(walk, "cart", { productId: product.id });
  reach(walk, "added_to_cart");
  const cartLine = lineData(walk.shop, { product, variant, quantity: added });
  write(walk, "product_added_to_cart", { cartLine });
  return true;
}

/** How many more of a variant the shop would sell. */
function roomFor(
  { tracked, inventoryPolicy, inventoryQuantity }: Variant,
  known?: CartLine,
): number {
  const isLimited = tracked && inventoryPolicy === "DENY";
  return isLimited ? inventoryQuantity - (known?.quantity ?? 0) : Infinity;
}

/** Adds what is bought together with a product: some companions, each after a look at it. */
export function addCompanions(walk: Walk, product: Product): void {
  const { luck, person } = walk;
  for (const companion of companionsOf(product, shelf(walk)))
    if (luck.happens(0.2 * person.patience)) {
      seeProduct(walk, companion);
      if (luck.happens(0.75)) add(walk, companion);
    }
}

export function seeCart(walk: Walk): void {
  open(walk, { path: "/cart", title: null, type: "cart" });
  write(walk, "cart_viewed", cartData(walk.shop, walk.browser.cart, shelf(walk)));
}

/** Has second thoughts on the cart's page: one more, one fewer, or out with it. */
export function editCart(walk: Walk): void {
  const { luck, browser } = walk;
  const line = browser.cart.lines[luck.between(0, browser.cart.lines.length - 1)];
  const [sold] = line ? sellable(shelf(walk), [line]) : [];
  if (!line || !sold) return;
  pause(walk, 10);
  if (luck.happens(0.25) && roomFor(sold.variant, line) >= 1) {
    line.quantity += 1;
    const cartLine = lineData(walk.shop, { ...sold, quantity: 1 });
    write(walk, "product_added_to_cart", { cartLine });
    return;
  }
  const removed = luck.happens(0.4) ? 1 : line.quantity;
  line.quantity -= removed;
  browser.cart.lines = browser.cart.lines.filter(({ quantity }) => quantity > 0);
  const cartLine = lineData(walk.shop, { ...sold, quantity: removed });
  write(walk, "product_removed_from_cart", { cartLine });
}
