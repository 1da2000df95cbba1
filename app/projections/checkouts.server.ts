import type { Sql } from "~/platform/sql.server";

/** Makes the rows of checkouts anew from their steps, in whichever sessions and browsers those were, and
 * from the orders that came of them; a checkout without a step has none. The visitors who had a part in
 * one are stale then: one browser may complete what another began, and that converts the other's cart.
 * @param tokens Shopify's names for the checkouts */
export async function foldCheckouts(
  sql: Sql,
  shopId: number,
  tokens: readonly string[],
): Promise<void> {
  if (tokens.length === 0) return;
  await sql.run(CLEAR, [shopId, tokens]);
  await sql.run(INSERT, [shopId, tokens]);
  await sql.run(MARK_STALE, [shopId, tokens]);
}

const CLEAR = `delete from checkouts where shop_id = $1 and checkout_token = any($2::text[])`;

const MARK_STALE = `
  insert into stale_visitors (shop_id, visitor_id)
  select distinct $1::int, s.visitor_id
  from checkout_steps c join sessions s on s.shop_id = $1 and s.session_id = c.session_id
  where c.shop_id = $1 and c.checkout_token = any($2::text[]) and s.visitor_id is not null
  on conflict (shop_id, visitor_id) do nothing`;

/** Of several orders of one checkout, which Shopify does not make, the first placed counts. */
const INSERT = `
  with reached as (
    select checkout_token, min(reached_at) as started_at,
           min(reached_at) filter (where step = 'contact') as contact_at,
           min(reached_at) filter (where step = 'address') as address_at,
           min(reached_at) filter (where step = 'shipping') as shipping_at,
           min(reached_at) filter (where step = 'payment') as payment_at,
           min(reached_at) filter (where step = 'completed') as completed_at,
           max(order_id) as order_id, min(sample_rate) as sample_rate, bool_and(is_bot) as is_bot
    from checkout_steps where shop_id = $1 and checkout_token = any($2::text[])
    group by checkout_token
  ), last_steps as (
    select distinct on (checkout_token) checkout_token, reached_at, client_id, session_id,
           item_count, total_minor, currency
    from checkout_steps where shop_id = $1 and checkout_token = any($2::text[])
    order by checkout_token, reached_at desc, event_id desc
  ), first_orders as (
    select distinct on (checkout_token) checkout_token, order_id, placed_at
    from orders where shop_id = $1 and checkout_token = any($2::text[])
    order by checkout_token, placed_at, order_id
  )
  insert into checkouts (shop_id, checkout_token, started_at, contact_at, address_at, shipping_at,
                         payment_at, completed_at, last_at, client_id, session_id, order_id,
                         item_count, total_minor, currency, is_bot, sample_rate)
  select $1, checkout_token, r.started_at, r.contact_at, r.address_at, r.shipping_at, r.payment_at,
         coalesce(r.completed_at, o.placed_at), l.reached_at, l.client_id, l.session_id,
         coalesce(o.order_id, r.order_id), l.item_count, l.total_minor, l.currency, r.is_bot,
         r.sample_rate
  from reached r join last_steps l using (checkout_token)
  left join first_orders o using (checkout_token)`;
