-- Kept answers that depend on the catalogue as well, which holds for all of the past: what changes of it is noted
-- once for each shop, without an hour. See docs/decisions/0025-keep-answers-by-span.md.
alter table rollup_changes alter column hour drop not null;

create function note_catalogue(shop_ids integer[]) returns void language sql set search_path = public as $$
  insert into rollup_changes (shop_id, basis, hour)
  select distinct shop_id, 'catalogue', null::timestamptz from unnest(shop_ids) as t(shop_id)
  where shop_id in (select id from shops) $$;

-- A sync writes thousands of products that are as they were: only a vendor or type that is another one counts.
create function note_vendors_and_types() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    perform note_catalogue(array_agg(distinct shop_id)) from new_products
    where vendor <> '' or product_type <> '';
  elsif tg_op = 'DELETE' then
    perform note_catalogue(array_agg(distinct shop_id)) from old_products
    where vendor <> '' or product_type <> '';
  else
    perform note_catalogue(array_agg(distinct shop_id))
    from old_products o full join new_products n using (shop_id, product_id)
    where (o.vendor, o.product_type) is distinct from (n.vendor, n.product_type);
  end if;
  return null;
end $$;

-- A product's place in a collection may change; that it has one is what counts.
create function note_places() returns trigger language plpgsql set search_path = public as $$
begin
  perform note_catalogue(array_agg(distinct shop_id)) from places;
  return null;
end $$;

-- The places of a collection that is gone are left out.
create function note_gone_collections() returns trigger language plpgsql set search_path = public as $$
begin
  perform note_catalogue(array_agg(distinct shop_id))
  from old_collections o join new_collections n using (shop_id, collection_id)
  where (o.deleted_at is null) <> (n.deleted_at is null);
  return null;
end $$;

create trigger vendors_inserted after insert on products referencing new table as new_products
for each statement execute function note_vendors_and_types();
create trigger vendors_updated after update on products
referencing old table as old_products new table as new_products
for each statement execute function note_vendors_and_types();
create trigger vendors_deleted after delete on products referencing old table as old_products
for each statement execute function note_vendors_and_types();

create trigger places_inserted after insert on collection_products referencing new table as places
for each statement execute function note_places();
create trigger places_deleted after delete on collection_products referencing old table as places
for each statement execute function note_places();

create trigger collections_updated after update on collections
referencing old table as old_collections new table as new_collections
for each statement execute function note_gone_collections();

create table catalogue_rollups (
  shop_id           integer not null references shops (id) on delete cascade,
  unit              text not null,
  starts_at         timestamptz(3) not null,
  level             text not null,
  item              text collate "C" not null,
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
