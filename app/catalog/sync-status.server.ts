import type { Db } from "~/platform/db.server";
import { isStale } from "./freshness.server";
import type { SyncReason } from "./sync-state.server";

export type SyncStatus = "waiting" | "running" | "reading" | "merging" | "done" | "failed";

/** One making anew of the mirror. */
export type Sync = {
  syncId: string;
  reason: SyncReason;
  status: SyncStatus;
  productsRead: number;
  /** Null until Shopify has counted them. */
  productsFound: number | null;
  /** Null until it is done; so are the next two. */
  productsChanged: number | null;
  productsDeleted: number | null;
  variantsChanged: number | null;
  startedAt: Date;
  finishedAt: Date | null;
  error: string | null;
};

/** A product that has to be asked for, and could not be. */
export type FailingHint = {
  productId: string;
  reason: string;
  attempts: number;
  waitUntil: Date | null;
  error: string | null;
};

export type CatalogStatus = {
  products: number;
  variants: number;
  staleProducts: number;
  staleHours: number;
  /** All of the mirror was right at this moment. */
  confirmedAt: Date | null;
  /** When what changed was last looked for. */
  sweptAt: Date | null;
  /** Products that wait to be asked for, those that failed among them. */
  hintsWaiting: number;
  failing: FailingHint[];
  /** The last ones first. */
  syncs: Sync[];
};

const SHOWN = 20;

/** How current a shop's mirror is, and how it became so. */
export async function catalogStatus(db: Db, shopId: number, now: Date): Promise<CatalogStatus> {
  const [counts, syncs, failing] = await Promise.all([
    countsOf(db, shopId, now),
    syncsOf(db, shopId),
    failingOf(db, shopId),
  ]);
  return { ...counts, syncs, failing };
}

async function countsOf(db: Db, shopId: number, now: Date) {
  const [counts] = await db.$queryRaw<Omit<CatalogStatus, "failing" | "syncs">[]>`
    select count(*)::int as products, coalesce(sum(p.variant_count), 0)::int as variants,
           (count(*) filter (where ${isStale(shopId, now)}))::int as "staleProducts",
           coalesce((select stale_hours from catalog_states where shop_id = ${shopId}::int), 24)
             as "staleHours",
           (select confirmed_at from catalog_states where shop_id = ${shopId}::int)
             as "confirmedAt",
           (select swept_at from catalog_states where shop_id = ${shopId}::int) as "sweptAt",
           (select count(*)::int from catalog_refreshes where shop_id = ${shopId}::int)
             as "hintsWaiting"
    from products p where p.shop_id = ${shopId}::int and p.deleted_at is null`;
  if (!counts) throw new Error("an aggregate without groups returned no row");
  return counts;
}

const syncsOf = (db: Db, shopId: number) => db.$queryRaw<Sync[]>`
  select sync_id as "syncId", reason, status, products_read as "productsRead",
         products_found as "productsFound", products_changed as "productsChanged",
         products_deleted as "productsDeleted", variants_changed as "variantsChanged",
         started_at as "startedAt", finished_at as "finishedAt", error
  from catalog_syncs where shop_id = ${shopId}::int
  order by started_at desc, sync_id limit ${SHOWN}::int`;

const failingOf = (db: Db, shopId: number) => db.$queryRaw<FailingHint[]>`
  select product_id::text as "productId", reason, attempts, wait_until as "waitUntil", error
  from catalog_refreshes where shop_id = ${shopId}::int and attempts > 0
  order by attempts desc, product_id limit ${SHOWN}::int`;
