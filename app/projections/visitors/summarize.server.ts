import type { Sql } from "~/platform/sql.server";
import { MINUTE } from "~/platform/time";
import { replaceCarts } from "./carts.server";
import { replaceFeatures } from "./features.server";
import { replaceInteractions } from "./interactions.server";
import { parametersOf, VISITOR_ORDERS, VISITOR_SESSIONS, type Keys } from "./tables.server";

type Shop = { timeZone: string | null; currency: string | null; quietMinutes: number };

/** Makes visitors' rows anew from their sessions, what was done in those, and their orders; those of
 * whom nothing is left have none afterwards. The checkouts of these visitors are up to date before
 * (`foldCheckouts`): a cart learns from them what became of it. */
export async function summarizeVisitors(
  sql: Sql,
  shopId: number,
  visitorIds: readonly string[],
): Promise<void> {
  const [shop] = await sql.rows<Shop>(SHOP, [shopId]);
  if (!shop || visitorIds.length === 0) return;
  const keys = { shopId, visitorIds };
  await replaceVisitors(sql, keys);
  await markReturning(sql, keys);
  await replaceCarts(sql, keys, shop.quietMinutes * MINUTE);
  const interactions = await replaceInteractions(sql, keys);
  await replaceFeatures(sql, keys, { ...shop, interactions });
}

const SHOP = `
  select time_zone as "timeZone", currency, cart_quiet_minutes as "quietMinutes"
  from shops where id = $1`;

async function replaceVisitors(sql: Sql, keys: Keys): Promise<void> {
  await sql.run(CLEAR, [keys.shopId, keys.visitorIds]);
  await sql.run(INSERT, parametersOf(keys));
}

const CLEAR = `delete from visitors where shop_id = $1 and visitor_id = any($2::text[])`;

const INSERT = `
  with ${VISITOR_SESSIONS}, ${VISITOR_ORDERS}, seen as (
    select visitor_id, client_id, started_at as from_at, ended_at as to_at,
           1 as sessions, 0 as orders, 0 as revenue
    from visitor_sessions
    union all
    select visitor_id, null, placed_at, placed_at, 0, 1, revenue_minor from visitor_orders
  )
  insert into visitors (shop_id, visitor_id, customer_id, first_seen_at, last_seen_at,
                        client_count, session_count, order_count, revenue_minor)
  select $1, visitor_id, substring(visitor_id from '^customer:(.*)')::bigint, min(from_at), max(to_at),
         count(distinct client_id), sum(sessions), sum(orders), sum(revenue)
  from seen group by visitor_id`;

/** A visitor's first session is new, on whichever browser, and the others are not. Bots' sessions are
 * counted by themselves. Most of them are right already: their own browser told as much. */
async function markReturning(sql: Sql, { shopId, visitorIds }: Keys): Promise<void> {
  const wrong = await sql.rows<{ sessionId: string; isReturning: boolean }>(WRONG, [
    shopId,
    visitorIds,
  ]);
  if (wrong.length === 0) return;
  await sql.run(
    `update sessions s set is_returning = t.is_returning
     from unnest($2::text[], $3::boolean[]) as t(session_id, is_returning)
     where s.shop_id = $1 and s.session_id = t.session_id`,
    [shopId, wrong.map(({ sessionId }) => sessionId), wrong.map(({ isReturning }) => isReturning)],
  );
}

const WRONG = `
  with placed as (
    select session_id, is_returning as was_returning,
           row_number() over (partition by visitor_id, bot_rule is null
                              order by started_at, session_id) > 1 as is_returning
    from sessions where shop_id = $1 and visitor_id = any($2::text[])
  )
  select session_id as "sessionId", is_returning as "isReturning"
  from placed where is_returning <> was_returning`;
