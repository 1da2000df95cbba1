import { startSyncing } from "./catalog/syncing.server";
import { startBackfilling } from "./commerce/backfilling.server";
import type { AppContext } from "./context";
import { logMaintenance } from "./events/maintenance.server";
import { startJobs } from "./platform/jobs.server";
import { startUpgrading } from "./projections/upgrade.server";
import { startProjecting } from "./projections/worker.server";
import { shopDetails } from "./shopify/shop-details.server";
import { tokenKeepAlive } from "./shopify/token-keep-alive.server";

/** Starts what works behind the requests: the projections, their re-aim, the backfills,
 * the catalogue and the scheduled jobs. */
export async function startWorker(context: AppContext, databaseUrl: string) {
  const stopProjecting = await startProjecting(context.db, context.log);
  const stopUpgrading = startUpgrading(context.db, context.log);
  const stopBackfilling = startBackfilling(context);
  const stopSyncing = startSyncing(context);
  const jobs = await startJobs({
    databaseUrl,
    context,
    jobs: [logMaintenance, tokenKeepAlive, shopDetails],
  });
  return async () => {
    await Promise.all([stopUpgrading(), stopBackfilling(), stopSyncing()]);
    await jobs.stop();
    await stopProjecting();
  };
}
