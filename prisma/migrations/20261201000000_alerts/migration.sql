-- What a shop wants of alerts, and since when its catalogue has been known well enough to find any.
create table alert_settings (
  shop_id        integer primary key references shops (id) on delete cascade,
  watching_since timestamptz(3),
  webhook_url    text,
  webhook_secret text,
  webhook_set_at timestamptz(3)
);

-- Products that shoppers could see once: none of them arrives a second time.
create table arrivals (
  shop_id    integer not null,
  product_id bigint not null,
  arrived_at timestamptz(3) not null,
  primary key (shop_id, product_id),
  foreign key (shop_id, product_id) references products (shop_id, product_id) on delete cascade
);

-- Every merchant's catalogue that is already known has arrived: nothing of it is news.
insert into arrivals (shop_id, product_id, arrived_at)
select shop_id, product_id, as_of from products
where status = 'ACTIVE' and published_at is not null and deleted_at is null;
insert into alert_settings (shop_id, watching_since)
select shop_id, confirmed_at from catalog_states where confirmed_at is not null;

-- What changed in a shop that somebody may want to be told of.
create table alerts (
  shop_id              integer not null,
  kind                 text not null,
  subject_id           bigint not null,
  happened_at          timestamptz(3) not null,
  alert_id             bigint not null generated always as identity,
  product_id           bigint not null,
  variant_id           bigint,
  price_minor          bigint not null,
  previous_price_minor bigint,
  inventory_quantity   bigint,
  primary key (shop_id, kind, subject_id, happened_at),
  unique (shop_id, alert_id),
  foreign key (shop_id, product_id) references products (shop_id, product_id) on delete cascade
);
create index on alerts (shop_id, kind, alert_id);

-- Shoppers who want to be told by e-mail. One mail, and it is over.
create table alert_subscriptions (
  shop_id            integer not null,
  subscription_id    uuid not null,
  kind               text not null,
  product_id         bigint not null,
  variant_id         bigint,
  target_price_minor bigint,
  contact            text not null,
  contact_mark       text not null,
  token_hash         text not null,
  customer_id        bigint,
  consent_version    text not null,
  consent_place      text not null,
  requested_at       timestamptz(3) not null,
  confirmed_at       timestamptz(3),
  told_at            timestamptz(3),
  primary key (shop_id, subscription_id),
  unique (token_hash),
  foreign key (shop_id, product_id) references products (shop_id, product_id) on delete cascade
);
create unique index on alert_subscriptions
  (shop_id, contact_mark, product_id, coalesce(variant_id, 0), kind);
create index on alert_subscriptions (shop_id, product_id)
  where confirmed_at is not null and told_at is null;
create index on alert_subscriptions (shop_id, customer_id) where customer_id is not null;

-- What is on its way to a merchant's address or into a shopper's mailbox.
create table alert_deliveries (
  shop_id         integer not null references shops (id) on delete cascade,
  delivery_id     uuid not null,
  alert_id        bigint,
  subscription_id uuid,
  created_at      timestamptz(3) not null,
  due_at          timestamptz(3),
  attempts        integer not null default 0,
  ended_at        timestamptz(3),
  error           text,
  primary key (shop_id, delivery_id),
  foreign key (shop_id, alert_id) references alerts (shop_id, alert_id) on delete cascade,
  foreign key (shop_id, subscription_id)
    references alert_subscriptions (shop_id, subscription_id) on delete cascade
);
create unique index on alert_deliveries (
  shop_id, coalesce(alert_id, 0), coalesce(subscription_id, '00000000-0000-0000-0000-000000000000')
);
create index on alert_deliveries (due_at) where due_at is not null;
create index on alert_deliveries (shop_id, subscription_id) where subscription_id is not null;
create index on alert_deliveries (shop_id, ended_at) where error is not null and due_at is null;
