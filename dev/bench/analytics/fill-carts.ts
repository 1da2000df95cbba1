/** A number from 0 to 1 that a text always has. */
const luckOf = (text: string) => `(abs(hashtext(${text})::bigint) % 1000 / 1000.0)`;

/** What hangs on the facts of a shop, `$1`, and its catalogue: 500 products of 20 vendors and types in 15
 * collections, what each session did with each, carts, checkouts, and a long tail of queries. To be run in
 * this order, once sessions and their facts are there. */
export const OF_CARTS: readonly string[] = [
  `insert into products (shop_id, product_id, handle, title, vendor, product_type, status, tags, description,
     is_gift_card, created_at, updated_at, variant_count, min_price_minor, max_price_minor, is_available,
     content_hash, first_seen_at, as_of)
   select $1::int, 7000000000 + n, 'p' || n, 'Product ' || n, 'Vendor ' || n % 20, 'Type ' || n * 7 % 20,
     'active', '{}', '', false, now(), now(), 1, 4990, 4990, true, '', now(), now()
   from generate_series(0, 499) as n`,
  `insert into variants (shop_id, variant_id, product_id, title, position, options, price_minor,
     is_available, inventory_policy, is_tracked)
   select shop_id, product_id * 10, product_id, 'Default Title', 1, '[]', 4990, true, 'deny', true
   from products where shop_id = $1::int`,
  `insert into collections (shop_id, collection_id, handle, title, updated_at, as_of)
   select $1::int, n, 'c' || n, 'Collection ' || n, now(), now() from generate_series(1, 15) as n`,
  `insert into collection_products (shop_id, collection_id, product_id, position)
   select $1::int, 1 + (product_id + n * 7) % 15, product_id, n
   from products cross join generate_series(0, 1) as n where shop_id = $1::int`,
  `update searches set query = 'word ' || (5000 * ${luckOf("event_id")} ^ 4)::int where shop_id = $1::int`,
  `insert into session_products (shop_id, session_id, product_id, client_id, first_at, last_at, view_count,
     dwell_ms, search_clicks, added_quantity, removed_quantity, is_bot, sample_rate)
   select $1::int, session_id, product_id, min(client_id), min(at), max(at), sum(views), sum(views) * 9000, 0,
     sum(pieces), 0, bool_or(is_bot), min(sample_rate)
   from (select session_id, product_id, client_id, viewed_at as at, 1 as views, 0 as pieces, is_bot, sample_rate
         from product_views where shop_id = $1::int
         union all
         select session_id, product_id, client_id, acted_at, 0, quantity, is_bot, sample_rate
         from cart_actions where shop_id = $1::int and product_id is not null) as done
   group by session_id, product_id`,
  `insert into interactions (shop_id, visitor_id, product_id, first_at, last_at, view_count, dwell_ms,
     added_quantity, removed_quantity, purchased_quantity, weight)
   select $1::int, s.visitor_id, p.product_id, min(p.first_at), max(p.last_at), sum(p.view_count),
     sum(p.dwell_ms), sum(p.added_quantity), 0, 0, 1
   from session_products p join sessions s using (shop_id, session_id)
   where p.shop_id = $1::int and s.bot_rule is null group by s.visitor_id, p.product_id`,
  `insert into carts (shop_id, cart_id, client_id, visitor_id, started_at, last_action_at, abandoned_at,
     recovered_at, converted_at, item_count, lines, value_minor, peak_value_minor, currency, is_bot, sample_rate)
   select a.shop_id, a.event_id, a.client_id, s.visitor_id, a.acted_at, at,
     case when s.order_count = 0 and luck > 0.08 then at + interval '1 hour' end,
     case when luck > 0.9 then at end, case when s.order_count > 0 then at end,
     case when s.order_count = 0 and luck <= 0.08 then 0 else 1 end,
     jsonb_build_array(jsonb_build_object('productId', a.product_id::text, 'variantId', a.variant_id::text)),
     1000 + (luck ^ 3 * 40000)::int, 41000, 'EUR', a.is_bot, a.sample_rate
   from cart_actions a join sessions s using (shop_id, session_id)
   cross join lateral (select ${luckOf("a.event_id")} as luck) as drawn
   cross join lateral (select a.acted_at + luck ^ 4 * interval '1 day' as at) as moment
   where a.shop_id = $1::int and a.kind = 'added'`,
  `insert into checkouts (shop_id, checkout_token, started_at, contact_at, address_at, shipping_at, payment_at,
     completed_at, last_at, client_id, session_id, order_id, item_count, total_minor, currency, is_bot, sample_rate)
   select $1::int, checkout_token, at, case when came > 1 then at + length end,
     case when came > 2 then at + length * 2 end, case when came > 3 then at + length * 3 end,
     case when came > 4 then at + length * 4 end, case when came > 5 then at + length * 5 end,
     at + length * (came - 1), client_id, session_id, order_id, 1, 4990, 'EUR', is_bot, sample_rate
   from (select *, case when order_id is not null then 6 else 1 + (luck * 4)::int end as came,
                luck * interval '90 seconds' as length
         from (select checkout_token, min(reached_at) as at, min(client_id) as client_id,
                      min(session_id) as session_id, max(order_id) as order_id, bool_and(is_bot) as is_bot,
                      min(sample_rate) as sample_rate, ${luckOf("checkout_token")} as luck
               from checkout_steps where shop_id = $1::int group by checkout_token) as begun) as checkout`,
];
