import type { Database } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { startLoop } from "~/platform/loop.server";
import { inTransaction } from "~/platform/sql.server";
import { MINUTE } from "~/platform/time";
import { rebuildShop } from "./rebuild.server";
import { projectionsBehind } from "./versions.server";

const EVERY = 10 * MINUTE;

/** Folds anew what an earlier version has folded: now, and again every ten minutes, in case a worker
 * died or a shop failed. Any number may run: each shop is done once.
 * @returns a function that gives up the shop under way, which stays as it was, and stops */
export const startUpgrading = (db: Database, log: Log): (() => Promise<void>) =>
  startLoop({ name: "looking for shops to fold anew", pauseMs: EVERY, log }, (signal) =>
    upgradeShops(db, log, signal),
  );

/** Makes the projections anew that are behind their versions, one shop at a time; one shop's failure is
 * its own.
 * @returns the shops that were rebuilt */
export async function upgradeShops(
  { pool }: Database,
  log: Log,
  signal?: AbortSignal,
): Promise<number[]> {
  const upgraded: number[] = [];
  for (const shopId of (await behind(pool)).keys()) {
    if (signal?.aborted) break;
    try {
      const projections = (await behind(pool)).get(shopId); // unless another worker has seen to it
      if (!projections) continue;
      const clients = await rebuildShop(pool, { shopId, projections, signal });
      upgraded.push(shopId);
      log.info({ shop: shopId, clients, projections }, "folded a shop anew");
    } catch (error) {
      if (!signal?.aborted)
        log.error({ shop: shopId, reason: String(error) }, "a shop could not be folded anew");
    }
  }
  return upgraded;
}

const behind = (pool: Database["pool"]) => inTransaction(pool, (sql) => projectionsBehind(sql));
