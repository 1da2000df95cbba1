-- What became of carts, told apart by what the sessions in which they began have in common, with the times for
-- which they were in use in rows of many buckets.
drop table cart_rollups;

create table cart_rollups (
  shop_id      integer not null references shops (id) on delete cascade,
  unit         text not null,
  starts_at    timestamptz(3) not null,
  dimension    text collate "C" not null,
  value        text collate "C" not null,
  first_bucket integer not null,
  carts        double precision not null,
  emptied      double precision not null,
  left_alone   double precision not null,
  converted    double precision not null,
  left_once    double precision not null,
  recovered    double precision not null,
  b0           double precision not null,
  b1           double precision not null,
  b2           double precision not null,
  b3           double precision not null,
  b4           double precision not null,
  b5           double precision not null,
  b6           double precision not null,
  b7           double precision not null,
  b8           double precision not null,
  b9           double precision not null,
  b10          double precision not null,
  b11          double precision not null,
  b12          double precision not null,
  b13          double precision not null,
  primary key (shop_id, unit, starts_at, dimension, value, first_bucket)
);

-- What was kept before this was is kept anew, with it.
delete from rollup_spans;
