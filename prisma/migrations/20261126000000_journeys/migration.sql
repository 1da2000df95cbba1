-- What is verified, by the order that it tells of.
alter table pixel_events add column order_id bigint;
create index pixel_events_order_id on pixel_events (shop_id, order_id) where order_id is not null;
update pixel_events set order_id = (payload #>> '{data,id}')::bigint where name like 'orders/%';

alter table shops add column cart_quiet_minutes integer not null default 60;

-- How far the past was fetched from Shopify.
create table backfills (
  shop_id      integer primary key references shops (id) on delete cascade,
  since        timestamptz(3),
  operation_id text,
  status       text not null,
  attempts     integer not null default 0,
  read_count   integer not null default 0,
  total_count  integer,
  wait_until   timestamptz(3),
  started_at   timestamptz(3) not null default now(),
  updated_at   timestamptz(3) not null default now(),
  finished_at  timestamptz(3),
  error        text
);

create table orders (
  shop_id           integer not null,
  order_id          bigint not null,
  name              text,
  placed_at         timestamptz(3) not null,
  updated_at        timestamptz(3) not null,
  cancelled_at      timestamptz(3),
  cancel_reason     text,
  is_test           boolean not null,
  customer_id       bigint,
  checkout_token    text,
  cart_token        text,
  currency          text not null,
  total_minor       bigint not null,
  subtotal_minor    bigint not null,
  discount_minor    bigint not null,
  tax_minor         bigint not null,
  shipping_minor    bigint not null,
  refunded_minor    bigint not null,
  revenue_minor     bigint not null,
  item_count        bigint not null,
  has_discount_code boolean not null,
  source            text not null,
  first_received_at timestamptz(3) not null,
  client_id         text,
  session_id        text,
  completed_at      timestamptz(3),
  primary key (shop_id, order_id)
);
create index on orders (shop_id, placed_at);
create index on orders (shop_id, checkout_token);
create index on orders (shop_id, customer_id);
create index on orders (shop_id, session_id);

create table order_items (
  shop_id           integer not null,
  order_id          bigint not null,
  line_item_id      bigint not null,
  placed_at         timestamptz(3) not null,
  product_id        bigint,
  variant_id        bigint,
  title             text,
  sku               text,
  vendor            text,
  quantity          integer not null,
  refunded_quantity integer not null,
  price_minor       bigint not null,
  discount_minor    bigint not null,
  primary key (shop_id, order_id, line_item_id)
);
create index on order_items (shop_id, placed_at);
create index on order_items (shop_id, product_id, placed_at);

create table refunds (
  shop_id     integer not null,
  order_id    bigint not null,
  refund_id   bigint not null,
  refunded_at timestamptz(3) not null,
  total_minor bigint not null,
  item_count  bigint not null,
  primary key (shop_id, order_id, refund_id)
);
create index on refunds (shop_id, refunded_at);

create table customers (
  shop_id      integer not null,
  customer_id  bigint not null,
  created_at   timestamptz(3),
  updated_at   timestamptz(3) not null,
  state        text,
  primary key (shop_id, customer_id)
);

-- Who is who.
alter table sessions
  add column visitor_id    text,
  add column is_returning  boolean not null default false,
  add column engaged_ms    integer,
  add column is_bounce     boolean not null default false,
  add column order_count   integer not null default 0,
  add column revenue_minor bigint not null default 0;
create index on sessions (shop_id, visitor_id, started_at);

create table identity_links (
  shop_id     integer not null,
  session_id  text not null,
  client_id   text not null,
  customer_id bigint not null,
  kind        text not null,
  event_id    text not null,
  linked_at   timestamptz(3) not null,
  order_id    bigint,
  primary key (shop_id, session_id, customer_id, kind)
);
create index on identity_links (shop_id, client_id, linked_at);
create index on identity_links (shop_id, customer_id);

create table identity_undos (
  shop_id     integer not null references shops (id) on delete cascade,
  client_id   text not null,
  customer_id bigint not null,
  undone_at   timestamptz(3) not null default now(),
  primary key (shop_id, client_id, customer_id)
);

create table stale_visitors (
  shop_id    integer not null,
  visitor_id text not null,
  primary key (shop_id, visitor_id)
);
create index stale_visitors_group on stale_visitors ((shop_id % 16));

-- What was done on pages.
alter table page_views
  add column visible_ms           integer,
  add column scroll_percent       integer,
  add column first_interaction_ms integer,
  add column rage_click_count     integer not null default 0,
  add column dead_click_count     integer not null default 0;
alter table product_views
  add column product_type text,
  add column vendor       text;

create table clicks (
  shop_id       integer not null,
  event_id      text not null,
  session_id    text not null,
  client_id     text not null,
  clicked_at    timestamptz(3) not null,
  kind          text not null,
  path_template text not null,
  page_type     text not null,
  element       text not null,
  relative_x    real,
  relative_y    real,
  viewport      text not null,
  is_bot        boolean not null,
  sample_rate   real not null,
  primary key (shop_id, event_id)
);
create index on clicks (shop_id, clicked_at);
create index on clicks (shop_id, client_id, clicked_at);
create index on clicks (shop_id, path_template, clicked_at);

create table engagements (
  shop_id     integer not null,
  event_id    text not null,
  session_id  text not null,
  client_id   text not null,
  engaged_at  timestamptz(3) not null,
  kind        text not null,
  method      text,
  product_id  bigint,
  product_handle text,
  quantity    integer,
  dwell_ms    integer,
  is_bot      boolean not null,
  sample_rate real not null,
  primary key (shop_id, event_id)
);
create index on engagements (shop_id, engaged_at);
create index on engagements (shop_id, client_id, engaged_at);

create table session_products (
  shop_id          integer not null,
  session_id       text not null,
  product_id       bigint not null,
  client_id        text not null,
  first_at         timestamptz(3) not null,
  last_at          timestamptz(3) not null,
  view_count       integer not null,
  dwell_ms         bigint not null,
  search_clicks    integer not null,
  added_quantity   bigint not null,
  removed_quantity bigint not null,
  is_bot           boolean not null,
  sample_rate      real not null,
  primary key (shop_id, session_id, product_id)
);
create index on session_products (shop_id, client_id, last_at);

-- One per visitor, checkout or cart, made of the tables above.
create table visitors (
  shop_id       integer not null,
  visitor_id    text not null,
  customer_id   bigint,
  first_seen_at timestamptz(3) not null,
  last_seen_at  timestamptz(3) not null,
  client_count  integer not null,
  session_count integer not null,
  order_count   integer not null,
  revenue_minor bigint not null,
  primary key (shop_id, visitor_id)
);
create index on visitors (shop_id, last_seen_at);

create table checkouts (
  shop_id        integer not null,
  checkout_token text not null,
  started_at     timestamptz(3) not null,
  contact_at     timestamptz(3),
  address_at     timestamptz(3),
  shipping_at    timestamptz(3),
  payment_at     timestamptz(3),
  completed_at   timestamptz(3),
  last_at        timestamptz(3) not null,
  client_id      text not null,
  session_id     text not null,
  order_id       bigint,
  item_count     bigint not null,
  total_minor    bigint,
  currency       text,
  is_bot         boolean not null,
  sample_rate    real not null,
  primary key (shop_id, checkout_token)
);
create index on checkouts (shop_id, started_at);

create table carts (
  shop_id          integer not null,
  cart_id          text not null,
  client_id        text not null,
  visitor_id       text,
  started_at       timestamptz(3) not null,
  last_action_at   timestamptz(3) not null,
  abandoned_at     timestamptz(3),
  recovered_at     timestamptz(3),
  converted_at     timestamptz(3),
  item_count       bigint not null,
  value_minor      bigint,
  peak_value_minor bigint,
  currency         text,
  is_bot           boolean not null,
  sample_rate      real not null,
  primary key (shop_id, cart_id)
);
create index on carts (shop_id, started_at);
create index on carts (shop_id, client_id, started_at);
create index on carts (shop_id, visitor_id);

create table interactions (
  shop_id            integer not null,
  visitor_id         text not null,
  product_id         bigint not null,
  first_at           timestamptz(3) not null,
  last_at            timestamptz(3) not null,
  view_count         integer not null,
  dwell_ms           bigint not null,
  added_quantity     bigint not null,
  removed_quantity   bigint not null,
  purchased_quantity bigint not null,
  weight             real not null,
  primary key (shop_id, visitor_id, product_id)
);
create index on interactions (shop_id, product_id);

create table user_features (
  shop_id             integer not null,
  visitor_id          text not null,
  last_session_at     timestamptz(3),
  last_order_at       timestamptz(3),
  session_count       integer not null,
  order_count         integer not null,
  day_count           integer not null,
  median_days_between real,
  total_minor         bigint not null,
  mean_order_minor    bigint,
  price_low_minor     bigint,
  price_median_minor  bigint,
  price_high_minor    bigint,
  discounted_share    real,
  decision_ms         bigint,
  engaged_ms          bigint,
  category_shares     jsonb not null,
  vendor_shares       jsonb not null,
  hour_shares         jsonb not null,
  weekday_shares      jsonb not null,
  primary key (shop_id, visitor_id)
);

-- Every table has its own version of its fold, and a rebuild tells how far it is.
alter table projection_versions add column projection text not null default 'sessions';
alter table projection_versions drop constraint projection_versions_pkey;
alter table projection_versions add primary key (shop_id, projection);
alter table projection_versions alter column projection drop default;
create table rebuilds (
  shop_id      integer primary key references shops (id) on delete cascade,
  projections  text[],
  clients_done integer not null,
  client_count integer not null,
  started_at   timestamptz(3) not null default now(),
  updated_at   timestamptz(3) not null default now()
);

-- An erased customer's orders: Shopify may tell of them later without the customer.
alter table privacy_requests add column order_ids bigint[] default '{}';
