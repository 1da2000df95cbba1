-- Shops and what hangs on their installation ---------------------------------------------------

create table shops (
  id               serial primary key,
  domain           text not null,
  shopify_id       bigint,
  name             text,
  currency         text,
  time_zone        text,
  plan             text,
  scopes           text[] default '{}',
  pixel_key        text not null,
  pixel_id         text,
  pixel_checked_at timestamptz(3),
  installed_at     timestamptz(3) not null default current_timestamp,
  uninstalled_at   timestamptz(3)
);
create unique index shops_domain_key on shops (domain);
create unique index shops_shopify_id_key on shops (shopify_id);
create unique index shops_pixel_key_key on shops (pixel_key);

create table access_tokens (
  shop_id            integer not null references shops (id) on delete cascade on update no action,
  session_id         text not null,
  is_online          boolean not null,
  state              text not null,
  scope              text,
  access_token       text not null,
  expires_at         timestamptz(3),
  refresh_token      text,
  refresh_expires_at timestamptz(3),
  updated_at         timestamptz(3) not null default current_timestamp,
  primary key (shop_id, session_id)
);

create table webhook_deliveries (
  shop_id      integer not null references shops (id) on delete cascade on update no action,
  webhook_id   text not null,
  topic        text not null,
  triggered_at timestamptz(3),
  received_at  timestamptz(3) not null default current_timestamp,
  processed_at timestamptz(3),
  primary key (shop_id, webhook_id)
);

create table privacy_requests (
  shop_id      integer not null references shops (id) on delete cascade on update no action,
  request_id   text not null,
  topic        text not null,
  customer_id  bigint not null,
  received_at  timestamptz(3) not null default current_timestamp,
  completed_at timestamptz(3),
  export       jsonb,
  primary key (shop_id, request_id)
);

-- The log ---------------------------------------------------------------------------------------

create sequence pixel_events_position as bigint;

create table pixel_events (
  shop_id     integer not null,
  week        date not null,
  event_id    text not null,
  tx_id       xid8 not null default pg_current_xact_id(),
  position    bigint not null default nextval('pixel_events_position'),
  source      text not null,
  name        text not null,
  client_id   text not null,
  customer_id bigint,
  seq         integer,
  occurred_at timestamptz(3) not null,
  received_at timestamptz(3) not null,
  payload     jsonb not null,
  primary key (shop_id, week, event_id)
) partition by range (week);

-- Readers follow the log per group of shops, in commit-safe order.
create index pixel_events_reading on pixel_events ((shop_id % 16), tx_id, position);
-- The timeline of a client, and what belongs to a customer.
create index pixel_events_shop_id_client_id_occurred_at_idx on pixel_events (shop_id, client_id, occurred_at);
create index pixel_events_shop_id_customer_id_idx on pixel_events (shop_id, customer_id);

-- Makes sure that each week from first_week's to last_week's has its partition. Safe to run at any
-- time and from several processes, which then take turns. Attaching locks the log less than creating in place.
create function ensure_pixel_event_weeks(first_day date, last_day date) returns void
language plpgsql as $$
declare
  monday date;
  partition text;
begin
  perform pg_advisory_xact_lock(hashtext('pixel_events partitions'));
  for monday in
    select generate_series(date_trunc('week', first_day), date_trunc('week', last_day), '7 days')::date
  loop
    partition := 'pixel_events_' || to_char(monday, 'YYYYMMDD');
    if to_regclass(partition) is null then
      execute format('create table %I (like pixel_events including defaults including constraints)', partition);
      execute format('alter table pixel_events attach partition %I for values from (%L) to (%L)',
                     partition, monday, monday + 7);
    end if;
  end loop;
end $$;

-- Drops the weeks that ended before a day and tells how many there were.
create function drop_pixel_event_weeks_before(day date) returns integer
language plpgsql as $$
declare
  partition text;
  dropped integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('pixel_events partitions'));
  for partition in
    select inhrelid::regclass::text from pg_inherits where inhparent = 'pixel_events'::regclass
  loop
    if to_date(right(partition, 8), 'YYYYMMDD') + 7 <= day then
      execute format('drop table %I', partition);
      dropped := dropped + 1;
    end if;
  end loop;
  return dropped;
end $$;

-- Projections -----------------------------------------------------------------------------------

create table sessions (
  shop_id         integer not null,
  session_id      text not null,
  client_id       text not null,
  customer_id     bigint,
  started_at      timestamptz(3) not null,
  ended_at        timestamptz(3) not null,
  event_count     integer not null,
  page_view_count integer not null,
  entry_path      text,
  exit_path       text,
  referrer_host   text,
  primary key (shop_id, session_id)
);
create index sessions_shop_id_started_at_idx on sessions (shop_id, started_at);
create index sessions_shop_id_ended_at_idx on sessions (shop_id, ended_at);
create index sessions_shop_id_client_id_started_at_idx on sessions (shop_id, client_id, started_at);

create table page_views (
  shop_id    integer not null,
  event_id   text not null,
  session_id text not null,
  client_id  text not null,
  viewed_at  timestamptz(3) not null,
  path       text not null,
  title      text,
  primary key (shop_id, event_id)
);
create index page_views_shop_id_viewed_at_idx on page_views (shop_id, viewed_at);
create index page_views_shop_id_client_id_viewed_at_idx on page_views (shop_id, client_id, viewed_at);

create table projection_checkpoints (
  projection text not null,
  shop_group integer not null,
  tx_id      xid8 not null default '0',
  position   bigint not null default 0,
  updated_at timestamptz(3) not null default current_timestamp,
  primary key (projection, shop_group)
);
