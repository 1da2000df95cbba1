-- Kept answers of two kinds: of what lies in a span alone, and of that and who had come before it. See
-- docs/decisions/0025-keep-answers-by-span.md.
delete from rollup_spans;
alter table rollup_spans
  add column basis text not null,
  drop constraint rollup_spans_pkey,
  add primary key (shop_id, basis, unit, starts_at);
alter table rollup_changes add column basis text not null default 'facts';

-- What had come before a visitor's later sessions changes with an earlier one: notes the hours of all from these
-- moments on.
create function note_later_visits(shop_ids integer[], visitor_ids text[], moments timestamptz[])
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
    where came.visitor_id like 'client:%' and shop_id = came.shop_id and visitor_id is null
      and client_id = substr(came.visitor_id, 8) and started_at >= came.moment
  ) as s;
end $$;

create function visitor_of(s sessions) returns text language sql immutable parallel safe
return coalesce(s.visitor_id, 'client:' || s.client_id);

create function note_later_visits_of_sessions() returns trigger
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
                o.referrer_host, o.utm_campaign, o.entry_path, o.exit_path, o.os, o.language)
            is distinct from
            row(n.visitor_id, n.client_id, n.started_at, n.bot_rule, n.sample_rate, n.utm_source,
                n.referrer_host, n.utm_campaign, n.entry_path, n.exit_path, n.os, n.language)
    ) as changed;
  end if;
  return null;
end $$;

create trigger later_visits_inserted after insert on sessions referencing new table as new_sessions
for each statement execute function note_later_visits_of_sessions();
create trigger later_visits_updated after update on sessions
referencing old table as old_sessions new table as new_sessions
for each statement execute function note_later_visits_of_sessions();
create trigger later_visits_deleted after delete on sessions referencing old table as old_sessions
for each statement execute function note_later_visits_of_sessions();

create table session_rollups (
  shop_id     integer not null references shops (id) on delete cascade,
  unit        text not null,
  starts_at   timestamptz(3) not null,
  dimension   text not null,
  value       text collate "C" not null,
  row_count   bigint not null,
  sessions    double precision not null,
  first       double precision not null,
  bounced     double precision not null,
  converted   double precision not null,
  pages       double precision not null,
  duration    double precision not null,
  primary key (shop_id, unit, starts_at, dimension, value)
);

create table session_time_rollups (
  shop_id      integer not null references shops (id) on delete cascade,
  unit         text not null,
  starts_at    timestamptz(3) not null,
  dimension    text not null,
  value        text collate "C" not null,
  first_bucket integer not null,
  b0           double precision not null,
  b1           double precision not null,
  b2           double precision not null,
  b3           double precision not null,
  b4           double precision not null,
  b5           double precision not null,
  b6           double precision not null,
  b7           double precision not null,
  b8           double precision not null,
  b9           double precision not null,
  b10          double precision not null,
  b11          double precision not null,
  b12          double precision not null,
  b13          double precision not null,
  primary key (shop_id, unit, starts_at, dimension, value, first_bucket)
);

create table visitor_rollups (
  shop_id     integer not null references shops (id) on delete cascade,
  unit        text not null,
  starts_at   timestamptz(3) not null,
  dimension   text not null,
  value       text collate "C" not null,
  previous_at timestamptz(3) not null,
  sample_rate real not null,
  visitors    bigint not null,
  primary key (shop_id, unit, starts_at, dimension, value, previous_at, sample_rate)
);
