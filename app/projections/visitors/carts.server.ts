import { groupBy } from "~/platform/group-by";
import type { Sql } from "~/platform/sql.server";
import { insertRows, type OfShop, type Table } from "~/platform/rows.server";
import { cartRow, splitIntoCarts, type CartEvent, type CartRow } from "./carts";
import type { Keys } from "./tables.server";

/** Folds the carts anew of every browser of the visitors. An order converts the cart of each browser on
 * which its checkout went on.
 * @param quietMs after how long without a change a cart counts as abandoned */
export async function replaceCarts(
  sql: Sql,
  { shopId, visitorIds }: Keys,
  quietMs: number,
): Promise<void> {
  const found = await sql.rows<{ clientId: string }>(CLIENTS, [shopId, visitorIds]);
  const clientIds = found.map(({ clientId }) => clientId);
  const before = await sql.rows<CartRow>(BEFORE, [shopId, visitorIds, clientIds]);
  const events = await sql.rows<CartEvent & { clientId: string }>(EVENTS, [shopId, clientIds]);
  const rows = [...groupBy(events, (event) => event.clientId)].flatMap(([clientId, done]) =>
    splitIntoCarts(done, quietMs).map((cart) => ({ shopId, ...cartRow(clientId, cart, quietMs) })),
  );
  await replaceChanged(sql, { shopId, before, rows });
}

type Rows = { shopId: number; before: readonly CartRow[]; rows: readonly OfShop<CartRow>[] };

/** Leaves alone what stays as it is: whoever keeps sums of carts takes each that is written for a changed one. */
async function replaceChanged(sql: Sql, { shopId, before, rows }: Rows): Promise<void> {
  const told = new Map(before.map((row) => [row.cartId, textOf(row)]));
  const stays = new Set(
    rows.filter((row) => told.get(row.cartId) === textOf(row)).map(({ cartId }) => cartId),
  );
  const gone = [...told.keys()].filter((cartId) => !stays.has(cartId));
  if (gone.length > 0) await sql.run(CLEAR, [shopId, gone]);
  await insertRows(
    sql,
    CARTS,
    rows.filter(({ cartId }) => !stays.has(cartId)),
  );
}

/** A row's columns as text, of the precision that they are kept with. */
const textOf = (row: CartRow): string =>
  JSON.stringify(
    { ...row, sampleRate: Math.fround(row.sampleRate) },
    Object.keys(CARTS.columns).concat("productId", "variantId"),
  );

const CARTS: Table<CartRow> = {
  table: "carts",
  columns: {
    ...{ cartId: "text", clientId: "text", visitorId: "text", startedAt: "timestamptz" },
    ...{ lastActionAt: "timestamptz", abandonedAt: "timestamptz", recoveredAt: "timestamptz" },
    ...{ convertedAt: "timestamptz", itemCount: "bigint", lines: "jsonb" },
    ...{
      valueMinor: "bigint",
      peakValueMinor: "bigint",
      currency: "text",
      isBot: "boolean",
      sampleRate: "real",
    },
  },
};

const CLIENTS = `
  select distinct client_id as "clientId" from sessions
  where shop_id = $1 and visitor_id = any($2::text[])`;

const BEFORE = `
  select cart_id as "cartId", client_id as "clientId", visitor_id as "visitorId",
         started_at as "startedAt", last_action_at as "lastActionAt", abandoned_at as "abandonedAt",
         recovered_at as "recoveredAt", converted_at as "convertedAt", item_count::float8 as "itemCount",
         lines, value_minor::float8 as "valueMinor", peak_value_minor::float8 as "peakValueMinor", currency,
         is_bot as "isBot", sample_rate as "sampleRate"
  from carts
  where shop_id = $1 and (visitor_id = any($2::text[]) or client_id = any($3::text[]))`;

const CLEAR = `delete from carts where shop_id = $1 and cart_id = any($2::text[])`;

const EVENTS = `
  with steps as (
    select c.client_id, c.event_id, c.reached_at, c.checkout_token, c.step, s.visitor_id, c.is_bot,
           c.sample_rate
    from checkout_steps c left join sessions s on s.shop_id = $1 and s.session_id = c.session_id
    where c.shop_id = $1 and c.client_id = any($2::text[])
  ), last_steps as (
    select distinct on (client_id, checkout_token) client_id, event_id, checkout_token, visitor_id,
           is_bot, sample_rate
    from steps order by client_id, checkout_token, reached_at desc, event_id desc
  )
  select a.client_id as "clientId", a.event_id as "eventId", a.acted_at as at,
         s.visitor_id as "visitorId", a.is_bot as "isBot", a.sample_rate as "sampleRate", a.kind,
         a.variant_id::text as "variantId", a.product_id::text as "productId", a.quantity,
         a.value_minor::float8 as "valueMinor", a.currency
  from cart_actions a left join sessions s on s.shop_id = $1 and s.session_id = a.session_id
  where a.shop_id = $1 and a.client_id = any($2::text[])
  union all
  select client_id, event_id, reached_at, visitor_id, is_bot, sample_rate,
         case when step = 'completed' then 'completed' else 'checkout' end,
         null, null, null, null, null
  from steps where step <> 'completed' or checkout_token is null
  union all
  select l.client_id, 'completed ' || l.event_id, k.completed_at, l.visitor_id, l.is_bot,
         l.sample_rate, 'completed', null, null, null, null, null
  from last_steps l join checkouts k on k.shop_id = $1 and k.checkout_token = l.checkout_token
  where k.completed_at is not null`;
