/** Who a session belongs to: `customer:<id>`, or `client:<clientId>` for a browser that nobody signed
 * in on. Text that sorts and joins; take it apart with `customerOf`. */
export type VisitorId = `customer:${string}` | `client:${string}`;

/** What the rule looks at in a session. */
export type KnownSession = {
  sessionId: string;
  clientId: string;
  startedAt: Date;
  /** Whom the session itself knows: who was signed in, or bought in it. */
  customerId: string | null;
};

export const visitorOfCustomer = (customerId: string): VisitorId => `customer:${customerId}`;
export const visitorOfClient = (clientId: string): VisitorId => `client:${clientId}`;

/** The customer that a visitor is; null for a browser that nobody is known on. */
export const customerOf = (visitorId: string): string | null =>
  visitorId.startsWith("customer:") ? visitorId.slice("customer:".length) : null;

/** Reads a visitor's id from outside; null for a text that is none. */
export const parseVisitorId = (text: string): VisitorId | null => (isVisitorId(text) ? text : null);

const isVisitorId = (text: string): text is VisitorId =>
  /^(?:customer:\d{1,18}|client:[^\0]{1,128})$/s.test(text);

/** Decides whose each session of one client is. A session that knows its customer is that customer's.
 * An anonymous one belongs to the next customer known on the client, else to the last one before, else
 * to the client itself.
 * @param sessions all sessions of one client, in any order
 * @param undone customers that the merchant says this client is not: they claim no anonymous session,
 *   and where they were signed in, the session is the client's own, never another customer's
 * @returns visitor ids by session id */
export function visitorsOf(
  sessions: readonly KnownSession[],
  undone: ReadonlySet<string> = new Set(),
): Map<string, VisitorId> {
  const ordered = sessions.toSorted(byTime);
  const known = ordered.map(({ customerId }) =>
    customerId !== null && !undone.has(customerId) ? customerId : null,
  );
  const before = lastKnown(known);
  const next = lastKnown(known.toReversed()).reverse();
  return new Map(
    ordered.map(({ sessionId, clientId, customerId }, index) => {
      const owner = customerId === null ? (next[index] ?? before[index]) : known[index];
      return [sessionId, owner ? visitorOfCustomer(owner) : visitorOfClient(clientId)];
    }),
  );
}

/** For each place the customer there, else the nearest one ahead of it in the list. */
function lastKnown(customers: readonly (string | null)[]): (string | null)[] {
  let last: string | null = null;
  return customers.map((customer) => (last = customer ?? last));
}

/** By time, then by id, so that one set of sessions has one order. */
const byTime = (one: KnownSession, other: KnownSession): number =>
  one.startedAt.getTime() - other.startedAt.getTime() || (one.sessionId < other.sessionId ? -1 : 1);
