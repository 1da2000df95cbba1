-- Of weeks and four weeks, rows are kept for each filter that chooses many sessions as well:
-- docs/decisions/0025-keep-answers-by-span.md.
alter table rollup_spans
  add column chosen_by text[] default '{}',
  add column chosen_at timestamptz(3);

alter table page_rollups add column chosen_by text collate "C" not null default '';
alter table page_rollups drop constraint page_rollups_pkey;
alter table page_rollups add primary key (shop_id, unit, starts_at, chosen_by, level, path, page_type);

alter table page_time_rollups add column chosen_by text collate "C" not null default '';
alter table page_time_rollups drop constraint page_time_rollups_pkey;
alter table page_time_rollups
  add primary key (shop_id, unit, starts_at, chosen_by, level, path, page_type, measure, first_bucket);

alter table click_rollups add column chosen_by text collate "C" not null default '';
alter table click_rollups drop constraint click_rollups_pkey;
alter table click_rollups
  add primary key (shop_id, unit, starts_at, chosen_by, path_template, viewport, page_type);

alter table product_rollups add column chosen_by text collate "C" not null default '';
alter table product_rollups drop constraint product_rollups_pkey;
alter table product_rollups add primary key (shop_id, unit, starts_at, chosen_by, level, item);

alter table search_rollups add column chosen_by text collate "C" not null default '';
alter table search_rollups drop constraint search_rollups_pkey;
alter table search_rollups add primary key (shop_id, unit, starts_at, chosen_by, level, query);
