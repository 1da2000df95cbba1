import { exportSubscriptions } from "~/catalog/alerts/privacy.server";
import type { Sql } from "~/platform/sql.server";
import {
  BELONGS,
  findClients,
  IS_EVENT_OF,
  parametersOf,
  type PersonRequest,
} from "./belongings.server";

/** Answers a customer's wish to see their data: keeps, for the merchant to hand over, every event, and
 * the sessions, page views and orders that were made of them, and what they wait to be told of. Safe to repeat. */
export async function exportCustomer(
  sql: Sql,
  shopId: number,
  request: PersonRequest,
): Promise<void> {
  const person = await findClients(sql, shopId, request);
  const { customerId, contactMarks = [] } = request;
  const subscriptions = await exportSubscriptions(sql, shopId, { customerId, contactMarks });
  await sql.run(EXPORT, [
    ...[...parametersOf(shopId, person), request.requestId],
    JSON.stringify(subscriptions),
  ]);
}

const EXPORT = `
  with event as (
    select event_id, json_build_object(
      'id', event_id, 'name', name, 'source', source, 'clientId', client_id,
      'customerId', customer_id::text, 'occurredAt', occurred_at, 'receivedAt', received_at,
      'context', payload->'context', 'data', payload->'data', 'consent', payload->'consent'
    ) as row, occurred_at
    from pixel_events where shop_id = $1::int and ${IS_EVENT_OF}
  ), session as (
    select json_build_object(
      'id', session_id, 'clientId', client_id, 'customerId', customer_id::text,
      'startedAt', started_at, 'endedAt', ended_at, 'events', event_count,
      'pageViews', page_view_count, 'entryPath', entry_path, 'exitPath', exit_path,
      'referrerHost', referrer_host, 'visitorId', visitor_id
    ) as row, started_at
    from sessions where shop_id = $1::int and ${BELONGS}
  ), page_view as (
    select json_build_object(
      'eventId', event_id, 'sessionId', session_id, 'viewedAt', viewed_at, 'path', path,
      'title', title
    ) as row, viewed_at
    from page_views
    where shop_id = $1::int and event_id in (select event_id from event)
  ), person_order as (
    select json_build_object(
      'id', order_id::text, 'name', name, 'placedAt', placed_at, 'totalMinor', total_minor,
      'refundedMinor', refunded_minor, 'currency', currency
    ) as row, placed_at
    from orders
    where shop_id = $1::int and (customer_id = $2::bigint or order_id = any($3::bigint[]))
  )
  insert into privacy_requests (shop_id, request_id, topic, customer_id, completed_at, export)
  select $1::int, $5, 'customers/data_request', $2::bigint, now(), json_build_object(
    'customerId', $2::bigint::text,
    'events', coalesce((select json_agg(row order by occurred_at) from event), '[]'),
    'sessions', coalesce((select json_agg(row order by started_at) from session), '[]'),
    'pageViews', coalesce((select json_agg(row order by viewed_at) from page_view), '[]'),
    'orders', coalesce((select json_agg(row order by placed_at) from person_order), '[]'),
    'alertSubscriptions', $6::json)
  on conflict (shop_id, request_id) do nothing`;
