-- How much of what happened is known, kept by spans: docs/decisions/0025-keep-answers-by-span.md.
create table quality_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  what      text not null,
  amount    double precision not null,
  primary key (shop_id, unit, starts_at, what)
);

create table webhook_delay_rollups (
  shop_id        integer not null references shops (id) on delete cascade,
  unit           text not null,
  starts_at      timestamptz(3) not null,
  first_bucket   integer not null,
  b0              double precision not null,
  b1              double precision not null,
  b2              double precision not null,
  b3              double precision not null,
  b4              double precision not null,
  b5              double precision not null,
  b6              double precision not null,
  b7              double precision not null,
  b8              double precision not null,
  b9              double precision not null,
  b10             double precision not null,
  b11             double precision not null,
  b12             double precision not null,
  b13             double precision not null,
  primary key (shop_id, unit, starts_at, first_bucket)
);

delete from rollup_spans where basis = 'facts';
