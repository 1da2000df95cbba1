import type { Order } from "../../store/commerce/model";
import { tokenOf, trueCheckouts, type TrueSession } from "./journeys";
import { grouped, quantile, ratio, sum } from "./statistics";

/** What became of one cart, by docs/carts.md; times in milliseconds since 1970, money in minor units. */
export type TrueCart = {
  at: number;
  lastAt: number;
  /** Pauses after which something was done with it. */
  longestPause: number;
  isOrdered: boolean;
  /** By variant: the product, pieces, and what they cost. */
  lines: Map<string, { product: string; pieces: number; minor: number }>;
  /** The session in which it began. */
  session: string;
};

type Act = { at: number; id: string; session: string } & (
  | { kind: "line"; sign: 1 | -1; product: string; variant: string; pieces: number; minor: number }
  | { kind: "step" | "order" }
);

type LineData = {
  cartLine?: {
    quantity: number;
    cost: { totalAmount: { amount: number } };
    merchandise: { id: string; product: { id: string } };
  };
};

/** Every cart of every browser, as far as the app was told.
 * @param quietMs how long nothing happens to a cart before it counts as abandoned */
export function trueCartsOf(
  sessions: readonly TrueSession[],
  orders: readonly Order[],
  quietMs: number,
): TrueCart[] {
  const checkouts = trueCheckouts(sessions, orders);
  const completedAt = (token: string) => checkouts.get(token)?.reached.get("completed");
  return [...grouped(sessions, ({ clientId }) => clientId).values()].flatMap((own) =>
    replay([...own.flatMap(actsOf), ...ordersIn(own, completedAt)], quietMs),
  );
}

function actsOf({ id: session, events }: TrueSession): Act[] {
  return events.flatMap((event): Act | [] => {
    const about = { at: Date.parse(event.at), id: event.event.id, session };
    const { cartLine } = event.event.data as LineData;
    if (cartLine) {
      const { merchandise, quantity, cost } = cartLine;
      return {
        ...{ ...about, kind: "line", sign: event.event.name.includes("added") ? 1 : -1 },
        ...{ product: merchandise.product.id, variant: merchandise.id, pieces: quantity },
        minor: Math.round(cost.totalAmount.amount * 100),
      };
    }
    const isStep = tokenOf(event) !== null && event.event.name !== "checkout_completed";
    return isStep ? { ...about, kind: "step" } : [];
  });
}

/** The orders of the checkouts that went on in a browser, wherever they were completed. */
function ordersIn(own: readonly TrueSession[], completedAt: (token: string) => number | undefined) {
  const tokens = new Set(
    own.flatMap(({ events }) => events.flatMap((each) => tokenOf(each) ?? [])),
  );
  return [...tokens].flatMap((token): Act[] => {
    const at = completedAt(token);
    return at === undefined ? [] : [{ at, id: `order ${token}`, session: "", kind: "order" }];
  });
}

/** Lets what was done with a browser's carts happen again, in order. */
function replay(acts: readonly Act[], quietMs: number): TrueCart[] {
  const carts: TrueCart[] = [];
  let open: TrueCart | null = null;
  for (const act of acts.toSorted((one, other) => one.at - other.at)) {
    if (open && open.lines.size === 0 && act.at - open.lastAt >= quietMs) open = null;
    if (!open) {
      if (act.kind !== "line" || act.sign < 0) continue;
      const { at, session } = act;
      open = { at, lastAt: at, longestPause: 0, isOrdered: false, lines: new Map(), session };
      carts.push(open);
    }
    open.longestPause = Math.max(open.longestPause, act.at - open.lastAt);
    open.lastAt = act.at;
    if (act.kind === "line") move(open.lines, act);
    if (act.kind === "order") {
      open.isOrdered = true;
      open = null;
    }
  }
  return carts;
}

function move(lines: TrueCart["lines"], act: Act & { kind: "line" }): void {
  const { product, variant } = act;
  const { pieces, minor } = lines.get(variant) ?? { pieces: 0, minor: 0 };
  const left = pieces + act.sign * act.pieces;
  if (left <= 0) lines.delete(variant);
  else {
    const worth = act.sign > 0 ? minor + act.minor : Math.round((minor / pieces) * left);
    lines.set(variant, { product, pieces: left, minor: worth });
  }
}

export type Fate = "open" | "emptied" | "abandoned" | "converted";

/** @param at the moment of asking */
export function fateOf(cart: TrueCart, quietMs: number, at: number): Fate {
  if (cart.isOrdered) return "converted";
  if (cart.lines.size === 0) return "emptied";
  return at - cart.lastAt >= quietMs ? "abandoned" : "open";
}

export const valueOf = ({ lines }: TrueCart): number =>
  sum([...lines.values()].map(({ minor }) => minor));

type Asked = { quietMs: number; now: number };

/** What the app has to say of what became of carts. */
export function fatesOf(of: string, carts: readonly TrueCart[], { quietMs, now }: Asked) {
  const fates = carts.map((cart) => fateOf(cart, quietMs, now));
  const count = (fate: Fate) => fates.filter((each) => each === fate).length;
  const left = carts.filter((_, index) => fates[index] === "abandoned");
  const recovered = carts.filter(({ longestPause }) => longestPause >= quietMs).length;
  const wasAbandoned = carts.filter(
    (cart, index) => cart.longestPause >= quietMs || fates[index] === "abandoned",
  ).length;
  const [abandoned, converted] = [left.length, count("converted")];
  return {
    ...{ of, carts: carts.length, open: count("open"), emptied: count("emptied"), abandoned },
    ...{ converted, abandonmentRate: ratio(abandoned, abandoned + converted), wasAbandoned },
    ...{ recovered, recoveryRate: ratio(recovered, wasAbandoned) },
    medianToAbandon: quantile(
      left.map(({ at, lastAt }) => lastAt - at),
      0.5,
    ),
  };
}

/** What the app has to say of what carts are worth. */
export function worthOf(of: string, carts: readonly TrueCart[]) {
  const values = carts.filter(({ lines }) => lines.size > 0).map(valueOf);
  const whole = (minor: number | null) => (minor === null ? null : Math.round(minor));
  return {
    ...{ of, carts: values.length, meanMinor: whole(ratio(sum(values), values.length)) },
    ...{ medianMinor: whole(quantile(values, 0.5)), p90Minor: whole(quantile(values, 0.9)) },
    ...{ otherCurrency: 0, unpriced: 0 },
  };
}

/** What was put into carts and taken out in some sessions, by product. */
export function handledIn(sessions: readonly TrueSession[]) {
  const lines = sessions.flatMap((session) =>
    actsOf(session).filter((act): act is Act & { kind: "line" } => act.kind === "line"),
  );
  const adding = new Set(lines.filter(({ sign }) => sign > 0).map(({ session }) => session)).size;
  return [...grouped(lines, ({ product }) => product)].map(([of, own]) => {
    const [added, removed] = [1, -1].map((wanted) => {
      const these = own.filter(({ sign }) => sign === wanted);
      const pieces = sum(these.map((act) => act.pieces));
      return { sessions: new Set(these.map(({ session }) => session)), pieces };
    });
    if (!added || !removed) throw new Error("there are two signs");
    const both = [...added.sessions].filter((id) => removed.sessions.has(id)).length;
    return {
      ...{ of, addedSessions: added.sessions.size, addedPieces: added.pieces },
      ...{ removedSessions: removed.sessions.size, removedPieces: removed.pieces },
      ...{ addedAndRemoved: both, removalRate: ratio(both, added.sessions.size) },
      addShare: ratio(added.sessions.size, adding),
    };
  });
}
