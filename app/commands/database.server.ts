import path from "node:path";
import { ensurePartitions } from "~/events/log.server";
import type { DatabaseConfig } from "~/platform/config.server";
import { openDatabase, type Database } from "~/platform/db.server";
import { runningPostgres, startEmbeddedPostgres } from "~/platform/embedded-postgres.server";
import { createLog } from "~/platform/log.server";
import { migrate } from "~/platform/migrate.server";
import { pendingMigrations } from "~/platform/readiness.server";

/** Opens the database that the app works on, for a command: the one of DATABASE_URL; else the embedded
 * one, where it runs already, or started for as long as the command takes.
 * @throws {Misconfigured} the embedded one can be neither reached nor started */
export async function withDatabase<Result>(
  { databaseUrl, dataFolder }: Pick<DatabaseConfig, "databaseUrl" | "dataFolder">,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const folder = path.resolve(dataFolder, "postgres");
  const url = databaseUrl ?? (await runningPostgres(folder));
  const own = url === undefined ? await startEmbeddedPostgres(folder) : undefined;
  const address = url ?? own?.url ?? "";
  const db = openDatabase(address, createLog("warn"));
  try {
    if ((await pendingMigrations(db)).length > 0) await migrate(address);
    await ensurePartitions(db, new Date());
    return await work(db);
  } finally {
    await db.$disconnect();
    await own?.stop();
  }
}
