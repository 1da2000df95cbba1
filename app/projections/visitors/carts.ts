import {
  change,
  linesOf,
  pieces,
  valueOf,
  type LineChange,
  type LineOf,
  type Lines,
} from "./cart-lines";

/** What one client did with its carts: lines, steps of checkouts, and the order that came of one. */
export type CartEvent = {
  eventId: string;
  at: Date;
  /** Whose session it was in. */
  visitorId: string | null;
  isBot: boolean;
  sampleRate: number;
} & (LineChange | { kind: "checkout" | "completed" });

/** A cart's events: never empty, in time order. */
export type Cart = [CartEvent, ...CartEvent[]];

export type CartRow = {
  cartId: string;
  clientId: string;
  visitorId: string | null;
  startedAt: Date;
  lastActionAt: Date;
  abandonedAt: Date | null;
  recoveredAt: Date | null;
  convertedAt: Date | null;
  itemCount: number;
  lines: LineOf[];
  valueMinor: number | null;
  peakValueMinor: number | null;
  currency: string | null;
  isBot: boolean;
  sampleRate: number;
};

/** One client's carts over all its visits. A cart begins with an addition and ends with an order; one
 * that was emptied is over once it has been quiet.
 * @param events in any order; an event that is given twice counts once
 * @param quietMs how long nothing happens to a cart before it counts as abandoned */
export function splitIntoCarts(events: readonly CartEvent[], quietMs: number): Cart[] {
  const carts: Cart[] = [];
  let cart: Cart | undefined;
  let lines: Lines = new Map();
  for (const event of inTimeOrder(events)) {
    if (cart && isOver(cart, event, pieces(lines) === 0 ? quietMs : Infinity)) cart = undefined;
    if (cart) cart.push(event);
    else if (event.kind === "added" && event.quantity > 0) {
      cart = [event];
      carts.push(cart);
      lines = new Map();
    } else continue; // what was taken out or bought was put in where nobody saw it
    if (isLine(event)) change(lines, event);
  }
  return carts;
}

const isLine = (event: CartEvent): event is CartEvent & LineChange =>
  event.kind === "added" || event.kind === "removed";

function isOver(cart: Cart, next: CartEvent, staysFor: number): boolean {
  const last = lastOf(cart);
  return last.kind === "completed" || msBetween(last, next) >= staysFor;
}

/** One change of a cart and what it held after it; the first one created it. */
export type CartMoment = {
  at: Date;
  kind: "created" | "added" | "removed" | "converted";
  itemCount: number;
  /** In minor units of the currency; null where a line has no known price, or currencies differ. */
  valueMinor: number | null;
};

/** What a cart held over time: a moment for each of its changes. */
export function cartHistory(cart: Cart): CartMoment[] {
  const lines: Lines = new Map();
  return cart.flatMap((event, index) => {
    if (event.kind === "checkout") return [];
    if (isLine(event)) change(lines, event);
    const kind = event.kind === "completed" ? "converted" : event.kind;
    return {
      at: event.at,
      kind: index === 0 ? "created" : kind,
      itemCount: pieces(lines),
      valueMinor: valueOf(lines),
    };
  });
}

/** The row of a cart. */
export function cartRow(clientId: string, cart: Cart, quietMs: number): CartRow {
  const [first] = cart;
  const last = lastOf(cart);
  const history = cartHistory(cart);
  const { itemCount, valueMinor } = history.at(-1) ?? { itemCount: 0, valueMinor: null };
  const lines: Lines = new Map();
  cart.filter(isLine).forEach((event) => change(lines, event));
  return {
    cartId: first.eventId,
    clientId,
    visitorId: last.visitorId,
    startedAt: first.at,
    lastActionAt: last.at,
    ...absences(cart, quietMs, itemCount),
    convertedAt: last.kind === "completed" ? last.at : null,
    itemCount,
    lines: linesOf(lines),
    valueMinor,
    peakValueMinor: history.map((moment) => moment.valueMinor).reduce(higher, null),
    currency: cart.filter(isLine).findLast(({ currency }) => currency !== null)?.currency ?? null,
    isBot: first.isBot,
    sampleRate: cart.reduce((lowest, { sampleRate }) => Math.min(lowest, sampleRate), 1),
  };
}

const higher = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

/** When somebody first came back to it after it had been abandoned, and when it was abandoned last, or
 * will be, if nothing happens: an order ends that, and an empty cart is not abandoned. */
function absences(cart: Cart, quietMs: number, itemCount: number) {
  const left = cart.filter((event, index) => {
    const next = cart[index + 1];
    return next && msBetween(event, next) >= quietMs;
  });
  const [firstLeft] = left;
  const last = lastOf(cart);
  const lastLeft = itemCount === 0 || last.kind === "completed" ? left.at(-1) : last;
  return {
    abandonedAt: lastLeft ? new Date(lastLeft.at.getTime() + quietMs) : null,
    recoveredAt: (firstLeft && cart[cart.indexOf(firstLeft) + 1]?.at) ?? null,
  };
}

export type CartState = "open" | "abandoned" | "recovered" | "converted" | "emptied";

/** What a cart is at a moment after its last action. */
export function cartStateAt(
  cart: Pick<CartRow, "abandonedAt" | "recoveredAt" | "convertedAt" | "itemCount">,
  now: Date,
): CartState {
  if (cart.convertedAt) return "converted";
  if (cart.itemCount === 0) return "emptied";
  if (cart.abandonedAt && cart.abandonedAt <= now) return "abandoned";
  return cart.recoveredAt ? "recovered" : "open";
}

const lastOf = (cart: Cart): CartEvent => cart.at(-1) ?? cart[0];

const msBetween = (from: CartEvent, to: CartEvent): number => to.at.getTime() - from.at.getTime();

/** By time, then by id; one id counts once. */
function inTimeOrder(events: readonly CartEvent[]): CartEvent[] {
  const unique = new Map(events.map((event) => [event.eventId, event]));
  return [...unique.values()].sort(
    (one, other) => one.at.getTime() - other.at.getTime() || (one.eventId < other.eventId ? -1 : 1),
  );
}
