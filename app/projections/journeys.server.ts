import type { Sql } from "~/platform/sql.server";
import type { Token, Touch } from "./history.server";
import { keysOf } from "~/platform/rows.server";

const tokenKeys = (tokens: readonly Token[]) => keysOf(tokens, ({ token }) => token);

/** The browsers on which checkouts went on, from the first step of each. */
export const clientsOf = async (sql: Sql, tokens: readonly Token[]): Promise<Touch[]> =>
  tokens.length === 0
    ? []
    : sql.rows<Touch>(
        `select c.shop_id as "shopId", c.client_id as "clientId", min(c.reached_at) as since
         from unnest($1::int[], $2::text[]) as t(shop_id, token)
         join checkout_steps c on c.shop_id = t.shop_id and c.checkout_token = t.token
         group by 1, 2`,
        tokenKeys(tokens),
      );

/** Joins orders to the sessions that they came of, by their checkouts' tokens, and tells those sessions
 * what they brought. A checkout may go on in several sessions, even on several browsers: the order
 * belongs to the one that saw it completed, else to the one with the last step. */
export async function linkOrders(sql: Sql, tokens: readonly Token[]): Promise<void> {
  if (tokens.length === 0) return;
  await sql.run(
    `with token as (
      select distinct shop_id, token from unnest($1::int[], $2::text[]) as t(shop_id, token)
    ), step as (
      select c.shop_id, c.checkout_token, c.client_id, c.session_id, c.event_id, c.reached_at,
             c.step = 'completed' as is_completion
      from token t join checkout_steps c on c.shop_id = t.shop_id and c.checkout_token = t.token
    ), last as (
      select distinct on (shop_id, checkout_token) *
      from step
      order by shop_id, checkout_token, is_completion desc, reached_at desc, event_id desc
    ), completion as (
      select shop_id, checkout_token, min(reached_at) as completed_at
      from step where is_completion group by 1, 2
    )
    update orders o
    set client_id = last.client_id, session_id = last.session_id,
        completed_at = completion.completed_at
    from token t
    left join last on last.shop_id = t.shop_id and last.checkout_token = t.token
    left join completion on completion.shop_id = t.shop_id and completion.checkout_token = t.token
    where o.shop_id = t.shop_id and o.checkout_token = t.token`,
    tokenKeys(tokens),
  );
  await sql.run(
    `with session as (
      select distinct c.shop_id, c.session_id
      from unnest($1::int[], $2::text[]) as t(shop_id, token)
      join checkout_steps c on c.shop_id = t.shop_id and c.checkout_token = t.token
    )
    update sessions s set order_count = brought.orders, revenue_minor = brought.revenue
    from session cross join lateral (
      select count(*) filter (where not o.is_test and o.cancelled_at is null) as orders,
             coalesce(sum(o.revenue_minor), 0) as revenue
      from orders o where o.shop_id = session.shop_id and o.session_id = session.session_id
    ) as brought
    where s.shop_id = session.shop_id and s.session_id = session.session_id
      and (s.order_count, s.revenue_minor) is distinct from (brought.orders, brought.revenue)`,
    tokenKeys(tokens),
  );
}

export type Owner = { shopId: number; sessionId: string; visitorId: string };

/** Gives sessions to other visitors. */
export const moveSessions = async (sql: Sql, owners: readonly Owner[]): Promise<unknown> =>
  owners.length > 0 &&
  sql.run(
    `update sessions s set visitor_id = t.visitor_id
     from unnest($1::int[], $2::text[], $3::text[]) as t(shop_id, session_id, visitor_id)
     where s.shop_id = t.shop_id and s.session_id = t.session_id`,
    [...keysOf(owners, ({ sessionId }) => sessionId), owners.map(({ visitorId }) => visitorId)],
  );

export type VisitorKey = { shopId: number; visitorId: string };

/** Has the tables of visitors made anew, soon. */
export const markStale = async (sql: Sql, visitors: readonly VisitorKey[]): Promise<unknown> =>
  visitors.length > 0 &&
  sql.run(
    `insert into stale_visitors (shop_id, visitor_id)
     select distinct * from unnest($1::int[], $2::text[])
     on conflict (shop_id, visitor_id) do nothing`,
    keysOf(visitors, ({ visitorId }) => visitorId),
  );

/** Takes visitors whose tables have to be made anew, of a group of shops. Their rows are found by where they lie: as
 * far as statistics know, this table is always empty, and it would be read once for each of its rows. */
export const takeStale = (sql: Sql, group: number, limit: number): Promise<VisitorKey[]> =>
  sql.rows<VisitorKey>(
    `delete from stale_visitors where ctid = any (array(
       select ctid from stale_visitors where shop_id % 16 = $1::int limit $2::int))
     returning shop_id as "shopId", visitor_id as "visitorId"`,
    [group, limit],
  );
