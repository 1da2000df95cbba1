import { insertRows, type Table } from "~/platform/rows.server";
import type { Sql } from "~/platform/sql.server";
import {
  COLLECTION_COLUMNS,
  PLACE_COLUMNS,
  placesOf,
  type CollectionRow,
  type ListedCollection,
  type PlaceRow,
} from "./collection";
import type { Merging } from "./merge.server";
import type { Batch } from "./stage.server";

type Staged<Row extends object> = Row & { batch: string };
const STAGED_COLLECTIONS: Table<Staged<CollectionRow>> = {
  table: "staged_collections",
  columns: { batch: "uuid", ...COLLECTION_COLUMNS },
};
const STAGED_PLACES: Table<Staged<PlaceRow>> = {
  table: "staged_collection_products",
  columns: { batch: "uuid", ...PLACE_COLUMNS },
};

/** Puts collections where `mergeCollections` finds them. A batch may be staged in many transactions. */
export async function stageCollections(
  sql: Sql,
  key: Batch,
  listed: readonly ListedCollection[],
): Promise<void> {
  await insertRows(
    sql,
    STAGED_COLLECTIONS,
    listed.map(({ collection }) => ({ ...collection, ...key })),
  );
  await insertRows(
    sql,
    STAGED_PLACES,
    listed.flatMap(placesOf).map((place) => ({ ...place, ...key })),
  );
}

/** Empties a batch's stage of collections. */
export async function clearCollections(sql: Sql, { shopId, batch }: Batch): Promise<void> {
  for (const table of ["staged_collections", "staged_collection_products"])
    await sql.run(`delete from ${table} where shop_id = $1::int and batch = $2::uuid`, [
      shopId,
      batch,
    ]);
}

/** How many collections, and products in collections, were written, and how many collections were gone. */
export type MergedCollections = {
  collectionsChanged: number;
  placesChanged: number;
  collectionsDeleted: number;
};

/** Merges a batch of collections into the mirror, in whatever order batches come: what is older than what
 * is known stays out, and what is as it was writes nothing. Empties the stage. */
export async function mergeCollections(
  sql: Sql,
  key: Batch,
  { asOf, asked }: Pick<Merging, "asOf" | "asked">,
): Promise<MergedCollections> {
  const of = [key.shopId, key.batch, asOf];
  await takeTurns(sql, key.shopId);
  if (asked === "all") await sql.run("analyze staged_collections, staged_collection_products");
  const named = asked === "all" ? null : [...asked];
  const collectionsDeleted = await sql.run(MARK_GONE, [...of, named]);
  await sql.run(LEAVE_OUT_OLDER, of);
  await sql.run(LEAVE_OUT_GONE, of);
  const removed = await sql.run(REMOVE_PLACES, [key.shopId, key.batch, named]);
  const collectionsChanged = await sql.run(MERGE_COLLECTIONS, [...of, named === null]);
  const placed = await sql.run(MERGE_PLACES, of.slice(0, 2));
  await clearCollections(sql, key);
  return { collectionsChanged, placesChanged: removed + placed, collectionsDeleted };
}

/** One merge of a shop's collections at a time, until the transaction ends. */
const takeTurns = (sql: Sql, shopId: number) =>
  sql.run("select pg_advisory_xact_lock(hashtext('pixelnova collections'), $1::int)", [shopId]);

/** Parameters of all: 1 the shop, 2 the batch; of most: 3 as of when. */
const IS_STAGED = (collection: string) => `
  exists (select from staged_collections s where s.shop_id = $1::int and s.batch = $2::uuid
            and s.collection_id = ${collection}.collection_id)`;

/** When all collections were last seen at once: each was as it is known, or not there. */
const ALL_SEEN_AT = `
  (select max(as_of) from catalog_syncs where shop_id = $1::int and status = 'done')`;

const MARK_GONE = `
  update collections c
  set deleted_at = coalesce(c.deleted_at, $3::timestamptz), as_of = $3::timestamptz
  where c.shop_id = $1::int and greatest(c.as_of, ${ALL_SEEN_AT}) < $3::timestamptz
    and not ${IS_STAGED("c")}
    and (c.collection_id = any($4::bigint[]) or $4::bigint[] is null and c.deleted_at is null)`;

/** Shopify tells times to the second, and a collection that a rule fills may change without its own time
 * changing, so of two states with the same time the one that was seen later counts. */
const LEAVE_OUT_OLDER = `
  delete from staged_collections s
  using (select ${ALL_SEEN_AT} as at) seen, collections c
  where s.shop_id = $1::int and s.batch = $2::uuid
    and c.shop_id = $1::int and c.collection_id = s.collection_id
    and (s.updated_at < c.updated_at and c.deleted_at is null
         or (s.updated_at = c.updated_at or c.deleted_at is not null)
            and greatest(c.as_of, seen.at) >= $3::timestamptz)`;

/** What was not there when all were seen at once, and was seen before, was gone by then. */
const LEAVE_OUT_GONE = `
  delete from staged_collections s using (select ${ALL_SEEN_AT} as at) seen
  where s.shop_id = $1::int and s.batch = $2::uuid and seen.at > $3::timestamptz
    and not exists (select from collections c
                    where c.shop_id = $1::int and c.collection_id = s.collection_id)`;

/** The places that products no longer have: in collections that were told of, or are gone. */
const REMOVE_PLACES = `
  delete from collection_products p using collections c
  where p.shop_id = $1::int and c.shop_id = $1::int and c.collection_id = p.collection_id
    and ($3::bigint[] is null or p.collection_id = any($3::bigint[]))
    and (c.deleted_at is not null
         or ${IS_STAGED("p")}
            and not exists (select from staged_collection_products s
                            where s.shop_id = $1::int and s.batch = $2::uuid
                              and s.collection_id = p.collection_id and s.product_id = p.product_id))`;

/** A collection that was asked for by itself is confirmed; all at once are by the sync that saw them. */
const MERGE_COLLECTIONS = `
  insert into collections (shop_id, collection_id, handle, title, updated_at, as_of)
  select shop_id, collection_id, handle, title, updated_at, $3::timestamptz
  from staged_collections where shop_id = $1::int and batch = $2::uuid
  on conflict (shop_id, collection_id) do update
  set handle = excluded.handle, title = excluded.title, updated_at = excluded.updated_at,
      as_of = excluded.as_of, deleted_at = null
  where not $4::boolean or collections.deleted_at is not null
     or (collections.handle, collections.title, collections.updated_at)
        is distinct from (excluded.handle, excluded.title, excluded.updated_at)`;

const MERGE_PLACES = `
  insert into collection_products (shop_id, collection_id, product_id, position)
  select p.shop_id, p.collection_id, p.product_id, p.position
  from staged_collection_products p
  where p.shop_id = $1::int and p.batch = $2::uuid and ${IS_STAGED("p")}
  on conflict (shop_id, collection_id, product_id) do update set position = excluded.position
  where collection_products.position <> excluded.position`;
