-- Journeys by path, kept by spans: docs/decisions/0025-keep-answers-by-span.md.
create table path_journey_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  direction text collate "C" not null,
  level     text collate "C" not null,
  pages     text collate "C" not null,
  row_count bigint not null,
  sessions  double precision not null,
  purchases double precision not null,
  primary key (shop_id, unit, starts_at, direction, level, pages)
);

-- The few of a longer span that more than one session went on, all of an hour, and what all sessions come to.
create index path_journeys_of_many on path_journey_rollups (shop_id, unit, starts_at, direction)
  include (level, pages, row_count, sessions, purchases)
  where level = 'rate' or unit = 'hour' or row_count > 1;

-- Cut so that an index holds it, and told apart by a digest; for most it is the whole.
create function journey_name(pages text) returns text language sql immutable parallel safe
return case when octet_length(pages) <= 2400 then pages
            else left(pages, 200) || '… ' || md5(pages) end;

delete from rollup_spans where basis = 'facts';
