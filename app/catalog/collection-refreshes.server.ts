import type { Db } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";

/** A collection that this process asks for until `waitUntil`. */
export type CollectionClaim = {
  shopId: number;
  domain: string;
  /** Digits. */
  collectionId: string;
  attempts: number;
  waitUntil: Date;
};

/** Has a collection asked for again, by whichever process finds the time. */
export const requestCollection = (
  db: Db,
  { shopId, collectionId }: { shopId: number; collectionId: string },
  now: Date,
): Promise<number> => db.$executeRaw`
  insert into collection_refreshes (shop_id, collection_id, requested_at)
  values (${shopId}::int, ${collectionId}::bigint, ${now}::timestamptz)
  on conflict (shop_id, collection_id) do update
  set requested_at = excluded.requested_at, wait_until = null, attempts = 0`;

/** Takes a collection that nobody asks for now, the one that has waited longest first. */
export async function claimCollection(db: Db, now: Date): Promise<CollectionClaim | null> {
  const [claim] = await db.$queryRaw<CollectionClaim[]>`
    update collection_refreshes r
    set wait_until = ${new Date(now.getTime() + 2 * MINUTE)}::timestamptz, attempts = attempts + 1
    from shops s
    where s.id = r.shop_id and (r.shop_id, r.collection_id) = (
      select shop_id, collection_id from collection_refreshes
      join shops on shops.id = shop_id and shops.uninstalled_at is null
      where wait_until is null or wait_until <= ${now}::timestamptz
      order by requested_at limit 1 for update of collection_refreshes skip locked)
    returning r.shop_id as "shopId", s.domain, r.collection_id::text as "collectionId", r.attempts,
              r.wait_until as "waitUntil"`;
  return claim ?? null;
}

/** Nothing is left to ask, unless the collection was told of again meanwhile. */
export const collectionAsked = (
  db: Db,
  { shopId, collectionId, waitUntil }: CollectionClaim,
): Promise<number> => db.$executeRaw`
  delete from collection_refreshes
  where shop_id = ${shopId}::int and collection_id = ${collectionId}::bigint
    and wait_until = ${waitUntil}::timestamptz`;

/** Leaves a collection alone until a moment, unless it was told of again meanwhile. */
export const collectionHeldUp = (
  db: Db,
  { shopId, collectionId, waitUntil }: CollectionClaim,
  { until, error }: { until: Date; error: string },
): Promise<number> => db.$executeRaw`
  update collection_refreshes set wait_until = ${until}::timestamptz, error = ${error}
  where shop_id = ${shopId}::int and collection_id = ${collectionId}::bigint
    and wait_until = ${waitUntil}::timestamptz`;
