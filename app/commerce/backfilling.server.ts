import { setTimeout as sleep } from "node:timers/promises";
import type { AppContext } from "~/context";
import { SECOND } from "~/platform/time";
import { workOn } from "./backfill.server";
import { claimBackfill, requestDue } from "./backfill-state.server";
import type { BackfillWorld } from "./backfill-work.server";

const EVERY = 5 * SECOND;

/** Fetches the orders of shops that were installed or that asked for it, one shop at a time. Any number
 * of processes may: each backfill is in one's hand, and the next one's within a minute after it died.
 * @returns a function that stops after the batch under way */
export function startBackfilling(context: AppContext): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const world = backfillWorld(context, signal);
  const loop = async () => {
    while (!signal.aborted) {
      await fetchDue(world).catch((error: unknown) =>
        context.log.error({ reason: String(error) }, "looking for orders to fetch failed"),
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

export const backfillWorld = (
  { db, log, shopify, config }: Pick<AppContext, "db" | "log" | "shopify" | "config">,
  signal?: AbortSignal,
): BackfillWorld => ({
  ...{ db, log, adminOf: shopify.adminOf, retentionDays: config.eventRetentionDays, signal },
  now: () => new Date(),
});

/** Does what there is to do for every backfill now. */
async function fetchDue(world: BackfillWorld): Promise<void> {
  await requestDue(world.db, world.now());
  while (!world.signal?.aborted) {
    const claim = await claimBackfill(world.db, world.now());
    if (!claim) return;
    await workOn(world, claim);
  }
}
