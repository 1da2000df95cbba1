import type { Db } from "~/platform/db.server";
import { rememberNames } from "./bots";
import { clearFrom, writeFacts } from "./tables.server";
import { FOLD_VERSION, foldTimeline } from "./timeline";
import type { TimelineEvent } from "./visit";

/** A client whose timeline changed, and the earliest moment at which it did. */
export type Touch = { shopId: number; clientId: string; since: Date };

type Row = TimelineEvent & { shopId: number };

/** Folds what a change can have altered: from the session that it could join to the timeline's end. */
export async function refold(db: Db, touches: readonly Touch[]): Promise<void> {
  await replace(db, await widen(db, touches));
}

/** Timelines that are held in memory at once. */
const CLIENTS_AT_ONCE = 200;

/** Folds each client's timeline from a moment on, and puts its rows in place of the old ones. */
export async function replace(db: Db, touches: readonly Touch[]): Promise<void> {
  for (let from = 0; from < touches.length; from += CLIENTS_AT_ONCE)
    await replaceSome(db, touches.slice(from, from + CLIENTS_AT_ONCE));
}

async function replaceSome(db: Db, touches: readonly Touch[]): Promise<void> {
  const windows = JSON.stringify(touches);
  const timelines = groupByClient(await readTimelines(db, windows));
  await clearFrom(db, windows);
  const earlier = await countEarlier(db, windows);
  const namesBot = rememberNames();
  const folded = [...timelines].map(([client, events]) => ({
    shopId: events[0]?.shopId ?? 0,
    visits: foldTimeline(events, earlier.get(client), namesBot),
  }));
  await writeFacts(db, folded);
  await enterShops(db, [...new Set(folded.map(({ shopId }) => shopId))]);
}

/** How many sessions each client has kept: those before its window. */
async function countEarlier(db: Db, windows: string): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ shopId: number; clientId: string; earlier: number }[]>`
    select "shopId", "clientId", count(*)::int as earlier
    from jsonb_to_recordset(${windows}::jsonb)
      as touched("shopId" int, "clientId" text, since timestamptz)
    join sessions s on s.shop_id = "shopId" and s.client_id = "clientId"
    group by 1, 2`;
  return new Map(rows.map(({ earlier, ...client }) => [keyOf(client), earlier]));
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
         e.payload->'context' as context, e.payload->'data' as data,
         (e.payload->>'sampleRate')::float8 as "sampleRate"
  from jsonb_to_recordset(${windows}::jsonb)
    as touched("shopId" int, "clientId" text, since timestamptz)
  join pixel_events e on e.shop_id = "shopId" and e.client_id = "clientId"
    and e.occurred_at >= since
    -- an event is filed by its browser's clock, which may be behind by two weeks
    and e.week >= date_trunc('week', since at time zone 'utc' - interval '14 days')::date`;

const keyOf = ({ shopId, clientId }: { shopId: number; clientId: string }) =>
  `${shopId} ${clientId}`;

function groupByClient(rows: readonly Row[]): Map<string, Row[]> {
  const clients = new Map<string, Row[]>();
  for (const row of rows) {
    const known = clients.get(keyOf(row));
    if (known) known.push(row);
    else clients.set(keyOf(row), [row]);
  }
  return clients;
}

/** A shop that has had no sessions until now is folded by this version from its first one on. */
const enterShops = (db: Db, shopIds: readonly number[]) => db.$executeRaw`
  insert into projection_versions (shop_id, projection, version)
  select id, 'sessions', ${FOLD_VERSION}::int from shops where id = any(${shopIds}::int[])
  on conflict (shop_id, projection) do nothing`;
