import { timestamptzArray } from "~/platform/binary-arrays";
import { groupBy } from "~/platform/group-by";
import type { Sql } from "~/platform/sql.server";
import { DAY } from "~/platform/time";
import { keysOf } from "~/platform/rows.server";
import type { EarlierSession } from "./timeline";
import { SESSION_GAP, type CheckoutOrder, type PageContext, type TimelineEvent } from "./visit";

/** A client whose timeline changed, and the earliest moment at which it did. */
export type Touch = { shopId: number; clientId: string; since: Date };

/** A session as its table has it. */
export type StoredSession = EarlierSession & { shopId: number; endedAt: Date };

/** Parallel arrays of shops, clients and moments. */
export const windowsOf = (touches: readonly Touch[]): Buffer[] => [
  ...keysOf(touches, ({ clientId }) => clientId),
  timestamptzArray(touches.map(({ since }) => since)),
];

export const clientKey = ({ shopId, clientId }: { shopId: number; clientId: string }): string =>
  `${shopId} ${clientId}`;

/** All sessions of clients, by client. */
export async function sessionsOf(
  sql: Sql,
  touches: readonly Touch[],
): Promise<Map<string, StoredSession[]>> {
  const rows = await sql.rows<StoredSession>(
    `select s.shop_id as "shopId", s.client_id as "clientId", s.session_id as "sessionId",
            s.started_at as "startedAt", s.ended_at as "endedAt", s.customer_id as "customerId",
            s.visitor_id as "visitorId"
     from unnest($1::int[], $2::text[]) as t(shop_id, client_id)
     join sessions s on s.shop_id = t.shop_id and s.client_id = t.client_id`,
    keysOf(touches, ({ clientId }) => clientId),
  );
  return groupBy(rows, clientKey);
}

/** Moves a touch back to the start of the first session that it could join or that comes after it.
 * @returns the sessions before it, and those to be folded anew */
export function widen(touch: Touch, sessions: readonly StoredSession[]) {
  const reach = touch.since.getTime() - SESSION_GAP;
  const [earlier, stale]: [StoredSession[], StoredSession[]] = [[], []];
  for (const session of sessions)
    (session.endedAt.getTime() < reach ? earlier : stale).push(session);
  const since = stale.reduce(
    (first, { startedAt }) => (startedAt < first ? startedAt : first),
    touch.since,
  );
  return { touch: { ...touch, since }, earlier, stale };
}

type StoredEvent = TimelineEvent & { shopId: number };
type LogRow = Omit<StoredEvent, "context" | "data" | "sampleRate"> & {
  payload: { context?: PageContext | null; data?: unknown; sampleRate?: number | null };
};

/** An event is filed by its browser's clock, which may be behind by two weeks. */
export const FILED_BEHIND = 14 * DAY;

/** The events of clients from a moment on, by client. */
export async function readTimelines(
  sql: Sql,
  touches: readonly Touch[],
): Promise<Map<string, StoredEvent[]>> {
  const earliest = Math.min(...touches.map(({ since }) => since.getTime()));
  const rows = await sql.rows<LogRow>(
    `select e.shop_id as "shopId", e.client_id as "clientId", e.event_id as "eventId", e.name,
            e.customer_id as "customerId", e.occurred_at as "occurredAt", e.seq, e.payload
     from unnest($1::int[], $2::text[], $3::timestamptz[]) as t(shop_id, client_id, since)
     join pixel_events e on e.shop_id = t.shop_id and e.client_id = t.client_id
       and e.occurred_at >= t.since
     where e.week >= date_trunc('week', $4::timestamptz at time zone 'utc')::date`,
    [...windowsOf(touches), new Date(earliest - FILED_BEHIND)],
  );
  return groupBy(rows.map(toEvent), clientKey);
}

const toEvent = ({ payload, ...row }: LogRow): StoredEvent => ({
  ...row,
  context: payload.context ?? null,
  data: payload.data,
  sampleRate: payload.sampleRate ?? null,
});

export type Token = { shopId: number; token: string };

/** Verified orders by their checkouts' tokens, each shop's by itself. */
export async function ordersOf(
  sql: Sql,
  tokens: readonly Token[],
): Promise<Map<number, Map<string, CheckoutOrder[]>>> {
  if (tokens.length === 0) return new Map();
  const rows = await sql.rows<CheckoutOrder & { shopId: number }>(
    `select o.shop_id as "shopId", o.order_id as "orderId", o.customer_id as "customerId",
            o.checkout_token as "checkoutToken"
     from unnest($1::int[], $2::text[]) as t(shop_id, token)
     join orders o on o.shop_id = t.shop_id and o.checkout_token = t.token
     order by o.placed_at, o.order_id`,
    keysOf(tokens, ({ token }) => token),
  );
  const shops = [...groupBy(rows, ({ shopId }) => shopId)];
  return new Map(
    shops.map(([shopId, orders]) => [
      shopId,
      groupBy(orders, ({ checkoutToken }) => checkoutToken),
    ]),
  );
}

/** The customers that a merchant says clients are not, by client. */
export async function undosOf(
  sql: Sql,
  touches: readonly Touch[],
): Promise<Map<string, Set<string>>> {
  const rows = await sql.rows<{ shopId: number; clientId: string; customerId: string }>(
    `select u.shop_id as "shopId", u.client_id as "clientId", u.customer_id as "customerId"
     from unnest($1::int[], $2::text[]) as t(shop_id, client_id)
     join identity_undos u on u.shop_id = t.shop_id and u.client_id = t.client_id`,
    keysOf(touches, ({ clientId }) => clientId),
  );
  const clients = [...groupBy(rows, clientKey)];
  return new Map(
    clients.map(([key, undos]) => [key, new Set(undos.map(({ customerId }) => customerId))]),
  );
}
