import { fillRollups } from "~/analytics/rollups/check.server";
import { ensurePartitions } from "~/events/log.server";
import { MOST_PAGES, THEN } from "~/projections/journey";
import { DAY, SECOND } from "~/platform/time";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { OF_CARTS } from "./fill-carts";
import { DAYS, TIME_ZONE, type Filling } from "./shop";

/** Events and page views that one session has in the mean; how often a browser comes. */
const EVENTS_A_SESSION = 10;
const SESSIONS_A_CLIENT = 2.5;

/** Writes a shop's facts and its log by statements, an hour faster than ten million events are folded; what they hold is
 * as random as it has to be for the queries to have the work that real ones have. Then their sums.
 * @returns what took how long */
export async function writeFacts(db: Database, shop: Filling): Promise<string> {
  const begun = performance.now();
  await writeAll(db, shop);
  await db.$executeRaw`vacuum analyze`;
  const written = performance.now();
  await fillRollups(db, shop.id, TIME_ZONE);
  const [writing, summing] = [written - begun, performance.now() - written];
  return `written in ${(writing / SECOND).toFixed(1)} s, sums in ${(summing / SECOND).toFixed(1)} s`;
}

async function writeAll(db: Database, { id, events, now }: Filling): Promise<void> {
  for (let day = 0; day <= DAYS; day += 7)
    await ensurePartitions(db, new Date(now.getTime() - day * DAY));
  const sessions = Math.round(events / EVENTS_A_SESSION);
  await inTransaction(db.pool, async (sql) => {
    await sql.run("select setseed(0.25)");
    const clients = Math.ceil(sessions / SESSIONS_A_CLIENT);
    await sql.run(SESSIONS, [id, sessions, clients, now, DAYS]);
  });
  await db.$executeRaw`analyze sessions`;
  const waiting = [...OF_SESSIONS];
  const writeRest = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await db.pool.query(next, [id]);
  };
  await Promise.all([writeRest(), writeRest()]);
  for (const statement of OF_CARTS) await db.pool.query(statement, [id]);
}

/** One row of something for rows of a shop's sessions: \`s\`, with \`n\` counting from 1. */
const ofSessions = (into: string, what: string, which: string) => `
  insert into ${into}
  select ${what}
  from sessions s cross join lateral generate_series(1, ${which}) as n
  where s.shop_id = $1::int`;

/** Whose it is; an event of each table by itself. */
const base = (table: string) =>
  `s.shop_id, '${table}' || s.session_id || '-' || n, s.session_id, s.client_id`;
const AT = "s.started_at + n * interval '1 second'";
const CHANCE = "abs(hashtext(s.session_id || n))";
const PATH = `case n when 1 then s.entry_path when s.page_view_count then s.exit_path else '/p' || ${CHANCE} % 300 end`;
const PRODUCT = "7000000000 + abs(hashtext(s.session_id || n)) % 500";
/** Whether a session came as far as a share of all. */
const share = (percent: number, session = "s.session_id") =>
  `abs(hashtext(${session})) % 100 < ${percent}`;
const IF_CART = `case when s.order_count > 0 or ${share(12)} then 1 else 0 end`;
const IF_ORDER = "s.order_count";
const TAIL = "s.bot_rule is not null, s.sample_rate";

const SESSIONS = `
  insert into sessions (shop_id, session_id, client_id, visitor_id, started_at, ended_at, number,
    is_returning, event_count, page_view_count, interaction_count, engaged_ms, is_bounce, order_count,
    revenue_minor, entry_path, exit_path, referrer_host, utm_source, utm_medium, utm_campaign, channel,
    device, browser, os, language, country, bot_rule, stage, product_ms, cart_ms, checkout_ms, purchase_ms,
    first_pages, pages_to_purchase, first_paths, paths_to_purchase)
  select $1::int, 's' || i, 'c' || client, 'client:c' || client, at, at + length, number, number > 1,
    10, pages, pages * 2, extract(epoch from length)::int * 600, pages = 1, orders, orders * 4990,
    '/products/p' || (luck * luck * 300)::int, '/products/p' || (other * other * 300)::int,
    case when luck < 0.4 then 'site' || (other * 10)::int || '.example' end,
    case when luck > 0.7 then 'source' || (other * 8)::int end, case when luck > 0.7 then 'cpc' end,
    case when luck > 0.7 then 'campaign' || (other * other * 25)::int end,
    (array['direct', 'organic_search', 'paid_search', 'email', 'social', 'referral'])
      [1 + (luck * other * 5.99)::int % 6],
    (array['mobile', 'desktop', 'tablet'])[1 + (other * other * 2.9)::int],
    (array['Chrome', 'Safari', 'Firefox', 'Edge'])[1 + (third * third * 3.9)::int],
    (array['Android', 'iOS', 'Windows', 'macOS'])[1 + (third * 3.9)::int],
    (array['de-CH', 'fr-CH', 'en-GB', 'it-CH'])[1 + (luck * 3.9)::int],
    case when orders > 0 then (array['CH', 'DE', 'FR', 'AT'])[1 + (other * 3.9)::int] end,
    case when third > 0.97 then 'declared' end, stage,
    case when stage > 1 then (other * 90000)::int end, case when stage > 2 then (luck * 200000)::int end,
    case when stage > 3 then (third * 9000000)::int % 400000 end, case when stage > 4 then 60000 + (other * 240000)::int end,
    way, case when stage > 4 then way end, array_to_string(paths[:${MOST_PAGES}], '${THEN}'),
    case when stage > 4 then array_to_string(paths[greatest(1, cardinality(paths) - ${MOST_PAGES - 1}):], '${THEN}') end
  from (
    select *, case when orders > 0 then 5 when ${share(6, "'s' || i")} then 4 when ${share(12, "'s' || i")} then 3
                   when pages > 1 then 2 else 1 end as stage
    from (
    select *, case when luck < 0.4 then 1 else 1 + (other * 6)::int end as pages,
           interval '10 seconds' + case when luck < 0.4 then interval '0'
                                        else interval '1 second' * (-240 * ln(other + 0.001)) end as length,
           case when third < 0.03 and luck >= 0.4 then 1 else 0 end as orders,
           row_number() over (partition by client order by at) as number
    from (select i, 1 + floor(random() * random() * $3::int)::int as client, random() as luck, random() as other,
                 random() as third, $4::timestamptz - random() * $5::int * interval '1 day' as at
          from generate_series(1, $2::int) as i) as drawn) as visit
  ) as visit cross join lateral (
    select string_agg((array['home', 'collection', 'product', 'search', 'cart'])[1 + place % 5], '${THEN}' order by n) as way
    from (select n, sum(1 + (4 * (abs(hashtext('s' || i || n)) % 1000 / 1000.0) ^ 2)::int) over (order by n)::int as place
          from generate_series(1, least(pages, 5)) as n) as walk
  ) as walked cross join lateral (
    select array_agg(path order by n) filter (where path is distinct from before) as paths
    from (select n, path, lag(path) over (order by n) as before
          from generate_series(1, pages) as n cross join lateral (
            select case n when 1 then '/products/p' || (luck * luck * 300)::int
                          when pages then '/products/p' || (other * other * 300)::int
                          else '/p' || abs(hashtext('s' || i || n)) % 300 end as path) as page) as views
  ) as pathed`;

/** The longest first, so that two can be written at a time and end together. */
const OF_SESSIONS: readonly string[] = [
  ofSessions(
    "pixel_events (shop_id, week, event_id, source, name, client_id, seq, occurred_at, received_at, payload)",
    `s.shop_id, date_trunc('week', ${AT})::date, s.session_id || '-' || n, 'pixel', case when n <= s.page_view_count then 'page_viewed' else 'pixelnova:element_clicked' end,
     s.client_id, n, ${AT}, ${AT}, ('{"context":{"path":"/p' || n || '","title":"' || repeat('x', 300) || '"},"data":{},"consent":null}')::json`,
    String(EVENTS_A_SESSION),
  ),
  ofSessions(
    "page_views (shop_id, event_id, session_id, client_id, viewed_at, path, title, page_type, visible_ms, scroll_percent, first_interaction_ms, is_repeat, is_exit, is_bot, sample_rate)",
    `${base("page_views")}, ${AT}, ${PATH}, 'Title of ' || ${PATH}, (array['home', 'collection', 'product', 'search', 'cart'])[1 + abs(hashtext(${PATH})) % 5],
     ${CHANCE} % 60000, ${CHANCE} % 101, case when ${CHANCE} % 3 > 0 then ${CHANCE} % 20000 end, n > 1 and ${CHANCE} % 5 = 0, n = s.page_view_count, ${TAIL}`,
    "s.page_view_count",
  ),
  ofSessions(
    "product_views (shop_id, event_id, session_id, client_id, viewed_at, product_id, variant_id, product_type, vendor, price_minor, currency, dwell_ms, is_repeat, is_bot, sample_rate)",
    `${base("product_views")}, ${AT}, ${PRODUCT}, (${PRODUCT}) * 10, 'Tents', 'Northwind', 4990, 'EUR', 9000, false, ${TAIL}`,
    "s.page_view_count / 2",
  ),
  ofSessions(
    "searches (shop_id, event_id, session_id, client_id, searched_at, query, result_count, is_bot, sample_rate)",
    `${base("searches")}, ${AT}, 'word ' || abs(hashtext(s.session_id)) % 400, abs(hashtext(s.session_id)) % 12, ${TAIL}`,
    `case when ${share(10)} then 1 else 0 end`,
  ),
  ofSessions(
    "cart_actions (shop_id, event_id, session_id, client_id, acted_at, kind, product_id, variant_id, quantity, value_minor, currency, is_bot, sample_rate)",
    `${base("cart_actions")}, ${AT}, 'added', ${PRODUCT}, (${PRODUCT}) * 10, 1, 4990, 'EUR', ${TAIL}`,
    IF_CART,
  ),
  ofSessions(
    "clicks (shop_id, event_id, session_id, client_id, clicked_at, kind, path_template, page_type, element, relative_x, relative_y, viewport, is_bot, sample_rate)",
    `${base("clicks")}, ${AT}, case when ${CHANCE} % 20 = 0 then 'rage' else 'click' end, case ${CHANCE} % 12 when 0 then '/products/*' else '/template' || ${CHANCE} % 12 || '/*' end, 'product', 'a.card' || ${CHANCE} / 12 % 40,
     ${CHANCE} % 100 / 100.0, ${CHANCE} % 97 / 97.0, (array['phone', 'tablet', 'desktop'])[1 + abs(hashtext(s.session_id)) % 3], ${TAIL}`,
    "2",
  ),
  ofSessions(
    "funnel_steps (shop_id, session_id, client_id, place, step, reached_at, ms_since_previous, is_skipped, is_bot, sample_rate)",
    `s.shop_id, s.session_id, s.client_id, n, (array['browsed', 'viewed product', 'added to cart', 'started', 'contact', 'address', 'shipping', 'payment', 'completed'])[n],
     ${AT}, case when n > 1 then 1000 end, false, ${TAIL}`,
    `case when s.order_count > 0 then 9 when ${share(6)} then 4 when ${share(12)} then 3 when s.page_view_count > 1 then 2 else 1 end`,
  ),
  ofSessions(
    "checkout_steps (shop_id, event_id, session_id, client_id, reached_at, checkout_token, step, order_id, item_count, total_minor, currency, is_bot, sample_rate)",
    `${base("checkout_steps")}, ${AT}, 't' || s.session_id, (array['started', 'completed'])[n], case n when 2 then substr(s.session_id, 2)::bigint end, 1, 4990, 'EUR', ${TAIL}`,
    `case when s.order_count > 0 then 2 when ${share(6)} then 1 else 0 end`,
  ),
  ofSessions(
    "orders (shop_id, order_id, name, placed_at, updated_at, is_test, customer_id, checkout_token, currency, total_minor, subtotal_minor, discount_minor, tax_minor, shipping_minor, refunded_minor, revenue_minor, item_count, has_discount_code, source, first_received_at, client_id, session_id, completed_at)",
    `s.shop_id, substr(s.session_id, 2)::bigint, '#' || s.session_id, ${AT}, ${AT}, false, substr(s.client_id, 2)::bigint, 't' || s.session_id, 'EUR',
     4990, 4990, 0, 800, 0, 0, 4990, 1, ${share(20)}, 'webhook', ${AT}, s.client_id, s.session_id, ${AT}`,
    IF_ORDER,
  ),
  ofSessions(
    "order_items (shop_id, order_id, line_item_id, placed_at, product_id, variant_id, title, vendor, quantity, refunded_quantity, price_minor, discount_minor)",
    `s.shop_id, substr(s.session_id, 2)::bigint, n, ${AT}, ${PRODUCT}, (${PRODUCT}) * 10, 'Tent', 'Northwind', 1, 0, 4990, 0`,
    IF_ORDER,
  ),
  ofSessions(
    "refunds (shop_id, order_id, refund_id, refunded_at, total_minor, item_count)",
    `s.shop_id, substr(s.session_id, 2)::bigint, n, ${AT}, 4990, 1`,
    `case when s.order_count > 0 and ${share(5)} then 1 else 0 end`,
  ),
  `insert into visitors (shop_id, visitor_id, first_seen_at, last_seen_at, client_count, session_count, order_count, revenue_minor)
   select $1::int, visitor_id, min(started_at), max(ended_at), 1, count(*), sum(order_count), sum(revenue_minor)
   from sessions where shop_id = $1::int and bot_rule is null group by visitor_id`,
  `insert into ingest_counts (shop_id, hour, outcome, origin, key, events)
   select $1::int, date_trunc('hour', started_at), outcome, 'pixel', '', ceil(sum(event_count) * share)
   from sessions, (values ('accepted', 1), ('duplicate', 0.02), ('dropped_by_browser', 0.003)) as came(outcome, share)
   where shop_id = $1::int group by 2, 3, share`,
];
