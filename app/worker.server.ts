import type { AppContext } from "./context";
import { logMaintenance } from "./events/maintenance.server";
import { startJobs } from "./platform/jobs.server";
import { startRescoring } from "./projections/rescore.server";
import { startProjecting } from "./projections/worker.server";
import { shopDetails } from "./shopify/shop-details.server";
import { tokenKeepAlive } from "./shopify/token-keep-alive.server";

/** Starts what works behind the requests: the projections, their re-scoring and the scheduled jobs. */
export async function startWorker(context: AppContext, databaseUrl: string) {
  const stopProjecting = await startProjecting(context.db, context.log);
  const stopRescoring = startRescoring(context.db, context.log);
  const jobs = await startJobs({
    databaseUrl,
    context,
    jobs: [logMaintenance, tokenKeepAlive, shopDetails],
  });
  return async () => {
    await stopRescoring();
    await jobs.stop();
    await stopProjecting();
  };
}
