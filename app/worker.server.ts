import { startChecking } from "./analytics/rollups/checking.server";
import { startKeeping } from "./analytics/rollups/keeping-loop.server";
import { alertsUpkeep } from "./catalog/alerts/upkeep.server";
import { startCollecting } from "./catalog/collection-loop.server";
import { startDelivering } from "./catalog/deliveries/delivering.server";
import { startMatching } from "./catalog/matching/matching.server";
import { startRefreshing } from "./catalog/refreshing.server";
import { startSyncing } from "./catalog/syncing.server";
import { startBackfilling } from "./commerce/backfilling.server";
import type { AppContext } from "./context";
import { logMaintenance } from "./events/maintenance.server";
import { startJobs } from "./platform/jobs.server";
import { startUpgrading } from "./projections/upgrade.server";
import { startProjecting } from "./projections/worker.server";
import { shopDetails } from "./shopify/shop-details.server";
import { tokenKeepAlive } from "./shopify/token-keep-alive.server";

/** Starts what works behind the requests: the projections, what fetches, what delivers, and the scheduled
 * jobs. */
export async function startWorker(context: AppContext, databaseUrl: string) {
  const stopProjecting = await startProjecting(context.db, context.log);
  const stops = [
    startUpgrading(context.db, context.log),
    startBackfilling(context),
    startSyncing(context),
    startCollecting(context),
    startRefreshing(context),
    startMatching(context),
    startDelivering(context),
    startChecking(context),
    startKeeping(context),
  ];
  const jobs = await startJobs({
    databaseUrl,
    context,
    jobs: [logMaintenance, tokenKeepAlive, shopDetails, alertsUpkeep],
  });
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    await jobs.stop();
    await stopProjecting();
  };
}
