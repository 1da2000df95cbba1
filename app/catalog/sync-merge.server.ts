import { inTransaction, type Sql } from "~/platform/sql.server";
import { mergeCollections } from "./collections.server";
import { mergeProducts } from "./merge.server";
import { SyncFailed, UNINSTALLED } from "./sync-failure";
import { noteSync } from "./sync-state.server";
import { stageOf, type SyncWork } from "./sync-work.server";

/** Makes the mirror what was found, and says so, in one transaction.
 * @returns false when a part of what was read is no longer there: nothing was merged, and the claim is what it was
 * @throws {SyncFailed} the app was uninstalled meanwhile */
export async function mergeSync(work: SyncWork, asOf: Date): Promise<boolean> {
  const { claim, world } = work;
  const now = world.now();
  const merged = await inTransaction(world.db.pool, async (sql) => {
    if (!(await isStageWhole(sql, work))) return null;
    const held = await noteSync(sql, claim, { status: "merging", now });
    await requireInstalled(sql, claim.shopId);
    const asked = "all" as const;
    const collections = await mergeCollections(sql, stageOf(work), { asOf, asked });
    const unread = claim.productsUnread;
    const products = await mergeProducts(sql, stageOf(work), {
      ...{ asOf, asked, unread, source: "sync" as const },
    });
    const error = unread.length > 0 ? unreadWords(unread.length) : null;
    const done = { status: "done", finishedAt: world.now(), error, ...products } as const;
    await noteSync(sql, held, { ...done, now });
    await sql.run(FORGET_OLD, [claim.shopId, now]);
    return { ...products, ...collections };
  });
  if (merged) world.log.info({ shop: claim.domain, ...merged }, "synced a shop's catalogue");
  return merged !== null;
}

const unreadWords = (count: number) =>
  `${count} products could not be read and stay as they were: see the app's log.`;

const FORGET_OLD = `
  delete from catalog_syncs
  where shop_id = $1::int and finished_at < $2::timestamptz - interval '90 days'`;

async function requireInstalled(sql: Sql, shopId: number): Promise<void> {
  const found = await sql.rows("select from shops where id = $1::int and uninstalled_at is null", [
    shopId,
  ]);
  if (found.length === 0) throw new SyncFailed(UNINSTALLED);
}

/** The stage does not outlive a crash of the database, unlike what is noted of it. */
async function isStageWhole(sql: Sql, { claim }: SyncWork): Promise<boolean> {
  const [staged] = await sql.rows<{ products: number; collections: number }>(
    `select (select count(*)::int from staged_products
             where shop_id = $1::int and batch = $2::uuid) as products,
            (select count(*)::int from staged_collections
             where shop_id = $1::int and batch = $2::uuid) as collections`,
    [claim.shopId, claim.syncId],
  );
  return (
    staged?.products === claim.productsRead - claim.productsUnread.length &&
    staged.collections === claim.collectionsRead
  );
}
