-- Which rule took a visit for a bot's (null: a person's), and what share of visitors was sampled.
alter table sessions
  add column bot_rule    text,
  add column sample_rate real not null default 1;
alter table page_views
  add column is_bot      boolean not null default false,
  add column sample_rate real not null default 1;

-- By which version of the rules a shop's sessions were scored. The shops that exist were scored by
-- none; a later one is entered by the first fold of its events.
create table projection_versions (
  shop_id   integer primary key references shops on delete cascade,
  bot_rules integer not null
);
insert into projection_versions (shop_id, bot_rules) select id, 0 from shops;
