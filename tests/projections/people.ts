import fc from "fast-check";
import type { LogEvent } from "~/events/sift";
import { verifiedRow } from "~/events/verified";
import { logEvent, minutes, NOON } from "../factories";

/** What two or three customers and some strangers did on shared browsers, as the log takes it. */
export const CLIENTS = ["kitchen", "library", "phone"] as const;
export const CUSTOMERS = ["1", "2", "3"] as const;
/** Each order comes of the checkout in the same place. */
const [TOKENS, ORDERS] = [["t1", "t2", "t3"] as const, ["91", "92", "93"] as const];

const amount = (amountMinor: number) => ({ amountMinor, currencyCode: "EUR" });
const variant = (id: string) => ({
  ...{ id: `${id}0`, price: amount(900) },
  product: { id, type: "Tea", vendor: id === "7" ? "Harbour" : null },
});
const cart = (id: string) => ({
  cartLine: { merchandise: variant(id), quantity: 2, cost: { totalAmount: amount(1_800) } },
});
const checkout = (place: number, orderId: string | null) => ({
  checkout: {
    ...{ token: TOKENS[place], currencyCode: "EUR", totalPrice: amount(1_800) },
    ...{ order: orderId && { id: orderId }, lineItems: [{ quantity: 2 }] },
  },
});
const CLICK = { element: "a", relativeX: 0, relativeY: 1, viewportWidth: 800, clickCount: 3 };

type Doing = { at: number; place: number; productId: string; tellsOrder: boolean };

/** Events by name, each with its fields. */
const KINDS: Record<string, (doing: Doing) => object> = {
  page_viewed: () => ({}),
  product_viewed: ({ productId }) => ({ productVariant: variant(productId) }),
  search_submitted: ({ productId }) => ({
    searchResult: { query: "tea", productIds: [productId] },
  }),
  product_added_to_cart: ({ productId }) => cart(productId),
  product_removed_from_cart: ({ productId }) => cart(productId),
  checkout_started: ({ place }) => checkout(place, null),
  checkout_contact_info_submitted: ({ place }) => checkout(place, null),
  checkout_completed: ({ place, tellsOrder }) =>
    checkout(place, tellsOrder ? (ORDERS[place] ?? null) : null),
  "pixelnova:page_engaged": ({ at }) => ({ visibleMs: at * 100, scrollPercent: 50 }),
  "pixelnova:rage_clicked": () => CLICK,
  "pixelnova:wishlist_added": ({ productId }) => ({ productId }),
};

const doing = fc.record({
  name: fc.constantFrom(...Object.keys(KINDS)),
  clientId: fc.constantFrom(...CLIENTS),
  customerId: fc.option(fc.constantFrom(...CUSTOMERS), { freq: 2 }),
  at: fc.nat({ max: 400 }),
  place: fc.nat({ max: 2 }),
  productId: fc.constantFrom("7", "8"),
  tellsOrder: fc.boolean(),
});

const browsing = fc.array(doing, { minLength: 4, maxLength: 24 }).map((all) =>
  all.map(({ name, clientId, customerId, ...about }, index) =>
    logEvent({
      ...{ eventId: `e${String(index).padStart(2, "0")}`, name, clientId, customerId },
      occurredAt: minutes(about.at),
      payload: {
        ...{ context: { path: `/products/${about.productId}`, title: null }, consent: null },
        data: KINDS[name]?.(about),
      },
    }),
  ),
);

/** An order's life: its states, told in turn, with a refund in the last of them or by itself. */
const sale = fc.record({
  customerId: fc.option(fc.constantFrom(...CUSTOMERS), { freq: 6 }),
  /** The first state may not name the customer yet. */
  isNamedLate: fc.boolean(),
  states: fc.integer({ min: 1, max: 3 }),
  refund: fc.constantFrom("none", "told", "alone"),
  at: fc.nat({ max: 400 }),
});
type Sale = typeof sale extends fc.Arbitrary<infer T> ? T : never;

function entriesOf({ customerId, isNamedLate, states, refund, at }: Sale, place: number) {
  const id = ORDERS[place] ?? "";
  const line = { id: "6", productId: "7", vendor: "Harbour", quantity: 2, price: amount(900) };
  const given = { lineItemId: "6", quantity: 1, subtotal: amount(900) };
  const back = { id: `5${id}`, createdAt: minutes(at + 60), totalRefunded: amount(900) };
  const refunds = [{ ...back, lineItems: [given] }];
  const told = Array.from({ length: states }, (_, index) => {
    const updatedAt = minutes(at + index * 40);
    const owner = isNamedLate && index === 0 ? null : customerId;
    return verified(`order-${id}-${index}`, "orders/updated", {
      ...{ at: updatedAt, customerId: owner, orderId: id },
      data: {
        ...{ id, createdAt: minutes(at), updatedAt, checkoutToken: TOKENS[place] },
        ...{ customerId: owner, currencyCode: "EUR", test: false, hasDiscountCode: false },
        ...{ totalPrice: amount(1_800), subtotalPrice: amount(1_800), totalDiscounts: amount(0) },
        ...{ totalTax: amount(0), totalShippingPrice: amount(0) },
        lineItems: [{ ...line, totalDiscount: amount(0) }],
        refunds: refund === "told" && index === states - 1 ? refunds : [],
      },
    });
  });
  const about = { at: minutes(at + 60), customerId: null, orderId: id };
  const alone = { ...refunds[0], orderId: id, currencyCode: "EUR" };
  return refund === "alone"
    ? [...told, verified(`refund-${id}`, "refunds/create", { ...about, data: alone })]
    : told;
}

type About = { at: Date; customerId: string | null; orderId: string | null; data: object };

const verified = (eventId: string, name: string, { at, ...about }: About) =>
  verifiedRow({ eventId, name, source: "webhook", occurredAt: at, receivedAt: at, ...about });

const account = (id: string) =>
  verified(`customer-${id}`, "customers/update", {
    ...{ at: NOON, customerId: id, orderId: null },
    data: { id, updatedAt: NOON, state: "enabled" },
  });

/** A random log: browsing, orders as webhooks tell of them, accounts. */
export const plans: fc.Arbitrary<LogEvent[]> = fc
  .record({
    browsing,
    sales: fc.array(sale, { maxLength: ORDERS.length }),
    accounts: fc.subarray([...CUSTOMERS]),
  })
  .map(({ browsing, sales, accounts }) => [
    ...browsing,
    ...sales.flatMap(entriesOf),
    ...accounts.map(account),
  ]);

type Told = { checkoutToken?: string; checkout?: { token: string; order: { id: string } | null } };
const dataOf = ({ payload }: LogEvent) => (JSON.parse(payload) as { data: Told }).data;
const orderOf = (event: LogEvent) => event.orderId ?? dataOf(event).checkout?.order?.id ?? "";

/** The events of a log that are a customer's, as docs/privacy.md has it: what names them or an order of
 * theirs, and the nameless ones of every browser where they were known, or where an order of theirs
 * came of a checkout. */
export function belongings(plan: readonly LogEvent[], customerId: string): Set<LogEvent> {
  const named = plan.filter((event) => event.customerId === customerId);
  const orders = new Set(named.map(orderOf).filter(Boolean));
  const ofOrders = plan.filter((event) => orders.has(orderOf(event)));
  const tokens = new Set(ofOrders.flatMap((event) => dataOf(event).checkoutToken ?? []));
  const bought = plan.filter((event) => tokens.has(dataOf(event).checkout?.token ?? ""));
  const clients = new Set([...named, ...ofOrders, ...bought].map(({ clientId }) => clientId));
  clients.delete(null);
  const nameless = plan.filter((event) => event.customerId === null && clients.has(event.clientId));
  return new Set([...named, ...ofOrders, ...nameless]);
}
