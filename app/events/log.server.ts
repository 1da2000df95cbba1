import type { Db } from "~/platform/db.server";
import type { Sql } from "~/platform/sql.server";
import { DAY } from "~/platform/time";
import type { LogEvent } from "./sift";

/** Shops are read in groups, so that several workers can share the log. */
export const SHOP_GROUPS = 16;

/** A place in the log: everything at or before it has been read. */
export type Position = { tx: string; position: string };

/** What an entry is about; its fields are in the payload. */
export type LogEntry = Position & {
  shopId: number;
  name: string;
  clientId: string | null;
  customerId: string | null;
  orderId: string | null;
  occurredAt: Date;
};

/** Appends events and returns how many were new; an id that the shop already has is left alone. */
export const append = (db: Db, shopId: number, events: readonly LogEvent[]): Promise<number> =>
  db.$executeRaw`
    insert into pixel_events (shop_id, week, event_id, source, name, client_id, customer_id, seq,
                              occurred_at, received_at, payload, request_id, order_id)
    select ${shopId}::int, week, "eventId", source, name, "clientId", "customerId", seq,
           "occurredAt", "receivedAt", payload::json, "requestId", "orderId"
    from json_to_recordset(${JSON.stringify(events)}::json) as event(
      week date, "eventId" text, source text, name text, "clientId" text, "customerId" bigint,
      seq int, "occurredAt" timestamptz, "receivedAt" timestamptz, payload text, "requestId" uuid,
      "orderId" bigint)
    on conflict (shop_id, week, event_id) do nothing`;

type Reading = { group: number; after: Position; limit: number };

/** The next entries of a group of shops, in an order that no late commit can slip behind: entries
 * wait until every older transaction has ended. One that stays open holds back the readers. */
export const readLog = (sql: Sql, { group, after, limit }: Reading): Promise<LogEntry[]> =>
  sql.rows<LogEntry>(
    `select tx_id::text as tx, position, shop_id as "shopId", name, client_id as "clientId",
            customer_id as "customerId", order_id as "orderId", occurred_at as "occurredAt"
     from pixel_events
     where shop_id % 16 = $1::int -- SHOP_GROUPS, spelled out for the index on it
       and (tx_id, position) > ($2::text::xid8, $3::bigint)
       and tx_id < pg_snapshot_xmin(pg_current_snapshot())
     order by tx_id, position
     limit $4::int`,
    [group, after.tx, after.position, limit],
  );

/** Makes the partitions that events of the coming weeks need; ingest accepts a week into the past. */
export const ensurePartitions = (db: Db, now: Date): Promise<void> =>
  ensureWeeks(db, new Date(now.getTime() - 14 * DAY), new Date(now.getTime() + 56 * DAY));

/** Makes the partitions that entries of any age need, and none between them. */
export async function makeRoom(db: Db, events: readonly LogEvent[]): Promise<void> {
  const weeks = [...new Set(events.map(({ week }) => week))];
  if (weeks.length === 0) return;
  await db.$queryRaw`
    select ensure_pixel_event_weeks(week, week)::text from unnest(${weeks}::date[]) as week`;
}

/** Makes the partitions from one moment's week to another's. */
async function ensureWeeks(db: Db, first: Date, last: Date): Promise<void> {
  const [from, to] = [first.toISOString(), last.toISOString()];
  await db.$queryRaw`select ensure_pixel_event_weeks(${from}::date, ${to}::date)::text`;
}

/** Forgets events older than the retention, in whole weeks; returns how many weeks went. */
export async function dropOldPartitions(db: Db, now: Date, retentionDays: number): Promise<number> {
  const oldest = new Date(now.getTime() - retentionDays * DAY).toISOString();
  const [row] = await db.$queryRaw<{ weeks: number }[]>`
    select drop_pixel_event_weeks_before(${oldest}::date) as weeks`;
  return row?.weeks ?? 0;
}
