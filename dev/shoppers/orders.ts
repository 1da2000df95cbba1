import type { Chance } from "../chance";
import { isAvailable } from "../store/catalog/model";
import { discountsOf } from "../store/commerce/discounts";
import type { Order } from "../store/commerce/model";
import { buildOrder } from "../store/commerce/orders";
import { sellable } from "./diary";
import type { Ids } from "./ids";
import type { Walk } from "./walking";
import { iso } from "./calendar";

const SHIPPING_MINOR = 590;
const FREE_FROM_MINOR = 9_000;

/** What a cart would be as an order, with no id of its own yet.
 * @param at the moment whose prices and stock count, in milliseconds since 1970
 * @returns null when the shop cannot sell everything that is in the cart */
export function draftOrder(walk: Walk, at: number, code: string | null): Order | null {
  const { shop, browser, visit, person } = walk;
  const { cart } = browser;
  const shelf = walk.shelfAt(at);
  const lines = sellable(shelf, cart.lines);
  if (lines.length < cart.lines.length || !lines.every(({ variant }) => isAvailable(variant)))
    return null;
  const total = lines.reduce(
    (sum, { variant, quantity }) => sum + variant.priceMinor * quantity,
    0,
  );
  const order = buildOrder({
    shop,
    catalog: shelf.catalog,
    discounts: discountsOf(shop.domain),
    at: iso(at),
    ids: { order: 0, number: 0, token: "", line: () => 0 },
    purchase: {
      ...{ checkoutToken: cart.checkoutToken, cartToken: cart.token, lines: cart.lines },
      ...{ customerId: null, discountCode: code },
      shippingMinor: total >= FREE_FROM_MINOR ? 0 : SHIPPING_MINOR,
      landingSite: visit.pages[0]?.path ?? null,
      referringSite: visit.source.referrer,
      userAgent: browser.device.userAgent,
    },
  });
  return { ...order, countryCode: person.country };
}

type Stamp = { customerId: number; at: number; number: number };

/** Makes an order of a draft, at the moment when it is paid. */
export function stampOrder(draft: Order, stamp: Stamp, ids: Ids, luck: Chance): Order {
  const { customerId, at, number } = stamp;
  return {
    ...draft,
    ...{ id: ids.number("order"), number, name: `#${number}`, token: ids.token(luck), customerId },
    ...{ createdAt: iso(at), updatedAt: iso(at) },
    lines: draft.lines.map((line) => ({ ...line, id: ids.number("orderLine") })),
  };
}
