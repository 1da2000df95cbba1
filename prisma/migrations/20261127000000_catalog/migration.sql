-- The mirror of what a shop sells, as Shopify last told of it.
create table products (
  shop_id          integer not null references shops (id) on delete cascade,
  product_id       bigint not null,
  handle           text not null,
  title            text not null,
  vendor           text not null,
  product_type     text not null,
  status           text not null,
  tags             text[],
  description      text not null,
  image_url        text,
  image_alt        text,
  is_gift_card     boolean not null,
  published_at     timestamptz(3),
  online_store_url text,
  created_at       timestamptz(3) not null,
  updated_at       timestamptz(3) not null,
  variant_count    integer not null,
  min_price_minor  bigint not null,
  max_price_minor  bigint not null,
  is_available     boolean not null,
  total_inventory  bigint,
  content_hash     text not null,
  first_seen_at    timestamptz(3) not null,
  as_of            timestamptz(3) not null,
  deleted_at       timestamptz(3),
  primary key (shop_id, product_id)
);
create index on products (shop_id, handle);

create table variants (
  shop_id            integer not null,
  variant_id         bigint not null,
  product_id         bigint not null,
  title              text not null,
  sku                text,
  barcode            text,
  position           integer not null,
  options            jsonb not null,
  price_minor        bigint not null,
  compare_at_minor   bigint,
  is_available       boolean not null,
  inventory_quantity bigint,
  inventory_policy   text not null,
  inventory_item_id  bigint,
  is_tracked         boolean not null,
  deleted_at         timestamptz(3),
  primary key (shop_id, variant_id),
  foreign key (shop_id, product_id) references products (shop_id, product_id) on delete cascade
);
create index on variants (shop_id, product_id);
create index on variants (shop_id, inventory_item_id);

-- What Shopify does not keep: a row for each change of price or of what can be bought.
create table variant_changes (
  shop_id            integer not null,
  variant_id         bigint not null,
  changed_at         timestamptz(3) not null,
  product_id         bigint not null,
  source             text not null,
  price_minor        bigint not null,
  compare_at_minor   bigint,
  is_available       boolean not null,
  stock              text not null,
  inventory_quantity bigint,
  primary key (shop_id, variant_id, changed_at),
  foreign key (shop_id, variant_id) references variants (shop_id, variant_id) on delete cascade
);
create index on variant_changes (shop_id, product_id, changed_at);

create table collections (
  shop_id       integer not null references shops (id) on delete cascade,
  collection_id bigint not null,
  handle        text not null,
  title         text not null,
  updated_at    timestamptz(3) not null,
  as_of         timestamptz(3) not null,
  primary key (shop_id, collection_id)
);

create table collection_products (
  shop_id       integer not null,
  collection_id bigint not null,
  product_id    bigint not null,
  position      integer not null,
  primary key (shop_id, collection_id, product_id),
  foreign key (shop_id, collection_id) references collections (shop_id, collection_id) on delete cascade
);
create index on collection_products (shop_id, product_id);

-- Where what Shopify tells waits to be merged. It can be asked for again, so it is not kept safe.
create unlogged table staged_products (
  shop_id          integer not null,
  batch            uuid not null,
  product_id       bigint not null,
  handle           text not null,
  title            text not null,
  vendor           text not null,
  product_type     text not null,
  status           text not null,
  tags             jsonb not null,
  description      text not null,
  image_url        text,
  image_alt        text,
  is_gift_card     boolean not null,
  published_at     timestamptz(3),
  online_store_url text,
  created_at       timestamptz(3) not null,
  updated_at       timestamptz(3) not null,
  variant_count    integer not null,
  min_price_minor  bigint not null,
  max_price_minor  bigint not null,
  is_available     boolean not null,
  total_inventory  bigint,
  content_hash     text not null,
  primary key (shop_id, batch, product_id)
);
create unlogged table staged_variants (
  shop_id            integer not null,
  batch              uuid not null,
  variant_id         bigint not null,
  product_id         bigint not null,
  title              text not null,
  sku                text,
  barcode            text,
  position           integer not null,
  options            jsonb not null,
  price_minor        bigint not null,
  compare_at_minor   bigint,
  is_available       boolean not null,
  inventory_quantity bigint,
  inventory_policy   text not null,
  inventory_item_id  bigint,
  is_tracked         boolean not null,
  primary key (shop_id, batch, variant_id)
);
create index on staged_variants (shop_id, batch, product_id);
create unlogged table staged_collections (
  shop_id       integer not null,
  batch         uuid not null,
  collection_id bigint not null,
  handle        text not null,
  title         text not null,
  updated_at    timestamptz(3) not null,
  primary key (shop_id, batch, collection_id)
);
create unlogged table staged_collection_products (
  shop_id       integer not null,
  batch         uuid not null,
  collection_id bigint not null,
  product_id    bigint not null,
  position      integer not null,
  primary key (shop_id, batch, collection_id, product_id)
);

-- How each making anew of the mirror went; at most one of a shop is under way.
create table catalog_syncs (
  shop_id                  integer not null references shops (id) on delete cascade,
  sync_id                  uuid not null,
  reason                   text not null,
  status                   text not null,
  products_operation_id    text,
  collections_operation_id text,
  attempts                 integer not null default 0,
  products_read            integer not null default 0,
  collections_read         integer not null default 0,
  products_found           integer,
  collections_found        integer,
  products_changed         integer,
  products_deleted         integer,
  variants_changed         integer,
  as_of                    timestamptz(3),
  wait_until               timestamptz(3),
  started_at               timestamptz(3) not null,
  updated_at               timestamptz(3) not null,
  finished_at              timestamptz(3),
  error                    text,
  primary key (shop_id, sync_id)
);
create unique index catalog_syncs_under_way on catalog_syncs (shop_id) where finished_at is null;
create index on catalog_syncs (shop_id, started_at);

-- Products that have to be asked for: told of by webhooks, seen in events, found by a sweep, or old.
create table catalog_refreshes (
  shop_id      integer not null references shops (id) on delete cascade,
  product_id   bigint not null,
  reason       text not null,
  requested_at timestamptz(3) not null,
  wait_until   timestamptz(3),
  attempts     integer not null default 0,
  error        text,
  primary key (shop_id, product_id)
);

create table catalog_states (
  shop_id            integer primary key references shops (id) on delete cascade,
  confirmed_at       timestamptz(3),
  swept_until        timestamptz(3),
  swept_at           timestamptz(3),
  events_seen_until  timestamptz(3),
  low_stock_quantity integer not null default 5,
  stale_hours        integer not null default 24
);
