-- Products that were told to be gone before anybody knew them, while a sync was under way that may have seen them.
create table gone_products (
  shop_id    integer not null references shops (id) on delete cascade,
  product_id bigint not null,
  as_of      timestamptz(3) not null,
  primary key (shop_id, product_id)
);
