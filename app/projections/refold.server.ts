import type { Db } from "~/platform/db.server";
import { BOT_RULES_VERSION, rememberNames } from "./bots";
import { foldTimeline, type TimelineEvent } from "./timeline";

/** A client whose timeline changed, and the earliest moment at which it did. */
export type Touch = { shopId: number; clientId: string; since: Date };

type Row = TimelineEvent & { shopId: number };

/** Folds what a change can have altered: from the session that it could join to the timeline's end. */
export async function refold(db: Db, touches: readonly Touch[]): Promise<void> {
  await replace(db, await widen(db, touches));
}

/** Folds each client's timeline from a moment on, and puts its rows in place of the old ones. */
export async function replace(db: Db, touches: readonly Touch[]): Promise<void> {
  const windows = JSON.stringify(touches);
  const timelines = groupByClient(await readTimelines(db, windows));
  await db.$executeRaw`
    delete from sessions s using jsonb_to_recordset(${windows}::jsonb)
      as touched("shopId" int, "clientId" text, since timestamptz)
    where s.shop_id = "shopId" and s.client_id = "clientId" and s.ended_at >= since`;
  await db.$executeRaw`
    delete from page_views v using jsonb_to_recordset(${windows}::jsonb)
      as touched("shopId" int, "clientId" text, since timestamptz)
    where v.shop_id = "shopId" and v.client_id = "clientId" and v.viewed_at >= since`;
  await write(db, timelines);
}

/** Folds whole timelines anew, as after an erasure. Holds the worker off these shops meanwhile. */
export async function refoldClients(
  db: Db,
  shopId: number,
  clientIds: readonly string[],
): Promise<void> {
  await holdOffWorkers(db, shopId);
  const since = new Date(0);
  await replace(
    db,
    clientIds.map((clientId) => ({ shopId, clientId, since })),
  );
}

/** Waits for, and then keeps, the right to change a shop's projections until the transaction ends. */
export const holdOffWorkers = (db: Db, shopId: number) => db.$queryRaw`
  select projection from projection_checkpoints where shop_group = ${shopId}::int % 16 for update`;

/** Moves each touch back to the start of the first session that ends within a session's gap before
 * it, since the new event may continue that one. */
const widen = (db: Db, touches: readonly Touch[]) => db.$queryRaw<Touch[]>`
  select "shopId", "clientId", least(since, (
    select min(s.started_at) from sessions s
    where s.shop_id = "shopId" and s.client_id = "clientId"
      and s.ended_at >= since - interval '30 minutes')) as since
  from jsonb_to_recordset(${JSON.stringify(touches)}::jsonb)
    as touched("shopId" int, "clientId" text, since timestamptz)`;

const readTimelines = (db: Db, windows: string) => db.$queryRaw<Row[]>`
  select e.shop_id as "shopId", e.client_id as "clientId", e.event_id as "eventId", e.name,
         e.customer_id::text as "customerId", e.occurred_at as "occurredAt", e.seq,
         e.payload->'context'->>'path' as path, e.payload->'context'->>'title' as title,
         e.payload->'context'->>'referrer' as referrer,
         e.payload->'context'->>'userAgent' as "userAgent",
         (e.payload->>'sampleRate')::float8 as "sampleRate"
  from jsonb_to_recordset(${windows}::jsonb)
    as touched("shopId" int, "clientId" text, since timestamptz)
  join pixel_events e on e.shop_id = "shopId" and e.client_id = "clientId"
    and e.occurred_at >= since
    -- an event is filed by its browser's clock, which may be behind by two weeks
    and e.week >= date_trunc('week', since at time zone 'utc' - interval '14 days')::date`;

function groupByClient(rows: readonly Row[]): Row[][] {
  const clients = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.shopId} ${row.clientId}`;
    const known = clients.get(key);
    if (known) known.push(row);
    else clients.set(key, [row]);
  }
  return [...clients.values()];
}

async function write(db: Db, timelines: readonly Row[][]): Promise<void> {
  const namesBot = rememberNames();
  const folded = timelines.map((events) => ({
    shopId: events[0]?.shopId,
    ...foldTimeline(events, namesBot),
  }));
  const sessions = folded.flatMap(({ shopId, sessions }) =>
    sessions.map((row) => ({ shopId, ...row })),
  );
  const pageViews = folded.flatMap(({ shopId, pageViews }) =>
    pageViews.map((row) => ({ shopId, ...row })),
  );
  await db.$executeRaw`
    insert into sessions (shop_id, session_id, client_id, customer_id, started_at, ended_at,
                          event_count, page_view_count, entry_path, exit_path, referrer_host,
                          bot_rule, sample_rate)
    select "shopId", "sessionId", "clientId", "customerId", "startedAt", "endedAt",
           "eventCount", "pageViewCount", "entryPath", "exitPath", "referrerHost", "botRule", "sampleRate"
    from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as session(
      "shopId" int, "sessionId" text, "clientId" text, "customerId" bigint,
      "startedAt" timestamptz, "endedAt" timestamptz, "eventCount" int, "pageViewCount" int,
      "entryPath" text, "exitPath" text, "referrerHost" text,
      "botRule" text, "sampleRate" real)`;
  await db.$executeRaw`
    insert into page_views (shop_id, event_id, session_id, client_id, viewed_at, path, title,
                            is_bot, sample_rate)
    select "shopId", "eventId", "sessionId", "clientId", "viewedAt", path, title,
           "isBot", "sampleRate"
    from jsonb_to_recordset(${JSON.stringify(pageViews)}::jsonb) as page_view(
      "shopId" int, "eventId" text, "sessionId" text, "clientId" text, "viewedAt" timestamptz,
      path text, title text, "isBot" boolean, "sampleRate" real)`;
  await enterShops(db, [...new Set(folded.flatMap(({ shopId }) => shopId ?? []))]);
}

/** A shop that has had no sessions until now is scored by today's rules from its first one on. */
const enterShops = (db: Db, shopIds: readonly number[]) => db.$executeRaw`
  insert into projection_versions (shop_id, bot_rules)
  select id, ${BOT_RULES_VERSION}::int from shops where id = any(${shopIds}::int[])
  on conflict (shop_id) do nothing`;
