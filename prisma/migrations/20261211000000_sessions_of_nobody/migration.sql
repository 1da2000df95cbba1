-- The sessions of a browser that is nobody's yet are found by an index of their own. Each index that begins with the shop
-- looks as good where statistics know nothing of the shop yet, and finds all of its sessions; with `shop_id + 0` none of
-- them can be taken.
create index sessions_of_nobody on sessions (client_id, started_at) where visitor_id is null;

create or replace function note_later_visits(shop_ids integer[], visitor_ids text[], moments timestamptz[])
returns void language plpgsql set search_path = public
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  insert into rollup_changes (shop_id, basis, hour)
  select distinct came.shop_id, 'visitors', date_trunc('hour', s.started_at)
  from (
    select t.shop_id, t.visitor_id, min(t.moment) as moment
    from unnest(shop_ids, visitor_ids, moments) as t(shop_id, visitor_id, moment)
    where t.shop_id in (select id from shops) group by 1, 2
  ) as came cross join lateral (
    select started_at from sessions
    where shop_id = came.shop_id and visitor_id = came.visitor_id and started_at >= came.moment
    union all
    select started_at from sessions
    where came.visitor_id like 'client:%' and shop_id + 0 = came.shop_id and visitor_id is null
      and client_id = substr(came.visitor_id, 8) and started_at >= came.moment
  ) as s;
end $$;

-- Most sessions brought nothing: then nothing more is looked for.
create or replace function note_hours_of_bookings(shop_ids integer[], session_ids text[])
returns void language sql set search_path = public
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  with placed as materialized (
    select o.shop_id, o.order_id, o.customer_id, o.placed_at
    from unnest(shop_ids, session_ids) as t(shop_id, session_id)
    join orders o using (shop_id, session_id)
  ), booked as (
    select shop_id, placed_at as at from placed
    union all
    select shop_id, r.refunded_at from placed join refunds r using (shop_id, order_id)
  ), noted as (
    select note_hours(array_agg(shop_id), array_agg(at), array_agg(at)) from booked
    having count(*) > 0
  ), followed as (
    select note_later_orders(array_agg(shop_id), array_agg(customer_id), array_agg(placed_at))
    from placed having count(*) > 0
  )
  select from noted, followed $$;
