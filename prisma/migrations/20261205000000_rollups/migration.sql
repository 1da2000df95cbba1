-- Sums of sessions by the days of their shop, kept current in the transaction that changes the sessions:
-- docs/decisions/0023-rollups.md.
create table rollup_states (
  shop_id     integer primary key references shops (id) on delete cascade,
  time_zone   text not null default 'UTC',
  filled_at   timestamptz(3),
  checked_at  timestamptz(3),
  differences integer not null default 0,
  changed_by  bigint not null default 0
) with (fillfactor = 50);

-- Empty whenever nobody writes: a transaction's changes wait here for its end.
create unlogged table session_changes (
  shop_id     integer not null,
  change_id   bigserial not null,
  sign        integer not null,
  day         date not null,
  visitor_id  text not null,
  sample_rate real not null,
  parts       text[],
  is_first    boolean not null,
  is_bounce   boolean not null,
  has_order   boolean not null,
  page_views  integer not null,
  duration_ms bigint not null,
  primary key (shop_id, change_id)
);

create table session_days (
  shop_id     integer not null,
  dimension   text not null,
  day         date not null,
  value       text not null,
  row_count   integer not null,
  sessions    double precision not null,
  first       double precision not null,
  bounced     double precision not null,
  converted   double precision not null,
  page_views  double precision not null,
  duration_ms double precision not null,
  primary key (shop_id, dimension, day, value)
) with (fillfactor = 70);

create table duration_days (
  shop_id   integer not null,
  dimension text not null,
  day       date not null,
  value     text not null,
  bucket    integer not null,
  row_count integer not null,
  primary key (shop_id, dimension, day, value, bucket)
) with (fillfactor = 80);

create table visitor_gaps (
  shop_id      integer not null,
  dimension    text not null,
  day          date not null,
  value        text not null,
  previous_day date not null,
  sample_rate  real not null,
  visitors     integer not null,
  primary key (shop_id, dimension, day, value, previous_day, sample_rate)
) with (fillfactor = 80);

-- What sessions are summed by, and in the same order what a session is of each, as `dimensionOf` says. Each
-- has few values: of what has nearly as many as there are sessions, sums would be no fewer than those.
create function session_dimensions() returns text[] language sql immutable parallel safe
return array['all', 'channel', 'device', 'browser', 'country', 'visitor'];

-- A value as an index can hold it: of a very long one its beginning and what tells it from others.
create function rollup_value(value text) returns text language sql immutable parallel safe
return case when octet_length(value) <= 1000 then value
            else left(value, 200) || '… ' || md5(value) end;

create function session_parts(s sessions) returns text[] language sql immutable parallel safe
return array['all', s.channel, coalesce(s.device, 'none'), rollup_value(coalesce(s.browser, 'none')),
             rollup_value(coalesce(s.country, 'none')),
             case when s.is_returning then 'returning' else 'new' end];

-- What is summed of a session; nothing of a bot's.
create function change_of(s sessions, zone text) returns table (
  day date, visitor_id text, sample_rate real, parts text[], is_first boolean, is_bounce boolean,
  has_order boolean, page_views integer, duration_ms bigint)
language sql stable parallel safe rows 1 as $$
  select (s.started_at at time zone zone)::date, coalesce(s.visitor_id, 'client:' || s.client_id),
         s.sample_rate, session_parts(s), s.number = 1, s.is_bounce, s.order_count > 0,
         s.page_view_count, (extract(epoch from s.ended_at - s.started_at) * 1000)::bigint
  where s.bot_rule is null $$;

-- Buckets are 5 % wide: number n, from 1, begins with 1.05 ^ (n - 1) milliseconds; 0 is of those of none.
create function duration_bucket(ms bigint) returns integer language sql immutable parallel safe
return case when ms <= 0 then 0 else 1 + floor(ln(ms::float8) / ln(1.05::float8))::integer end;

create function weight_of(sample_rate real) returns double precision
language sql immutable parallel safe
return (1::real / sample_rate)::float8;

-- A time zone, or UTC where PostgreSQL knows none by this name.
create function known_zone(zone text) returns text language plpgsql stable as $$
begin
  perform now() at time zone zone;
  return coalesce(zone, 'UTC');
exception when invalid_parameter_value then return 'UTC';
end $$;

-- The same sums made anew from all sessions.
create view session_facts as
select s.shop_id, c.*
from rollup_states r join sessions s on s.shop_id = r.shop_id
cross join lateral change_of(s, r.time_zone) as c;

create view session_days_anew as
select shop_id, dimension, day, value, count(*)::integer as row_count,
       sum(weight_of(sample_rate)) as sessions,
       sum(is_first::integer * weight_of(sample_rate)) as first,
       sum(is_bounce::integer * weight_of(sample_rate)) as bounced,
       sum(has_order::integer * weight_of(sample_rate)) as converted,
       sum(page_views * weight_of(sample_rate)) as page_views,
       sum(duration_ms * weight_of(sample_rate)) as duration_ms
from session_facts cross join lateral unnest(session_dimensions(), parts) as p(dimension, value)
group by shop_id, dimension, day, value;

create view duration_days_anew as
select shop_id, dimension, day, value, duration_bucket(duration_ms) as bucket,
       count(*)::integer as row_count
from session_facts cross join lateral unnest(session_dimensions(), parts) as p(dimension, value)
group by shop_id, dimension, day, value, bucket;

create view visitor_gaps_anew as
with seen as (
  select shop_id, dimension, value, visitor_id, day, max(sample_rate) as sample_rate
  from session_facts cross join lateral unnest(session_dimensions(), parts) as p(dimension, value)
  group by shop_id, dimension, value, visitor_id, day
), gap as (
  select shop_id, dimension, value, day, sample_rate,
         lag(day, 1, '-infinity') over (partition by shop_id, dimension, value, visitor_id
                                        order by day) as previous_day
  from seen
)
select shop_id, dimension, day, value, previous_day, sample_rate, count(*)::integer as visitors
from gap group by shop_id, dimension, day, value, previous_day, sample_rate;

-- Adds a shop's changes to its sums. The caller has the shop's row of rollup_states locked.
create function merge_session_changes(shop integer) returns void language plpgsql
set search_path = public
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  zone text := (select time_zone from rollup_states where shop_id = shop and filled_at is not null);
begin
  if zone is null then -- nobody sums this shop's sessions, or it has just been erased
    delete from session_changes where shop_id = shop;
    return;
  end if;
  with taken as (
    delete from session_changes where shop_id = shop returning *
  ), net as materialized (
    select day, visitor_id, sample_rate, parts, is_first, is_bounce, has_order, page_views,
           duration_ms, sum(sign)::integer as n, sum(sign) * weight_of(sample_rate) as weight
    from taken
    group by day, visitor_id, sample_rate, parts, is_first, is_bounce, has_order, page_views,
             duration_ms
    having sum(sign) <> 0
  ), part as materialized (
    select net.*, p.dimension, p.value
    from net cross join lateral unnest(session_dimensions(), parts) as p(dimension, value)
  ), days as (
    insert into session_days
    select shop, dimension, day, value, sum(n), sum(weight), sum(is_first::integer * weight),
           sum(is_bounce::integer * weight), sum(has_order::integer * weight),
           sum(page_views * weight), sum(duration_ms * weight)
    from part group by dimension, day, value order by dimension, day, value
    on conflict (shop_id, dimension, day, value) do update set
      row_count = session_days.row_count + excluded.row_count,
      sessions = session_days.sessions + excluded.sessions,
      first = session_days.first + excluded.first,
      bounced = session_days.bounced + excluded.bounced,
      converted = session_days.converted + excluded.converted,
      page_views = session_days.page_views + excluded.page_views,
      duration_ms = session_days.duration_ms + excluded.duration_ms
  ), durations as (
    insert into duration_days
    select shop, dimension, day, value, duration_bucket(duration_ms) as bucket, sum(n)
    from part group by dimension, day, value, bucket having sum(n) <> 0
    order by dimension, day, value, bucket
    on conflict (shop_id, dimension, day, value, bucket) do update set
      row_count = duration_days.row_count + excluded.row_count
  ), moved as materialized (
    select visitor_id, day, sample_rate, parts, sum(n) as n
    from net group by visitor_id, day, sample_rate, parts having sum(n) <> 0
  ), theirs as (
    select c.visitor_id, c.day, c.sample_rate, c.parts
    from (select distinct visitor_id from moved) as m cross join lateral (
      select s.* from sessions s where s.shop_id = shop and s.visitor_id = m.visitor_id
      union all
      select s.* from sessions s
      where s.shop_id = shop and s.client_id = substr(m.visitor_id, 8) and s.visitor_id is null
        and m.visitor_id like 'client:%'
    ) as s cross join lateral change_of(row(s.*)::sessions, zone) as c
  ), counted as (
    select visitor_id, day, sample_rate, parts, sum(now) as now, sum(now - n) as before
    from (select *, 1 as now, 0 as n from theirs
          union all select visitor_id, day, sample_rate, parts, 0, n from moved) as sides
    group by visitor_id, day, sample_rate, parts
  ), seen as (
    select sign, visitor_id, dimension, value, day, max(sample_rate) as sample_rate
    from counted cross join lateral (values (1, now), (-1, before)) as side(sign, sessions)
    cross join lateral unnest(session_dimensions(), parts) as p(dimension, value)
    where side.sessions > 0
    group by sign, visitor_id, dimension, value, day
  ), gap as (
    select sign, dimension, value, day, sample_rate,
           lag(day, 1, '-infinity') over (partition by sign, visitor_id, dimension, value
                                          order by day) as previous_day
    from seen
  )
  insert into visitor_gaps
  select shop, dimension, day, value, previous_day, sample_rate, sum(sign)
  from gap group by dimension, day, value, previous_day, sample_rate having sum(sign) <> 0
  order by dimension, day, value, previous_day, sample_rate
  on conflict (shop_id, dimension, day, value, previous_day, sample_rate) do update set
    visitors = visitor_gaps.visitors + excluded.visitors;
end $$;

-- Makes a shop's sums anew by the days of a time zone. Who writes its sessions waits meanwhile.
create function fill_rollups(shop integer, zone text) returns void language plpgsql
set search_path = public set work_mem = '64MB' as $$
begin
  insert into rollup_states (shop_id, time_zone, filled_at) values (shop, zone, now())
  on conflict (shop_id) do update set time_zone = excluded.time_zone, filled_at = excluded.filled_at;
  delete from session_changes where shop_id = shop;
  delete from session_days where shop_id = shop;
  delete from duration_days where shop_id = shop;
  delete from visitor_gaps where shop_id = shop;
  insert into session_days select * from session_days_anew where shop_id = shop;
  insert into duration_days select * from duration_days_anew where shop_id = shop;
  insert into visitor_gaps select * from visitor_gaps_anew where shop_id = shop;
end $$;

-- Locks the shops whose sessions a statement has changed, in one order, and has their changes merged when
-- the transaction ends. Only its first statement writes.
create function note_shops(shop_ids integer[]) returns void language sql
set search_path = public as $$
  insert into rollup_states (shop_id, changed_by)
  select id, pg_current_xact_id()::text::bigint from shops where id = any(shop_ids) order by id
  on conflict (shop_id) do update set changed_by = excluded.changed_by
  where rollup_states.changed_by <> excluded.changed_by $$;

create function note_session_changes() returns trigger language plpgsql
set search_path = public as $$
begin
  if tg_op <> 'INSERT' then
    perform note_shops(array(select distinct shop_id from old_sessions));
    insert into session_changes (shop_id, sign, day, visitor_id, sample_rate, parts, is_first,
                                 is_bounce, has_order, page_views, duration_ms)
    select r.shop_id, -1, c.*
    from old_sessions s join rollup_states r on r.shop_id = s.shop_id and r.filled_at is not null
    cross join lateral change_of(row(s.*)::sessions, r.time_zone) as c;
  end if;
  if tg_op <> 'DELETE' then
    perform note_shops(array(select distinct shop_id from new_sessions));
    insert into session_changes (shop_id, sign, day, visitor_id, sample_rate, parts, is_first,
                                 is_bounce, has_order, page_views, duration_ms)
    select r.shop_id, 1, c.*
    from new_sessions s join rollup_states r on r.shop_id = s.shop_id and r.filled_at is not null
    cross join lateral change_of(row(s.*)::sessions, r.time_zone) as c;
  end if;
  return null;
end $$;

create trigger note_inserted after insert on sessions
referencing new table as new_sessions for each statement execute function note_session_changes();
create trigger note_updated after update on sessions
referencing old table as old_sessions new table as new_sessions
for each statement execute function note_session_changes();
create trigger note_deleted after delete on sessions
referencing old table as old_sessions for each statement execute function note_session_changes();

create function merge_changes() returns trigger language plpgsql as $$
begin
  perform merge_session_changes(new.shop_id);
  return null;
end $$;

create constraint trigger merge_changes after update on rollup_states
deferrable initially deferred for each row when (old.changed_by <> new.changed_by)
execute function merge_changes();
