import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { MINUTE } from "~/platform/time";
import { FOLD_VERSION } from "./timeline";
import { upgradeShop, shopsBehind, type Aim } from "./rebuild.server";

const EVERY = 10 * MINUTE;

/** Folds anew what an earlier version has folded: now, and again every ten minutes, in case a worker
 * died or a shop failed. Any number may run: each shop is done once.
 * @returns a function that gives up the shop under way, which stays as it was, and stops */
export function startUpgrading(db: Database, log: Log): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      await upgradeShops(db, log, { version: FOLD_VERSION, signal }).catch((error: unknown) =>
        log.error({ reason: String(error) }, "looking for shops to fold anew failed"),
      );
      await sleep(EVERY, undefined, { signal }).catch(() => {});
    }
  };
  const ended = loop();
  return async () => {
    stopping.abort();
    await ended;
  };
}

/** Rebuilds the shops that are behind this version, one at a time; one shop's failure is its own.
 * @returns the shops that were rebuilt */
export async function upgradeShops(db: Database, log: Log, aim: Aim): Promise<number[]> {
  const upgraded: number[] = [];
  for (const shopId of await shopsBehind(db, aim.version)) {
    if (aim.signal?.aborted) break;
    try {
      const clients = await upgradeShop(db, shopId, aim);
      if (clients === null) continue;
      upgraded.push(shopId);
      log.info({ shop: shopId, clients, version: aim.version }, "folded a shop anew");
    } catch (error) {
      if (!aim.signal?.aborted)
        log.error({ shop: shopId, reason: String(error) }, "a shop could not be folded anew");
    }
  }
  return upgraded;
}
