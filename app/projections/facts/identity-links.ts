import type { Fact } from "../fact";
import type { Visit } from "../visit";
import { checkoutOf } from "../data";

export type IdentityLinkRow = {
  sessionId: string;
  clientId: string;
  customerId: string;
  kind: "signed_in" | "order";
  eventId: string;
  linkedAt: Date;
  orderId: string | null;
};

/** Why a session is taken for a customer's: the first event that shows it, of each kind. */
export const identityLinks: Fact<IdentityLinkRow> = {
  table: "identity_links",
  version: 1,
  at: "linkedAt",
  columns: {
    sessionId: "text",
    clientId: "text",
    customerId: "bigint",
    kind: "text",
    eventId: "text",
    linkedAt: "timestamptz",
    orderId: "bigint",
  },
  fold: (visit) => firstOfEach([...signIns(visit), ...purchases(visit)]),
};

const signIns = (visit: Visit): IdentityLinkRow[] =>
  visit.events.flatMap((event) =>
    event.customerId === null
      ? []
      : [{ ...link(visit, event), customerId: event.customerId, kind: "signed_in", orderId: null }],
  );

/** The steps of checkouts that became a customer's order. */
const purchases = (visit: Visit): IdentityLinkRow[] =>
  visit.events.flatMap((event) => {
    const token = checkoutOf(event)?.token;
    return visit.orders
      .filter(({ checkoutToken }) => checkoutToken === token)
      .flatMap(({ customerId, orderId }) =>
        customerId === null ? [] : [{ ...link(visit, event), customerId, kind: "order", orderId }],
      );
  });

const link = ({ events: [first] }: Visit, event: Visit["events"][number]) => ({
  sessionId: first.eventId,
  clientId: event.clientId,
  eventId: event.eventId,
  linkedAt: event.occurredAt,
});

function firstOfEach(rows: readonly IdentityLinkRow[]): IdentityLinkRow[] {
  const first = new Map<string, IdentityLinkRow>();
  for (const row of rows) {
    const key = `${row.kind} ${row.customerId}`;
    if (!first.has(key)) first.set(key, row);
  }
  return [...first.values()];
}
