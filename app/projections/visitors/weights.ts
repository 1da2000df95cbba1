import { MINUTE } from "~/platform/time";

/** What a visitor had to do with a product. */
export type Contact = {
  viewCount: number;
  /** Milliseconds on its page. */
  dwellMs: number;
  addedQuantity: number;
  removedQuantity: number;
  /** Bought and not given back. */
  purchasedQuantity: number;
};

/** What the first of its kind says of a liking, as against a purchase. Where to start from, not
 * fitted to a shop: purchases, carts and views are each rarer by about as much. */
const SAYS = { purchase: 1, cart: 0.3, view: 0.05, minuteOnPage: 0.05 };

/** How much a visitor likes a product, from 0 for no sign of it. Each further sign of a kind says less:
 * the second view adds 0.58 of the first, the tenth 0.14 (log2(1 + n)). What was put into the cart
 * and taken out again counts as looked at, no more. Age is left to the reader, who has `last_at`. */
export const weightOf = (contact: Contact): number =>
  SAYS.purchase * lessAndLess(contact.purchasedQuantity) +
  SAYS.cart * lessAndLess(contact.addedQuantity - contact.removedQuantity) +
  SAYS.view * lessAndLess(contact.viewCount) +
  SAYS.minuteOnPage * lessAndLess(contact.dwellMs / MINUTE);

const lessAndLess = (count: number): number => Math.log2(1 + Math.max(0, count));
