-- What was clicked on the pages of a template, and where in it, kept by spans:
-- docs/decisions/0025-keep-answers-by-span.md.
create table clicked_element_rollups (
  shop_id       integer not null references shops (id) on delete cascade,
  unit          text not null,
  starts_at     timestamptz(3) not null,
  path_template text collate "C" not null,
  viewport      text collate "C" not null,
  element       text collate "C" not null,
  clicks        double precision not null,
  rage_clicks   double precision not null,
  dead_clicks   double precision not null,
  sessions      double precision not null,
  primary key (shop_id, unit, starts_at, path_template, viewport, element)
);

create table clicked_place_rollups (
  shop_id       integer not null references shops (id) on delete cascade,
  unit          text not null,
  starts_at     timestamptz(3) not null,
  path_template text collate "C" not null,
  viewport      text collate "C" not null,
  element       text collate "C" not null,
  tenth         integer not null,
  c0            double precision not null,
  c1            double precision not null,
  c2            double precision not null,
  c3            double precision not null,
  c4            double precision not null,
  c5            double precision not null,
  c6            double precision not null,
  c7            double precision not null,
  c8            double precision not null,
  c9            double precision not null,
  primary key (shop_id, unit, starts_at, path_template, viewport, element, tenth)
);

-- Clicks count when their sessions began.
delete from rollup_spans;
