import type { Database } from "~/platform/db.server";
import { groupBy } from "~/platform/group-by";
import { inTransaction } from "~/platform/sql.server";
import { refoldWholly } from "./change.server";
import { markStale } from "./journeys.server";

/** Folds again what was set aside, a shop at a time: after a release that mends the fold, or to see
 * whether it is still so.
 * @returns how many browsers, orders and customers were tried, and how much is still set aside */
export async function retryFailures(db: Database): Promise<{ tried: number; left: number }> {
  const failed = await db.foldFailure.findMany();
  let tried = 0;
  for (const [shopId, own] of groupBy(failed, (each) => each.shopId)) {
    const idsOf = (table: string) =>
      own.filter(({ failedTable }) => failedTable === table).map(({ sessionId }) => sessionId);
    const clientIds = [...new Set(own.flatMap(({ clientId }) => clientId || []))];
    const people = { clientIds, orderIds: idsOf("orders"), customerIds: idsOf("customers") };
    const visitors = idsOf("visitors").map((visitorId) => ({ shopId, visitorId }));
    await inTransaction(db.pool, async (sql) => {
      await refoldWholly(sql, shopId, people);
      await markStale(sql, visitors);
    });
    tried += Object.values(people).flat().length;
  }
  return { tried, left: await db.foldFailure.count() };
}
