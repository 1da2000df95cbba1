-- Page views and clicks, summed by spans of time: docs/decisions/0025-keep-answers-by-span.md.
alter table page_views add column is_repeat boolean not null default false;

update page_views p set is_repeat = true
from (
  select shop_id, event_id,
         row_number() over (partition by shop_id, session_id, path
                            order by viewed_at, event_id) as place
  from page_views
) as seen
where seen.place > 1 and seen.shop_id = p.shop_id and seen.event_id = p.event_id;

-- When a page was last opened. A digest, for a path may be longer than an index holds.
create index page_views_path_idx on page_views (shop_id, hashtext(path), viewed_at);

create table page_rollups (
  shop_id          integer not null references shops (id) on delete cascade,
  unit             text not null,
  starts_at        timestamptz(3) not null,
  level            text collate "C" not null,
  path             text collate "C" not null,
  page_type        text collate "C" not null,
  row_count        bigint not null,
  exit_rows        bigint not null,
  views            double precision not null,
  unique_views     double precision not null,
  exits            double precision not null,
  visible_ms       double precision not null,
  told_visible     double precision not null,
  scroll_percent   double precision not null,
  told_scroll      double precision not null,
  told_interaction double precision not null,
  rage_clicks      double precision not null,
  dead_clicks      double precision not null,
  primary key (shop_id, unit, starts_at, level, path, page_type)
);

create table page_time_rollups (
  shop_id      integer not null references shops (id) on delete cascade,
  unit         text not null,
  starts_at    timestamptz(3) not null,
  level        text collate "C" not null,
  path         text collate "C" not null,
  page_type    text collate "C" not null,
  measure      text collate "C" not null,
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
  primary key (shop_id, unit, starts_at, level, path, page_type, measure, first_bucket)
);

create table click_rollups (
  shop_id       integer not null references shops (id) on delete cascade,
  unit          text not null,
  starts_at     timestamptz(3) not null,
  path_template text collate "C" not null,
  viewport      text collate "C" not null,
  page_type     text collate "C" not null,
  clicks        double precision not null,
  rage_clicks   double precision not null,
  dead_clicks   double precision not null,
  primary key (shop_id, unit, starts_at, path_template, viewport, page_type)
);

-- How many sessions have what filters ask for: without, every filter is thought to choose one of 200.
create statistics on (coalesce(utm_source, referrer_host, 'none')) from sessions;
create statistics on (coalesce(utm_campaign, 'none')) from sessions;
create statistics on (coalesce(device, 'none')) from sessions;
create statistics on (coalesce(browser, 'none')) from sessions;
create statistics on (coalesce(country, 'none')) from sessions;
create statistics on (coalesce(entry_path, 'none')) from sessions;
create statistics on (coalesce(exit_path, 'none')) from sessions;
create statistics on (coalesce(os, 'none')) from sessions;
create statistics on (coalesce(language, 'none')) from sessions;
create statistics on (case when is_returning then 'returning' else 'new' end) from sessions;

-- What was kept before these were is kept anew, with them.
delete from rollup_spans;
