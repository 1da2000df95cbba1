import type { Db } from "~/platform/db.server";
import { belongsTo, findClients, isEventOf, type PersonRequest } from "./belongings.server";

/** Answers a customer's wish to see their data: keeps, for the merchant to hand over, every event,
 * session and page view that is theirs. Safe to repeat. */
export async function exportCustomer(
  db: Db,
  shopId: number,
  request: PersonRequest,
): Promise<void> {
  const person = await findClients(db, shopId, request);
  await db.$executeRaw`
    with event as (
      select event_id, json_build_object(
        'id', event_id, 'name', name, 'source', source, 'clientId', client_id,
        'customerId', customer_id::text, 'occurredAt', occurred_at, 'receivedAt', received_at,
        'context', payload->'context', 'data', payload->'data', 'consent', payload->'consent'
      ) as row, occurred_at
      from pixel_events where shop_id = ${shopId}::int and ${isEventOf(person)}
    ), session as (
      select json_build_object(
        'id', session_id, 'clientId', client_id, 'customerId', customer_id::text,
        'startedAt', started_at, 'endedAt', ended_at, 'events', event_count,
        'pageViews', page_view_count, 'entryPath', entry_path, 'exitPath', exit_path,
        'referrerHost', referrer_host
      ) as row, started_at
      from sessions where shop_id = ${shopId}::int and ${belongsTo(person)}
    ), page_view as (
      select json_build_object(
        'eventId', event_id, 'sessionId', session_id, 'viewedAt', viewed_at, 'path', path,
        'title', title
      ) as row, viewed_at
      from page_views
      where shop_id = ${shopId}::int and event_id in (select event_id from event)
    )
    insert into privacy_requests (shop_id, request_id, topic, customer_id, completed_at, export)
    select ${shopId}::int, ${request.requestId}, 'customers/data_request',
      ${person.customerId}::bigint, now(), json_build_object(
        'customerId', ${person.customerId}::bigint::text,
        'events', coalesce((select json_agg(row order by occurred_at) from event), '[]'),
        'sessions', coalesce((select json_agg(row order by started_at) from session), '[]'),
        'pageViews', coalesce((select json_agg(row order by viewed_at) from page_view), '[]'))
    on conflict (shop_id, request_id) do nothing`;
}
