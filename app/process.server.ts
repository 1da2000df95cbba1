import path from "node:path";
import { createIngest } from "./events/ingest/ingest.server";
import { ensurePartitions } from "./events/log.server";
import type { AppContext } from "./context";
import { startHost, type Pages } from "./host.server";
import { readConfig, type Config } from "./platform/config.server";
import { openDatabase, type Database } from "./platform/db.server";
import { startEmbeddedPostgres } from "./platform/embedded-postgres.server";
import { isAppError } from "./platform/errors";
import { createLog, type Log } from "./platform/log.server";
import { createMetrics } from "./platform/metrics.server";
import { migrate } from "./platform/migrate.server";
import { pendingMigrations } from "./platform/readiness.server";
import { gaugeFolds } from "./projections/lag.server";
import { createShopify } from "./shopify/shopify.server";
import { startWorker } from "./worker.server";

type Stop = () => Promise<void>;

/** Starts the process's parts in order; a stop undoes them in reverse. */
async function start(config: Config, pages: Pages, log: Log, stops: Stop[]): Promise<void> {
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, log, stops));
  const db = openDatabase(databaseUrl, log);
  stops.push(() => db.$disconnect());
  await prepare(db, databaseUrl);
  const shopify = createShopify({ config, db, log });
  const context: AppContext = { config, db, log, shopify, metrics: createMetrics() };
  if (config.role !== "web") stops.push(await startWorker(context, databaseUrl));
  if (config.role === "worker") return;
  gaugeFolds(context.metrics, db);
  const ingest = createIngest({ ...context, databaseUrl, limits: config.eventLimits });
  stops.push(() => ingest.stop());
  stops.push(await startHost(context, pages, ingest));
}

async function startDatabase(config: Config, log: Log, stops: Stop[]): Promise<string> {
  const asked = path.resolve(config.dataFolder, "postgres");
  const { url, home, stop } = await startEmbeddedPostgres(asked);
  stops.push(stop);
  if (home !== asked)
    log.warn({ home }, "the checkout is closed to other users, so the database is kept elsewhere");
  return url;
}

async function prepare(db: Database, databaseUrl: string): Promise<void> {
  if ((await pendingMigrations(db)).length > 0) await migrate(databaseUrl);
  await ensurePartitions(db, new Date());
}

/** Runs Pixelnova until a signal ends it: reads the environment, starts what the role asks for, and
 * leaves nothing half-started behind when a part cannot start. */
export async function run(pages: Pages): Promise<void> {
  const stops: Stop[] = [];
  let log = createLog("info");
  const signalled = firstSignal();
  try {
    const config = readConfig(process.env);
    log = createLog(config.logLevel);
    await start(config, pages, log, stops);
    log.info({ url: config.shopify.appUrl, role: config.role }, "ready");
    log.info({ signal: await signalled }, "stopping");
    await stopAll(stops);
  } catch (error) {
    explain(log, error);
    await stopAll(stops);
    process.exit(1);
  }
  process.exit(0);
}

/** Listens from now on, so that a signal during the start is kept until the start is through, and for
 * good, so that a second one does not cut the stop short. */
const firstSignal = () =>
  new Promise<NodeJS.Signals>((resolve) => {
    process.on("SIGINT", resolve).on("SIGTERM", resolve);
  });

async function stopAll(stops: Stop[]): Promise<void> {
  while (stops.length > 0) await stops.pop()?.();
}

/** A person reads an expected failure; a bug keeps its trace. */
function explain(log: Log, error: unknown): void {
  if (isAppError(error)) process.stderr.write(`${error.message}\n`);
  else log.error({ err: error }, "stopped by a bug");
}
