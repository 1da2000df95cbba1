import { customerOf } from "../identity";

/** Whose rows are made anew. */
export type Keys = { shopId: number; visitorIds: readonly string[] };

/** The keys as parameters: `$1` the shop, `$2` the visitors, `$3` the customers among them. */
export const parametersOf = ({ shopId, visitorIds }: Keys): unknown[] => [
  shopId,
  visitorIds,
  visitorIds.flatMap((visitorId) => customerOf(visitorId) ?? []),
];

/** A common table expression over `parametersOf`: the sessions of visitors, without those of bots. */
export const VISITOR_SESSIONS = `
  visitor_sessions as (
    select visitor_id, session_id, client_id, started_at, ended_at, engaged_ms from sessions
    where shop_id = $1 and visitor_id = any($2::text[]) and bot_rule is null
  )`;

/** The verified orders that count: a customer's, and those of nobody's that came of a visitor's session. */
export const VISITOR_ORDERS = `
  visitor_orders as (
    select 'customer:' || customer_id as visitor_id, order_id, session_id, placed_at, revenue_minor,
           has_discount_code or discount_minor > 0 as is_discounted
    from orders
    where shop_id = $1 and customer_id = any($3::bigint[]) and not is_test and cancelled_at is null
    union all
    select s.visitor_id, o.order_id, o.session_id, o.placed_at, o.revenue_minor,
           o.has_discount_code or o.discount_minor > 0
    from sessions s join orders o on o.shop_id = $1 and o.session_id = s.session_id
    where s.shop_id = $1 and s.visitor_id = any($2::text[])
      and o.customer_id is null and not o.is_test and o.cancelled_at is null
  )`;
