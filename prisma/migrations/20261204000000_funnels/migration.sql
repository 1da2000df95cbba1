-- Funnels that merchants build.
create table funnels (
  shop_id    integer not null references shops (id) on delete cascade,
  funnel_id  uuid not null,
  name       text not null,
  definition jsonb not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (shop_id, funnel_id)
);
