import type { Database } from "~/platform/db.server";
import { ensurePartitions } from "~/events/log.server";
import { DAY, HOUR, MINUTE, weekOf } from "~/platform/time";

/** What stands in one shop's rows and nowhere else: a word, a number and an id. The number is a power of
 * two, so that a row of which so many are sampled counts for exactly it. */
export const WORD = "only-in-the-first-shop";
export const NUMBER = String(2 ** 29);
export const ID = "77007700-7700-4700-8700-770077007700";
export const MARKS = new RegExp([WORD, NUMBER, ID].join("|"), "i");

type Column = { table: string; name: string; type: string };
type Row = Record<string, unknown>;
/** Whose rows they are, a shop that it is linked with, and when it all happens. */
type About = { first: number; partner: number; now: number };

/** Others refer to them, or are made of them by the database itself. */
const EARLY = [
  ...["products", "collections", "variants", "alert_subscriptions", "alerts"],
  ...["rollup_states", "sessions"],
];

/** Columns whose values mean something to the app, by name, or by table and name. */
function meaningOf({ table, name }: Column, { first, partner, now }: About): unknown {
  const meanings: Record<string, unknown> = {
    ...{ shop_id: first, listing_shop_id: first, one_shop_id: first, other_shop_id: first },
    "store_links.other_shop_id": partner,
    ...{
      visitor_id: `client:${WORD}`,
      week: weekOf(new Date(now - MINUTE)),
      sample_rate: 1 / Number(NUMBER),
    },
    ...{ deleted_at: null, cancelled_at: null, bot_rule: null, revoked_at: null, told_at: null },
    ...{ expires_at: new Date(now + DAY), place: 1, quantity: 1, started_at: new Date(now - HOUR) },
    ...{ placed_at: new Date(now - 3 * DAY) },
    ...{ status: "ACTIVE", "backfills.status": "running", "catalog_syncs.status": "reading" },
    ...{ viewport: "desktop", is_question: true, confidence: 1, currency: "EUR" },
    ...{ "cart_actions.kind": "added", "clicks.kind": "click", "identity_links.kind": "order" },
    ...{ "alerts.kind": "price_drop", "alert_subscriptions.kind": "back_in_stock" },
    "funnels.definition": {
      ...{ steps: [{ kind: "product", vendor: WORD }, { kind: "purchase" }] },
      ...{ order: "ordered", windowMinutes: 60, countedBy: "session" },
    },
    ...{ "checkout_steps.step": "started", "funnel_steps.step": "page_viewed" },
    ...{
      "match_pairs.reasons": [],
      "alert_deliveries.due_at": null,
      ...{ "annotations.at": null, "annotations.made_by": "merchant", "annotations.kind": "other" },
      "rollup_states.time_zone": "Europe/Berlin",
      "session_changes.parts": Array(6).fill(WORD),
      stale_hours: 24,
      "pixel_events.name": "page_viewed",
    },
    "pixel_events.payload": { data: {}, context: { path: `/${WORD}`, title: WORD } },
    "privacy_requests.topic": "customers/data_request",
  };
  const own = `${table}.${name}`;
  return own in meanings ? meanings[own] : meanings[name];
}

/** Any value of a column's type, which has a mark where the type can hold one. */
function valueOf(column: Column, about: About): unknown {
  const meaning = meaningOf(column, about);
  if (meaning !== undefined) return meaning;
  const values: Record<string, unknown> = {
    ...{ text: WORD, uuid: ID, int4: 1, int8: NUMBER, float4: 1, float8: 1, bool: false },
    ...{
      timestamptz: new Date(about.now - MINUTE),
      date: new Date(about.now).toISOString().slice(0, 10),
    },
    ...{ json: {}, jsonb: { [WORD]: 1 }, _text: [WORD], _int8: [NUMBER] },
  };
  if (!(column.type in values))
    throw new Error(`${column.table}.${column.name}: no value of type ${column.type} is known`);
  return values[column.type];
}

/** Puts a marked row of a shop into every table that has rows of shops, where it has none yet. */
export async function fillEveryTable(db: Database, about: About): Promise<void> {
  await ensurePartitions(db, new Date(about.now));
  const columns = await columnsOf(db);
  const filled = await rowsOf(db, about.first);
  for (const table of new Set([...EARLY, ...filled.keys()])) {
    if (filled.get(table)) continue;
    const own = columns.filter((column) => column.table === table);
    await insertInto(db, table, Object.fromEntries(own.map((c) => [c.name, valueOf(c, about)])));
  }
}

async function insertInto(db: Database, table: string, row: Row): Promise<void> {
  const [names, values] = [Object.keys(row), Object.values(row)];
  const places = names.map((_, index) => `$${index + 1}`);
  const sql = `insert into ${table} ("${names.join('","')}") overriding system value values (${places.join()})`;
  await db.pool.query(sql, values).catch((error: unknown) => {
    throw new Error(`${table}: ${String(error)}`);
  });
}

/** Columns that have to be given of the tables with a shop's rows: no partitions, no views. */
const columnsOf = (db: Database) => db.$queryRaw<Column[]>`
  select c.relname as "table", a.attname as name, t.typname as type
  from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    and t.typname <> 'xid8' and (c.relname, a.attname) <> ('pixel_events', 'position')
    and exists (select from pg_attribute s where s.attrelid = c.oid and s.attname = 'shop_id')
  order by c.relname, a.attnum`;

/** All rows of a shop, by table, as text that is the same as long as they are. */
export async function rowsOf(db: Database, shopId: number): Promise<Map<string, string>> {
  const tables = [...new Set((await columnsOf(db)).map(({ table }) => table))];
  const found = await Promise.all(
    tables.map(async (table) => {
      const { rows } = await db.pool.query<{ row: string }>(
        `select row_to_json(t)::text as row from ${table} t where shop_id = $1 order by 1`,
        [shopId],
      );
      return [table, rows.map(({ row }) => row).join("\n")] as const;
    }),
  );
  return new Map(found);
}
