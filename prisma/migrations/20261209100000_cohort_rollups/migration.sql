-- Who came again, kept by spans: docs/decisions/0025-keep-answers-by-span.md.
create table visit_cohort_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  dimension text not null,
  step_unit text not null,
  first_day date not null,
  value     text collate "C" not null,
  step      integer not null,
  people    double precision not null,
  primary key (shop_id, unit, starts_at, dimension, step_unit, first_day, value, step)
);

create table order_cohort_rollups (
  shop_id     integer not null references shops (id) on delete cascade,
  unit        text not null,
  starts_at   timestamptz(3) not null,
  dimension   text not null,
  step_unit   text not null,
  first_day   date not null,
  value       text collate "C" not null,
  step        integer not null,
  people      double precision not null,
  first_minor double precision not null,
  later_minor double precision not null,
  primary key (shop_id, unit, starts_at, dimension, step_unit, first_day, value, step)
);

-- Later visits are kept by the channel and the device of the first one as well.
create or replace function note_later_visits_of_sessions() returns trigger
language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    perform note_later_visits(array_agg(shop_id), array_agg(visitor_of(n)), array_agg(started_at))
    from new_sessions n;
  elsif tg_op = 'DELETE' then
    perform note_later_visits(array_agg(shop_id), array_agg(visitor_of(o)), array_agg(started_at))
    from old_sessions o;
  else
    perform note_later_visits(array_agg(shop_id), array_agg(visitor_id), array_agg(started_at))
    from (
      select o.shop_id, unnest(array[visitor_of(o), visitor_of(n)]) as visitor_id,
             least(o.started_at, n.started_at) as started_at
      from old_sessions o join new_sessions n using (shop_id, session_id)
      where row(o.visitor_id, o.client_id, o.started_at, o.bot_rule, o.sample_rate, o.utm_source,
                o.referrer_host, o.utm_campaign, o.entry_path, o.exit_path, o.os, o.language,
                o.is_returning, o.channel, o.device)
            is distinct from
            row(n.visitor_id, n.client_id, n.started_at, n.bot_rule, n.sample_rate, n.utm_source,
                n.referrer_host, n.utm_campaign, n.entry_path, n.exit_path, n.os, n.language,
                n.is_returning, n.channel, n.device)
    ) as changed;
  end if;
  return null;
end $$;

-- What came before a customer's later orders changes with an earlier one: notes the hours of all from these
-- moments on.
create function note_later_orders(shop_ids integer[], customer_ids bigint[], moments timestamptz[])
returns void language plpgsql set search_path = public
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  insert into rollup_changes (shop_id, basis, hour)
  select distinct bought.shop_id, 'visitors', date_trunc('hour', o.placed_at)
  from (
    select t.shop_id, t.customer_id, min(t.moment) as moment
    from unnest(shop_ids, customer_ids, moments) as t(shop_id, customer_id, moment)
    where t.customer_id is not null and t.shop_id in (select id from shops) group by 1, 2
  ) as bought join orders o
    on o.shop_id = bought.shop_id and o.customer_id = bought.customer_id and o.placed_at >= bought.moment;
end $$;

create function note_later_orders_of_orders() returns trigger
language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    perform note_later_orders(array_agg(shop_id), array_agg(customer_id), array_agg(placed_at))
    from new_orders;
  elsif tg_op = 'DELETE' then
    perform note_later_orders(array_agg(shop_id), array_agg(customer_id), array_agg(placed_at))
    from old_orders;
  else
    perform note_later_orders(array_agg(shop_id), array_agg(customer_id), array_agg(placed_at))
    from (
      select o.shop_id, unnest(array[o.customer_id, n.customer_id]) as customer_id,
             least(o.placed_at, n.placed_at) as placed_at
      from old_orders o join new_orders n using (shop_id, order_id)
      where row(o.customer_id, o.placed_at, o.is_test, o.cancelled_at, o.session_id)
            is distinct from row(n.customer_id, n.placed_at, n.is_test, n.cancelled_at, n.session_id)
    ) as changed;
  end if;
  return null;
end $$;

create trigger later_orders_inserted after insert on orders referencing new table as new_orders
for each statement execute function note_later_orders_of_orders();
create trigger later_orders_updated after update on orders
referencing old table as old_orders new table as new_orders
for each statement execute function note_later_orders_of_orders();
create trigger later_orders_deleted after delete on orders referencing old table as old_orders
for each statement execute function note_later_orders_of_orders();

-- A customer's later orders are kept by the channel and the device of the first one's session.
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
  ), followed as (
    select note_later_orders(array_agg(shop_id), array_agg(customer_id), array_agg(placed_at))
    from placed
  )
  select from noted, followed $$;

delete from rollup_spans where basis = 'visitors';
