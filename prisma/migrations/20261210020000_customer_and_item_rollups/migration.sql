-- What orders brought by what they sold and by whose they were, and how often customers ordered, kept by spans:
-- docs/decisions/0025-keep-answers-by-span.md.
create table item_revenue_rollups (
  shop_id        integer not null references shops (id) on delete cascade,
  unit           text not null,
  starts_at      timestamptz(3) not null,
  kind           text not null,
  item           text collate "C" not null,
  orders         double precision not null,
  units          double precision not null,
  gross_minor    double precision not null,
  discount_minor double precision not null,
  returned_minor double precision not null,
  primary key (shop_id, unit, starts_at, kind, item)
);

create table customer_revenue_rollups (
  shop_id        integer not null references shops (id) on delete cascade,
  unit           text not null,
  starts_at      timestamptz(3) not null,
  customer       text collate "C" not null,
  orders         double precision not null,
  gross_minor    double precision not null,
  discount_minor double precision not null,
  refund_minor   double precision not null,
  tax_minor      double precision not null,
  shipping_minor double precision not null,
  units          double precision not null,
  primary key (shop_id, unit, starts_at, customer)
);

create table customer_order_rollups (
  shop_id      integer not null references shops (id) on delete cascade,
  unit         text not null,
  starts_at    timestamptz(3) not null,
  previous_day date not null,
  place        integer not null,
  orders       double precision not null,
  primary key (shop_id, unit, starts_at, previous_day, place)
);

create table order_gap_rollups (
  shop_id        integer not null references shops (id) on delete cascade,
  unit           text not null,
  starts_at      timestamptz(3) not null,
  first_bucket   integer not null,
  b0              double precision not null,
  b1              double precision not null,
  b2              double precision not null,
  b3              double precision not null,
  b4              double precision not null,
  b5              double precision not null,
  b6              double precision not null,
  b7              double precision not null,
  b8              double precision not null,
  b9              double precision not null,
  b10             double precision not null,
  b11             double precision not null,
  b12             double precision not null,
  b13             double precision not null,
  primary key (shop_id, unit, starts_at, first_bucket)
);

-- Which of a customer's orders an order is changes with an earlier one: notes the hours of all from these moments
-- on, and of what was paid back of them.
create or replace function note_later_orders(shop_ids integer[], customer_ids bigint[], moments timestamptz[])
returns void language plpgsql set search_path = public
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  insert into rollup_changes (shop_id, basis, hour)
  with later as materialized (
    select bought.shop_id, o.order_id, o.placed_at
    from (
      select t.shop_id, t.customer_id, min(t.moment) as moment
      from unnest(shop_ids, customer_ids, moments) as t(shop_id, customer_id, moment)
      where t.customer_id is not null and t.shop_id in (select id from shops) group by 1, 2
    ) as bought join orders o
      on o.shop_id = bought.shop_id and o.customer_id = bought.customer_id
      and o.placed_at >= bought.moment
  ), booked as (
    select shop_id, placed_at as at from later
    union all
    select shop_id, r.refunded_at from later join refunds r using (shop_id, order_id)
  )
  select distinct shop_id, 'visitors', date_trunc('hour', at) from booked;
end $$;

delete from rollup_spans where basis in ('catalogue', 'visitors');
