import type { Db } from "~/platform/db.server";

/** How an event came into the log. */
export type Trace = {
  domain: string;
  source: string;
  name: string;
  occurredAt: Date;
  receivedAt: Date;
  /** The request that brought it, as its log lines have it; null for what no request did. */
  requestId: string | null;
  /** How many events of that request are in the log: its batch, without what was refused. */
  eventsOfRequest: number;
  /** The transaction that wrote it, and how many events that one wrote in all. */
  tx: string;
  eventsOfCommit: number;
};

/** Finds an event by its id: one shop, in one week, has it at most once, and ids of two shops may be
 * the same. Looks at every week, so it takes its time on a long log. */
export const traceEvent = (db: Db, eventId: string): Promise<Trace[]> => db.$queryRaw<Trace[]>`
  select domain, source, e.name, occurred_at as "occurredAt", received_at as "receivedAt",
         request_id::text as "requestId", tx_id::text as tx,
         (select count(*)::int from pixel_events b
          where b.shop_id = e.shop_id and b.client_id = e.client_id and b.request_id = e.request_id
         ) as "eventsOfRequest",
         (select count(*)::int from generate_series(0, 15) as shop_group join pixel_events c
            on c.shop_id % 16 = shop_group and c.tx_id = e.tx_id) as "eventsOfCommit"
  from shops join pixel_events e on e.shop_id = shops.id
  where e.event_id = ${eventId}
  order by received_at`;
