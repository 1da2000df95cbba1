import type { Database } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { refoldClients } from "./refold.server";

const TRANSACTION = { timeout: 10 * MINUTE, maxWait: 10_000 };

/** Folds the timelines again in which a visit was set aside, a shop at a time: after a release that
 * mends the fold, or to see whether it is still so.
 * @returns how many clients were tried, and how many visits are still set aside */
export async function retryFailures(db: Database): Promise<{ tried: number; left: number }> {
  const failed = await db.foldFailure.findMany({
    distinct: ["shopId", "clientId"],
    select: { shopId: true, clientId: true },
  });
  for (const shopId of new Set(failed.map((each) => each.shopId))) {
    const clients = failed.filter((each) => each.shopId === shopId).map((each) => each.clientId);
    await db.$transaction((tx) => refoldClients(tx, shopId, clients), TRANSACTION);
  }
  return { tried: failed.length, left: await db.foldFailure.count() };
}
