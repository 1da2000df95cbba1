import type { AppContext } from "~/context";
import { startLoop } from "~/platform/loop.server";
import { SECOND } from "~/platform/time";
import { workOnSync } from "./sync.server";
import { requestDueSyncs } from "./sync-requests.server";
import { claimSync } from "./sync-state.server";
import type { SyncWorld } from "./sync-work.server";

/** Fetches the catalogues of shops that were installed, have had their night or asked for it, one shop at
 * a time. Any number of processes may: each sync is in one's hand, and the next one's within a minute
 * after it died.
 * @returns a function that stops after the batch under way */
export const startSyncing = (context: AppContext): (() => Promise<void>) =>
  startLoop(
    { name: "looking for catalogues to sync", pauseMs: 5 * SECOND, log: context.log },
    (signal) => syncDue(context, signal),
  );

/** Does what there is to do for every sync now. */
async function syncDue(
  { db, log, shopify }: Pick<AppContext, "db" | "log" | "shopify">,
  signal: AbortSignal,
): Promise<void> {
  const world: SyncWorld = { db, log, adminOf: shopify.adminOf, now: () => new Date(), signal };
  await requestDueSyncs(db, world.now());
  while (!signal.aborted) {
    const claim = await claimSync(db, world.now());
    if (!claim) return;
    await workOnSync(world, claim);
  }
}
