import { expect } from "vitest";
import type { Database } from "~/platform/db.server";

/** Waits until the app has mirrored what the stand-in sells in a shop, and takes all of that out again: what
 * a test lists then is all that there is. */
export async function emptyCatalogue(db: Database, shopId: number): Promise<void> {
  const isSettled = async () => {
    const [sync, state, waiting] = await Promise.all([
      db.catalogSync.findFirst({ where: { shopId }, orderBy: { startedAt: "desc" } }),
      db.catalogState.findUnique({ where: { shopId } }),
      db.catalogRefresh.count({ where: { shopId } }),
    ]);
    return sync?.status === "done" && state?.sweptAt && !state.unconfirmedAt && waiting === 0;
  };
  await expect.poll(isSettled, { timeout: 120_000, interval: 1_000 }).toBe(true);
  await db.product.deleteMany({ where: { shopId } });
  await db.alert.deleteMany({ where: { shopId } });
  await db.arrival.deleteMany({ where: { shopId } });
  await db.alertSettings.deleteMany({ where: { shopId } });
  // The next sweep is a quarter of an hour away.
  const untouched = { confirmedAt: null, sweptAt: new Date() };
  await db.catalogState.update({ where: { shopId }, data: untouched });
}
