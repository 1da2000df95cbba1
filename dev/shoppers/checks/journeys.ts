import type { Order } from "../../store/commerce/model";
import { currentQuantity, refundedMinor } from "../../store/commerce/orders";
import type { Visit, VisitEvent } from "../model";

/** What happened and what of it the app was told: all verified orders, and some of the events. */
export type Told = {
  visits: readonly Visit[];
  orders: readonly Order[];
  isTold: (event: VisitEvent) => boolean;
};

/** Who it really was that was seen in a session, and whom the app can take it for. */
export type TrueSession = {
  clientId: string;
  /** The id of its first event. */
  id: string;
  persons: ReadonlySet<string>;
  events: readonly VisitEvent[];
  /** Who was signed in, or bought. */
  customerId: string | null;
  visitorId: string;
};

type Seen = { event: VisitEvent; at: number; visit: Visit };

/** By the definition of a session: half an hour without activity ends it. */
const SILENCE_MS = 30 * 60_000;

/** The sessions of people, as far as the app was told of them, and whose they are by the rule: who was
 * signed in, else the next one on that browser, else the one before, else nobody. */
export function trueSessions(told: Told): TrueSession[] {
  const buyers = new Map(
    told.orders.map(({ checkoutToken, customerId }) => [checkoutToken, customerId]),
  );
  return [...eventsByClient(told)].flatMap(([clientId, seen]) => {
    const sessions = cut(seen).map((part) => ({ part, customerId: customerIn(part, buyers) }));
    return sessions.map(({ part, customerId }, index) => {
      const next = sessions.slice(index + 1).find((later) => later.customerId !== null);
      const before = sessions.slice(0, index).findLast((earlier) => earlier.customerId !== null);
      const owner = customerId ?? next?.customerId ?? before?.customerId;
      return {
        ...{ clientId, customerId, id: part[0]?.event.event.id ?? "" },
        persons: new Set(part.map(({ visit }) => visit.person)),
        events: part.map(({ event }) => event),
        visitorId: owner ? `customer:${owner}` : `client:${clientId}`,
      };
    });
  });
}

function eventsByClient({ visits, isTold }: Told): Map<string, Seen[]> {
  const clients = new Map<string, Seen[]>();
  for (const visit of visits) {
    if (isRobot(visit)) continue;
    const seen = clients.get(visit.clientId) ?? [];
    clients.set(visit.clientId, seen);
    for (const event of visit.events)
      if (isTold(event)) seen.push({ event, at: Date.parse(event.at), visit });
  }
  for (const seen of clients.values()) seen.sort((one, other) => one.at - other.at);
  return clients;
}

/** A robot that says what it is: left out. One in disguise passes for a person. */
export const isRobot = ({ kind, userAgent }: Visit): boolean =>
  kind === "bot" && /bot\b|headless/i.test(userAgent ?? "");

/** What an open page tells by itself is no activity: it begins no session, and keeps none going. */
const isAct = ({ event }: Seen): boolean => event.event.name !== "pixelnova:page_engaged";

function cut(seen: readonly Seen[]): Seen[][] {
  const parts: Seen[][] = [];
  for (const each of seen) {
    const last = parts.at(-1)?.findLast(isAct);
    if (last && each.at - last.at < SILENCE_MS) parts.at(-1)?.push(each);
    else if (isAct(each)) parts.push([each]);
  }
  return parts;
}

function customerIn(
  part: readonly Seen[],
  buyers: ReadonlyMap<string, number | null>,
): string | null {
  const signedIn = part.findLast(({ event }) => event.event.customerId);
  if (signedIn) return signedIn.event.event.customerId ?? null;
  const bought = part.map(({ event }) => buyers.get(tokenOf(event) ?? "")).findLast(Boolean);
  return bought ? String(bought) : null;
}

type Data = {
  checkout?: { token?: string | null };
  productVariant?: { product: { id?: string | null } };
  cartLine?: { quantity: number; merchandise: { product: { id?: string | null } } } | null;
};
const dataOf = ({ event }: VisitEvent): Data => event.data as Data;

/** The token of the checkout that an event tells of. */
export const tokenOf = (event: VisitEvent): string | null => dataOf(event).checkout?.token ?? null;

/** An order that counts: neither a test nor cancelled. */
export const counts = ({ test, cancelledAt }: Order): boolean => !test && cancelledAt === null;

/** Every visitor that the app must know: sessions, browsers, orders and what those brought. */
export function trueVisitors(sessions: readonly TrueSession[], orders: readonly Order[]) {
  const visitors = new Map<string, { clients: Set<string>; row: [number, number, number] }>();
  const of = (visitorId: string) => {
    const known = visitors.get(visitorId) ?? { clients: new Set(), row: [0, 0, 0] };
    visitors.set(visitorId, known);
    return known;
  };
  for (const { visitorId, clientId } of sessions) {
    of(visitorId).clients.add(clientId);
    of(visitorId).row[0] += 1;
  }
  for (const order of orders.filter(counts)) {
    const { row } = of(`customer:${order.customerId}`);
    row[1] += 1;
    row[2] += order.totalMinor - refundedMinor(order);
  }
  return new Map(
    [...visitors].map(
      ([
        visitorId,
        {
          clients,
          row: [sessions, orders, revenueMinor],
        },
      ]) => [visitorId, { clients: clients.size, sessions, orders, revenueMinor }],
    ),
  );
}

export type TrueInteraction = { views: number; added: number; removed: number; bought: number };

/** What each visitor had to do with each product, by `visitor product`. */
export function trueInteractions(sessions: readonly TrueSession[], orders: readonly Order[]) {
  const found = new Map<string, TrueInteraction>();
  const add = (key: string, what: keyof TrueInteraction, count: number) => {
    const known = found.get(key) ?? { views: 0, added: 0, removed: 0, bought: 0 };
    found.set(key, { ...known, [what]: known[what] + count });
  };
  for (const { visitorId, events } of sessions)
    for (const event of events) {
      const { productVariant, cartLine } = dataOf(event);
      if (event.event.name === "product_viewed")
        add(`${visitorId} ${productVariant?.product.id}`, "views", 1);
      if (cartLine) {
        const what = event.event.name === "product_added_to_cart" ? "added" : "removed";
        add(`${visitorId} ${cartLine.merchandise.product.id}`, what, cartLine.quantity);
      }
    }
  for (const order of orders.filter(counts))
    for (const line of order.lines)
      add(`customer:${order.customerId} ${line.productId}`, "bought", currentQuantity(order, line));
  return found;
}

/** The steps of checkouts by the names of their events. */
const STEPS = {
  checkout_started: "started",
  checkout_contact_info_submitted: "contact",
  checkout_address_info_submitted: "address",
  checkout_shipping_info_submitted: "shipping",
  payment_info_submitted: "payment",
  checkout_completed: "completed",
} as const;
const isStep = (name: string): name is keyof typeof STEPS => Object.hasOwn(STEPS, name);

/** When each step of a checkout was first reached, as far as the app was told: an order completes one
 * whose completion no pixel saw. By token; times in milliseconds since 1970. */
export function trueCheckouts(sessions: readonly TrueSession[], orders: readonly Order[]) {
  const placed = new Map(orders.map((order) => [order.checkoutToken, order]));
  const checkouts = new Map<string, { reached: Map<string, number>; orderId: string | null }>();
  for (const event of sessions.flatMap(({ events }) => events)) {
    const [token, name] = [tokenOf(event), event.event.name];
    if (token === null || !isStep(name)) continue;
    const order = placed.get(token);
    const known = checkouts.get(token) ?? { reached: new Map<string, number>(), orderId: null };
    checkouts.set(token, { ...known, orderId: order ? String(order.id) : null });
    const first = known.reached.get(STEPS[name]) ?? Infinity;
    known.reached.set(STEPS[name], Math.min(first, Date.parse(event.at)));
  }
  for (const [token, { reached }] of checkouts) {
    const order = placed.get(token);
    if (order && !reached.has("completed")) reached.set("completed", Date.parse(order.createdAt));
  }
  return checkouts;
}

/** What lay in the carts of browsers of which everything is known: used by one person who uses no other,
 * and nothing of it missing. By browser: pieces that were ordered, order by order, and pieces left. */
export function trueCarts({ visits, orders, isTold }: Told) {
  const byId = new Map(orders.map((order) => [order.id, order]));
  const carts = new Map<string, { ordered: number[]; left: number }>();
  const byPerson = groupBy(visits, ({ person }) => person);
  for (const [clientId, own] of groupBy(visits, ({ clientId }) => clientId)) {
    const ofUsers = own.flatMap(({ person }) => byPerson.get(person) ?? []);
    const isWhole = own.every(({ pixel, events }) => pixel === "runs" && events.every(isTold));
    if (!isWhole || ofUsers.some((visit) => visit.clientId !== clientId)) continue;
    const inOrder = own.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt));
    const bought = inOrder.flatMap(({ orderId }) => byId.get(orderId ?? NaN) ?? []);
    carts.set(clientId, {
      ordered: bought.map(({ lines }) => pieces(lines)),
      left: pieces(inOrder.at(-1)?.cart ?? []),
    });
  }
  return carts;
}

/** When something was done with a browser's carts and checkouts, in milliseconds since 1970. */
export function cartTimes(sessions: readonly TrueSession[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { clientId, events } of sessions) {
    const own = events.filter((event) => dataOf(event).cartLine || tokenOf(event) !== null);
    const known = times.get(clientId) ?? [];
    times.set(clientId, [...known, ...own.map(({ at }) => Date.parse(at))]);
  }
  return times;
}

const pieces = (lines: readonly { quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
