-- Answers kept by spans of time, and which of them no longer hold: docs/decisions/0025-keep-answers-by-span.md.
create table rollup_spans (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  ends_at   timestamptz(3) not null,
  time_zone text not null,
  kept_at   timestamptz(3) not null default now(),
  primary key (shop_id, unit, starts_at)
);

create table rollup_changes (
  shop_id   integer not null references shops (id) on delete cascade,
  change_id bigserial not null,
  hour      timestamptz(3) not null,
  primary key (shop_id, change_id)
);

-- Notes the hours from the first to the last of each of several stretches.
create function note_hours(shop_ids integer[], firsts timestamptz[], lasts timestamptz[])
returns void language sql set search_path = public as $$
  insert into rollup_changes (shop_id, hour)
  select distinct t.shop_id, hour
  from unnest(shop_ids, firsts, lasts) as t(shop_id, first, last)
  cross join lateral generate_series(date_trunc('hour', t.first), t.last, interval '1 hour') as hour
  where t.first is not null and t.shop_id in (select id from shops) $$;

-- Whatever is folded of a visit is written with its session, and lies between its first and last moment.
-- Whose it is, alone, changes no kept answer.
create function note_hours_of_sessions() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    perform note_hours(array_agg(shop_id), array_agg(started_at), array_agg(ended_at)) from new_sessions;
  elsif tg_op = 'DELETE' then
    perform note_hours(array_agg(shop_id), array_agg(started_at), array_agg(ended_at)) from old_sessions;
  else
    perform note_hours(array_agg(shop_id), array_agg(least(o.started_at, n.started_at)),
                       array_agg(greatest(o.ended_at, n.ended_at)))
    from old_sessions o full join new_sessions n using (shop_id, session_id)
    where to_jsonb(o) - '{visitor_id,is_returning,customer_id}'::text[]
          is distinct from to_jsonb(n) - '{visitor_id,is_returning,customer_id}'::text[];
  end if;
  return null;
end $$;

create function note_hours_of_orders() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op <> 'INSERT' then
    perform note_hours(array_agg(shop_id), array_agg(placed_at), array_agg(placed_at)) from old_orders;
  end if;
  if tg_op <> 'DELETE' then
    perform note_hours(array_agg(shop_id), array_agg(placed_at), array_agg(placed_at)) from new_orders;
  end if;
  return null;
end $$;

create function note_hours_of_refunds() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op <> 'INSERT' then
    perform note_hours(array_agg(shop_id), array_agg(refunded_at), array_agg(refunded_at)) from old_refunds;
  end if;
  if tg_op <> 'DELETE' then
    perform note_hours(array_agg(shop_id), array_agg(refunded_at), array_agg(refunded_at)) from new_refunds;
  end if;
  return null;
end $$;

create trigger hours_inserted after insert on sessions referencing new table as new_sessions
for each statement execute function note_hours_of_sessions();
create trigger hours_updated after update on sessions
referencing old table as old_sessions new table as new_sessions
for each statement execute function note_hours_of_sessions();
create trigger hours_deleted after delete on sessions referencing old table as old_sessions
for each statement execute function note_hours_of_sessions();

create trigger hours_inserted after insert on orders referencing new table as new_orders
for each statement execute function note_hours_of_orders();
create trigger hours_updated after update on orders
referencing old table as old_orders new table as new_orders
for each statement execute function note_hours_of_orders();
create trigger hours_deleted after delete on orders referencing old table as old_orders
for each statement execute function note_hours_of_orders();

create trigger hours_inserted after insert on refunds referencing new table as new_refunds
for each statement execute function note_hours_of_refunds();
create trigger hours_updated after update on refunds
referencing old table as old_refunds new table as new_refunds
for each statement execute function note_hours_of_refunds();
create trigger hours_deleted after delete on refunds referencing old table as old_refunds
for each statement execute function note_hours_of_refunds();
