-- How far each session came and by which pages, told by its fold, so that funnels and journeys are counted
-- from sessions alone.
alter table sessions
  add column stage integer not null default 0,
  add column product_ms integer,
  add column cart_ms integer,
  add column checkout_ms integer,
  add column purchase_ms integer,
  add column first_pages text,
  add column pages_to_purchase text;

create table funnel_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  dimension text not null,
  value     text not null,
  browsed   double precision not null,
  viewed    double precision not null,
  added     double precision not null,
  started   double precision not null,
  completed double precision not null,
  row_count bigint not null,
  primary key (shop_id, unit, starts_at, dimension, value)
);

create table funnel_time_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  place     integer not null,
  bucket    integer not null,
  sessions  double precision not null,
  primary key (shop_id, unit, starts_at, place, bucket)
);

create table journey_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  direction text not null,
  pages     text not null,
  sessions  double precision not null,
  purchases double precision not null,
  primary key (shop_id, unit, starts_at, direction, pages)
);

-- Whether a visitor had come before tells sessions apart, so it changes kept answers.
create or replace function note_hours_of_sessions() returns trigger
language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    perform note_hours(array_agg(shop_id), array_agg(started_at), array_agg(ended_at)) from new_sessions;
  elsif tg_op = 'DELETE' then
    perform note_hours(array_agg(shop_id), array_agg(started_at), array_agg(ended_at)) from old_sessions;
  else
    perform note_hours(array_agg(shop_id), array_agg(least(o.started_at, n.started_at)),
                       array_agg(greatest(o.ended_at, n.ended_at)))
    from old_sessions o full join new_sessions n using (shop_id, session_id)
    where to_jsonb(o) - '{visitor_id,customer_id}'::text[]
          is distinct from to_jsonb(n) - '{visitor_id,customer_id}'::text[];
  end if;
  return null;
end $$;

delete from rollup_spans;
