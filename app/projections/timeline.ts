import { botRuleOf, rememberNames } from "./bots";
import { checkoutOf } from "./data";
import { visitorOfClient, visitorsOf, type KnownSession } from "./identity";
import {
  inTimeOrder,
  splitByInactivity,
  type CheckoutOrder,
  type Events,
  type TimelineEvent,
  type Visit,
} from "./visit";

/** Raised when what a visit is changes: a rule for bots, isbot's list of names, the gap that ends a
 * session. Every table that visits fold into is made anew then. */
export const VISITS_VERSION = 1;

/** A session that lies before the events at hand, with whose it has been so far. */
export type EarlierSession = KnownSession & { visitorId: string | null };

/** What else decides about a client's sessions. */
export type Background = {
  earlier: readonly EarlierSession[];
  /** Verified orders, by their checkout's token. */
  orders: ReadonlyMap<string, readonly CheckoutOrder[]>;
  /** Customers that the merchant says this client is not. */
  undone: ReadonlySet<string>;
  /** Tells whether a browser calls itself a bot; share one among the timelines of a fold. */
  namesBot: ReturnType<typeof rememberNames>;
};

/** A client's sessions, and those before them that turn out to be somebody else's now. */
export type Timeline = { visits: Visit[]; moved: Move[] };
type Move = { sessionId: string; visitorId: string; from: string | null };

/** Splits one client's events, in whatever order they come, into its visits, and says whose they are. */
export function foldTimeline(
  events: readonly TimelineEvent[],
  {
    earlier = [],
    orders = new Map(),
    undone = new Set(),
    namesBot = rememberNames(),
  }: Partial<Background> = {},
): Timeline {
  const visits = splitByInactivity(inTimeOrder(events)).map((visit, index) =>
    toVisit(visit, {
      botRule: botRuleOf(visit, namesBot),
      number: earlier.length + index + 1,
      orders: ordersIn(visit, orders),
    }),
  );
  const owners = visitorsOf([...earlier, ...visits.map(toKnown)], undone);
  for (const visit of visits)
    visit.visitorId = owners.get(visit.events[0].eventId) ?? visit.visitorId;
  const moved = earlier.flatMap(({ sessionId, clientId, visitorId }) => {
    const owner = owners.get(sessionId) ?? visitorOfClient(clientId);
    return owner === visitorId ? [] : [{ sessionId, visitorId: owner, from: visitorId }];
  });
  return { visits, moved };
}

const toVisit = (events: Events, about: Pick<Visit, "botRule" | "number" | "orders">): Visit => ({
  ...about,
  events,
  customerId:
    events.findLast(({ customerId }) => customerId !== null)?.customerId ??
    about.orders.findLast(({ customerId }) => customerId !== null)?.customerId ??
    null,
  visitorId: visitorOfClient(events[0].clientId),
});

const toKnown = ({ events: [first], customerId }: Visit): KnownSession => ({
  sessionId: first.eventId,
  clientId: first.clientId,
  startedAt: first.occurredAt,
  customerId,
});

/** The tokens of the checkouts that went on in some events, each once. */
export const tokensIn = (events: readonly TimelineEvent[]): string[] => [
  ...new Set(events.flatMap((event) => checkoutOf(event)?.token ?? [])),
];

const ordersIn = (events: Events, orders: Background["orders"]): CheckoutOrder[] =>
  orders.size === 0 ? [] : tokensIn(events).flatMap((token) => orders.get(token) ?? []);
