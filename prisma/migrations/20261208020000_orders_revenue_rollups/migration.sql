-- A customer's orders, in order: which was the first, and which came before another. For the planner to read
-- them from the index alone.
create index orders_of_customers on orders (shop_id, customer_id, placed_at, order_id)
include (revenue_minor) where not is_test and cancelled_at is null;

-- What orders brought, kept by spans: docs/decisions/0025-keep-answers-by-span.md.
create table revenue_rollups (
  shop_id        integer not null references shops (id) on delete cascade,
  unit           text not null,
  starts_at      timestamptz(3) not null,
  dimension      text not null,
  value          text not null,
  orders         double precision not null,
  gross_minor    double precision not null,
  discount_minor double precision not null,
  refund_minor   double precision not null,
  tax_minor      double precision not null,
  shipping_minor double precision not null,
  units          double precision not null,
  primary key (shop_id, unit, starts_at, dimension, value)
);

-- A refund counts when it is paid back, and only if its order does: by what its order's session was.
create or replace function note_hours_of_orders() returns trigger
language plpgsql set search_path = public as $$
begin
  if tg_op <> 'INSERT' then
    perform note_hours(array_agg(shop_id), array_agg(placed_at), array_agg(placed_at)) from old_orders;
    perform note_hours(array_agg(r.shop_id), array_agg(r.refunded_at), array_agg(r.refunded_at))
    from old_orders join refunds r using (shop_id, order_id);
  end if;
  if tg_op <> 'DELETE' then
    perform note_hours(array_agg(shop_id), array_agg(placed_at), array_agg(placed_at)) from new_orders;
    perform note_hours(array_agg(r.shop_id), array_agg(r.refunded_at), array_agg(r.refunded_at))
    from new_orders join refunds r using (shop_id, order_id);
  end if;
  return null;
end $$;

-- What tells a session apart tells its orders and their refunds apart, whenever they were booked.
create function note_hours_of_bookings(shop_ids integer[], session_ids text[])
returns void language sql set search_path = public
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  with placed as materialized (
    select o.shop_id, o.order_id, o.placed_at
    from unnest(shop_ids, session_ids) as t(shop_id, session_id)
    join orders o using (shop_id, session_id)
  ), booked as (
    select shop_id, placed_at as at from placed
    union all
    select shop_id, r.refunded_at from placed join refunds r using (shop_id, order_id)
  )
  select note_hours(array_agg(shop_id), array_agg(at), array_agg(at)) from booked $$;

create function note_bookings_of_sessions() returns trigger
language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    perform note_hours_of_bookings(array_agg(shop_id), array_agg(session_id)) from new_sessions;
  elsif tg_op = 'DELETE' then
    perform note_hours_of_bookings(array_agg(shop_id), array_agg(session_id)) from old_sessions;
  else
    perform note_hours_of_bookings(array_agg(shop_id), array_agg(session_id))
    from old_sessions o full join new_sessions n using (shop_id, session_id)
    where (o.channel, o.utm_source, o.referrer_host, o.utm_campaign, o.device, o.browser, o.country,
           o.entry_path, o.is_returning, o.os, o.language, o.exit_path)
          is distinct from
          (n.channel, n.utm_source, n.referrer_host, n.utm_campaign, n.device, n.browser, n.country,
           n.entry_path, n.is_returning, n.os, n.language, n.exit_path);
  end if;
  return null;
end $$;

create trigger bookings_inserted after insert on sessions referencing new table as new_sessions
for each statement execute function note_bookings_of_sessions();
create trigger bookings_updated after update on sessions
referencing old table as old_sessions new table as new_sessions
for each statement execute function note_bookings_of_sessions();
create trigger bookings_deleted after delete on sessions referencing old table as old_sessions
for each statement execute function note_bookings_of_sessions();

delete from rollup_spans;
