-- The log takes rows at half the cost: text that is only checked to be JSON, and no index entry for
-- the many events without a customer. The request id leads from an event to what was logged of it.
drop index pixel_events_shop_id_customer_id_idx;
alter table pixel_events alter column payload type json using payload::json;
alter table pixel_events add column request_id uuid;
create index pixel_events_customer on pixel_events (shop_id, customer_id) where customer_id is not null;

-- A pixel's key can be replaced; the one before goes on working for a while.
alter table shops
  add column previous_pixel_key text,
  add column previous_pixel_key_until timestamptz(3),
  add column sample_rate real not null default 1;
create unique index shops_previous_pixel_key_key on shops (previous_pixel_key);

-- What came through the door and what did not.
create table ingest_counts (
  shop_id integer not null,
  hour    timestamptz(3) not null,
  outcome text not null,
  origin  text not null,
  key     text not null,
  events  bigint not null,
  primary key (shop_id, hour, outcome, origin, key)
);

create table ingest_refusals (
  shop_id    integer not null,
  refused_at timestamptz(3) not null,
  request_id uuid not null,
  index      integer not null,
  reason     text not null,
  event_id   text,
  name       text,
  message    text not null,
  primary key (shop_id, refused_at, request_id, index)
);
