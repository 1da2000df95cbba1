import path from "node:path";
import { ensurePartitions } from "./events/log.server";
import type { AppContext } from "./context";
import { startHost } from "./host.server";
import { readConfig, type Config } from "./platform/config.server";
import { openDatabase, type Database } from "./platform/db.server";
import { startEmbeddedPostgres } from "./platform/embedded-postgres.server";
import { isAppError } from "./platform/errors";
import { createLog, type Log } from "./platform/log.server";
import { migrate } from "./platform/migrate.server";
import { pendingMigrations } from "./platform/readiness.server";
import { createShopify } from "./shopify/shopify.server";
import { startWorker } from "./worker.server";

type Stop = () => Promise<void>;

/** Starts the process's parts in order; a stop undoes them in reverse. */
async function start(config: Config, log: Log, stops: Stop[]): Promise<void> {
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, log, stops));
  const db = openDatabase(databaseUrl, log);
  stops.push(() => db.$disconnect());
  await prepare(db, databaseUrl);
  const shopify = createShopify({ config, db, log });
  const context: AppContext = { config, db, log, shopify };
  if (config.role !== "web") stops.push(await startWorker(context, databaseUrl));
  if (config.role !== "worker") stops.push(await startHost(context));
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

async function main(): Promise<void> {
  const stops: Stop[] = [];
  let log = createLog("info");
  const stopAll = async () => {
    while (stops.length > 0) await stops.pop()?.();
  };
  const onSignal = (signal: NodeJS.Signals) => {
    log.info({ signal }, "stopping");
    stopAll().then(
      () => process.exit(0),
      (error: unknown) => fail(log, error),
    );
  };
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  try {
    const config = readConfig(process.env);
    log = createLog(config.logLevel);
    await start(config, log, stops);
    log.info({ url: config.shopify.appUrl, role: config.role }, "ready");
  } catch (error) {
    await stopAll();
    fail(log, error);
  }
}

/** A person reads an expected failure; a bug keeps its trace. */
function fail(log: Log, error: unknown): never {
  if (isAppError(error)) process.stderr.write(`${error.message}\n`);
  else log.error({ err: error }, "stopped by a bug");
  process.exit(1);
}

await main();
