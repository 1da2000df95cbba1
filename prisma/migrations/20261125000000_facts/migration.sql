-- What a visit was made with, where it came from, and what was done in it.
alter table sessions
  add column number            integer not null default 1,
  add column interaction_count integer not null default 0,
  add column utm_source        text,
  add column utm_medium        text,
  add column utm_campaign      text,
  add column utm_term          text,
  add column utm_content       text,
  add column click_id          text,
  add column channel           text not null default 'direct',
  add column device            text,
  add column browser           text,
  add column os                text,
  add column language          text,
  add column country           text,
  add column screen_width      integer,
  add column screen_height     integer;
alter table page_views
  add column page_type text not null default 'other',
  add column is_exit   boolean not null default false;

create table product_views (
  shop_id     integer not null,
  event_id    text not null,
  session_id  text not null,
  client_id   text not null,
  viewed_at   timestamptz(3) not null,
  product_id  bigint,
  variant_id  bigint,
  price_minor bigint,
  currency    text,
  dwell_ms    integer,
  is_repeat   boolean not null,
  is_bot      boolean not null,
  sample_rate real not null,
  primary key (shop_id, event_id)
);
create index on product_views (shop_id, viewed_at);
create index on product_views (shop_id, client_id, viewed_at);

create table searches (
  shop_id            integer not null,
  event_id           text not null,
  session_id         text not null,
  client_id          text not null,
  searched_at        timestamptz(3) not null,
  query              text not null,
  result_count       integer not null,
  refines            text,
  clicked_product_id bigint,
  clicked_position   integer,
  is_bot             boolean not null,
  sample_rate        real not null,
  primary key (shop_id, event_id)
);
create index on searches (shop_id, searched_at);
create index on searches (shop_id, client_id, searched_at);

create table cart_actions (
  shop_id     integer not null,
  event_id    text not null,
  session_id  text not null,
  client_id   text not null,
  acted_at    timestamptz(3) not null,
  kind        text not null,
  product_id  bigint,
  variant_id  bigint,
  quantity    integer not null,
  value_minor bigint,
  currency    text,
  is_bot      boolean not null,
  sample_rate real not null,
  primary key (shop_id, event_id)
);
create index on cart_actions (shop_id, acted_at);
create index on cart_actions (shop_id, client_id, acted_at);

create table checkout_steps (
  shop_id        integer not null,
  event_id       text not null,
  session_id     text not null,
  client_id      text not null,
  reached_at     timestamptz(3) not null,
  checkout_token text,
  step           text not null,
  order_id       bigint,
  item_count     bigint not null,
  total_minor    bigint,
  currency       text,
  is_bot         boolean not null,
  sample_rate    real not null,
  primary key (shop_id, event_id)
);
create index on checkout_steps (shop_id, reached_at);
create index on checkout_steps (shop_id, client_id, reached_at);
create index on checkout_steps (shop_id, checkout_token);

create table funnel_steps (
  shop_id           integer not null,
  session_id        text not null,
  client_id         text not null,
  place             integer not null,
  step              text not null,
  reached_at        timestamptz(3) not null,
  ms_since_previous integer,
  is_skipped        boolean not null,
  is_bot            boolean not null,
  sample_rate       real not null,
  primary key (shop_id, session_id, place)
);
create index on funnel_steps (shop_id, reached_at);
create index on funnel_steps (shop_id, client_id, reached_at);

-- Visits that a fold threw at.
create table fold_failures (
  shop_id      integer not null,
  session_id   text not null,
  client_id    text not null,
  failed_table text not null,
  started_at   timestamptz(3) not null,
  error        text not null,
  primary key (shop_id, session_id, failed_table)
);
create index on fold_failures (shop_id, client_id, started_at);

-- One version for all that a timeline folds into. Every shop that exists has an earlier one, so its
-- worker folds it anew, with these columns and tables.
alter table projection_versions rename column bot_rules to version;
