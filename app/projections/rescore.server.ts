import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { MINUTE } from "~/platform/time";
import { BOT_RULES_VERSION } from "./bots";
import { rescoreShop, shopsBehind, type Scoring } from "./rebuild.server";

const EVERY = 10 * MINUTE;

/** Scores what earlier rules for bots have scored: now, and again every ten minutes, in case a worker
 * died or a shop failed. Any number may run: each shop is done once.
 * @returns a function that gives up the shop under way, which stays as it was, and stops */
export function startRescoring(db: Database, log: Log): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      await rescoreShops(db, log, { rules: BOT_RULES_VERSION, signal }).catch((error: unknown) =>
        log.error({ reason: String(error) }, "re-scoring failed, and will be tried again"),
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

/** Rebuilds the shops that are behind these rules, one at a time; one shop's failure is its own.
 * @returns the shops that were rebuilt */
export async function rescoreShops(db: Database, log: Log, scoring: Scoring): Promise<number[]> {
  const rescored: number[] = [];
  for (const shopId of await shopsBehind(db, scoring.rules)) {
    if (scoring.signal?.aborted) break;
    try {
      const clients = await rescoreShop(db, shopId, scoring);
      if (clients === null) continue;
      rescored.push(shopId);
      log.info({ shop: shopId, clients, rules: scoring.rules }, "scored a shop by new rules");
    } catch (error) {
      if (!scoring.signal?.aborted)
        log.error(
          { shop: shopId, reason: String(error) },
          "a shop could not be scored by new rules",
        );
    }
  }
  return rescored;
}
