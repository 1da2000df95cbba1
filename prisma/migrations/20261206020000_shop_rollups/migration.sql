-- What lies in a cart, so that nobody has to put it together from changes.
alter table carts add column lines jsonb not null default '[]';

-- What lies ahead, of which kept answers know nothing.
create index on carts (shop_id, abandoned_at);
create index on checkouts (shop_id, last_at);

-- A cart and a checkout count when they began, whatever is done with them later.
create function note_hours_of_beginnings() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op <> 'INSERT' then
    perform note_hours(array_agg(shop_id), array_agg(started_at), array_agg(started_at)) from old_rows;
  end if;
  if tg_op <> 'DELETE' then
    perform note_hours(array_agg(shop_id), array_agg(started_at), array_agg(started_at)) from new_rows;
  end if;
  return null;
end $$;

create trigger hours_inserted after insert on carts referencing new table as new_rows
for each statement execute function note_hours_of_beginnings();
create trigger hours_updated after update on carts
referencing old table as old_rows new table as new_rows
for each statement execute function note_hours_of_beginnings();
create trigger hours_deleted after delete on carts referencing old table as old_rows
for each statement execute function note_hours_of_beginnings();

create trigger hours_inserted after insert on checkouts referencing new table as new_rows
for each statement execute function note_hours_of_beginnings();
create trigger hours_updated after update on checkouts
referencing old table as old_rows new table as new_rows
for each statement execute function note_hours_of_beginnings();
create trigger hours_deleted after delete on checkouts referencing old table as old_rows
for each statement execute function note_hours_of_beginnings();

-- What a session brought may change by an order that is placed, altered or cancelled long after it.
create function note_hours_of_buyers() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op <> 'INSERT' then
    perform note_hours(array_agg(s.shop_id), array_agg(s.started_at), array_agg(s.started_at))
    from old_orders o join sessions s on s.shop_id = o.shop_id and s.session_id = o.session_id;
  end if;
  if tg_op <> 'DELETE' then
    perform note_hours(array_agg(s.shop_id), array_agg(s.started_at), array_agg(s.started_at))
    from new_orders o join sessions s on s.shop_id = o.shop_id and s.session_id = o.session_id;
  end if;
  return null;
end $$;

create trigger buyers_inserted after insert on orders referencing new table as new_orders
for each statement execute function note_hours_of_buyers();
create trigger buyers_updated after update on orders
referencing old table as old_orders new table as new_orders
for each statement execute function note_hours_of_buyers();
create trigger buyers_deleted after delete on orders referencing old table as old_orders
for each statement execute function note_hours_of_buyers();

-- What was done with products, kept by spans: docs/decisions/0025-keep-answers-by-span.md.
create table product_rollups (
  shop_id           integer not null references shops (id) on delete cascade,
  unit              text not null,
  starts_at         timestamptz(3) not null,
  level             text not null,
  item              bigint not null,
  viewed            double precision not null,
  views             double precision not null,
  viewed_squares    double precision not null,
  added             double precision not null,
  added_squares     double precision not null,
  viewed_and_added  double precision not null,
  viewed_and_bought double precision not null,
  removed           double precision not null,
  added_and_removed double precision not null,
  added_pieces      double precision not null,
  removed_pieces    double precision not null,
  orders            double precision not null,
  units             double precision not null,
  gross_minor       double precision not null,
  discount_minor    double precision not null,
  refunded_units    double precision not null,
  refunded_minor    double precision not null,
  lying             double precision not null,
  primary key (shop_id, unit, starts_at, level, item)
);

create table search_rollups (
  shop_id     integer not null references shops (id) on delete cascade,
  unit        text not null,
  starts_at   timestamptz(3) not null,
  level       text not null,
  query       text not null,
  searches    double precision not null,
  sessions    double precision not null,
  zero        double precision not null,
  clicks      double precision not null,
  unclicked   double precision not null,
  positions   double precision not null,
  refinements double precision not null,
  converted   double precision not null,
  revenue     double precision not null,
  primary key (shop_id, unit, starts_at, level, query)
);

create table cart_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  state     text not null,
  bucket    integer not null,
  carts     double precision not null,
  left_once double precision not null,
  recovered double precision not null,
  primary key (shop_id, unit, starts_at, state, bucket)
);

create table cart_value_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  currency  text not null,
  bin       bigint not null,
  carts     double precision not null,
  value     double precision not null,
  primary key (shop_id, unit, starts_at, currency, bin)
);

create table checkout_rollups (
  shop_id   integer not null references shops (id) on delete cascade,
  unit      text not null,
  starts_at timestamptz(3) not null,
  place     integer not null,
  bucket    integer not null,
  reached   double precision not null,
  skipped   double precision not null,
  ended     double precision not null,
  went_on   double precision not null,
  primary key (shop_id, unit, starts_at, place, bucket)
);

-- Where the bin begins that an amount lies in: below 1,000 each is one of its own, above they are a fortieth
-- of a power of ten wide, so none is wider than 2.5 % of what lies in it.
create function amount_bin(amount bigint) returns bigint language sql immutable parallel safe
return case when amount < 1000 then amount
            else amount - amount % (10 ^ (length(amount::text) - 1) / 40)::bigint end;

delete from rollup_spans;
