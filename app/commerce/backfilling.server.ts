import type { AppContext } from "~/context";
import { startLoop } from "~/platform/loop.server";
import { SECOND } from "~/platform/time";
import { workOn } from "./backfill.server";
import { claimBackfill, requestDue } from "./backfill-state.server";
import type { BackfillWorld } from "./backfill-work.server";

/** Fetches the orders of shops that were installed or that asked for it, one shop at a time. Any number
 * of processes may: each backfill is in one's hand, and the next one's within a minute after it died.
 * @returns a function that stops after the batch under way */
export const startBackfilling = (context: AppContext): (() => Promise<void>) =>
  startLoop(
    { name: "looking for orders to fetch", pauseMs: 5 * SECOND, log: context.log },
    (signal) => fetchDue(backfillWorld(context, signal)),
  );

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
