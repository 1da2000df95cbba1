import { parseArgs } from "node:util";
import { readDatabaseConfig } from "~/platform/config.server";
import { isAppError } from "~/platform/errors";
import { retryFailures } from "~/projections/failures.server";
import { rebuildShop, shopsInLog } from "~/projections/rebuild.server";
import { withDatabase } from "./database.server";
import { shopNamed } from "./shops.server";

const USAGE = `Usage: npm run projections -- rebuild [--shop DOMAIN]
       npm run projections -- failures
       npm run projections -- retry

Drops the facts and folds them anew from the log, a shop at a time, while the app goes
on. "failures" lists the visits that a fold could not take, "retry" folds them again. Works on the
database of DATABASE_URL, else on the embedded one.`;

const rebuild = (domain: string | undefined): Promise<void> =>
  withDatabase(readDatabaseConfig(process.env), async (db) => {
    const ids = domain ? [await shopNamed(db, domain)] : await shopsInLog(db);
    for (const id of ids) console.log(`shop ${id}: folded ${await rebuildShop(db, id)} clients`);
  });

const failures = (): Promise<void> =>
  withDatabase(readDatabaseConfig(process.env), async (db) => {
    const failed = await db.foldFailure.findMany({
      orderBy: [{ shopId: "asc" }, { startedAt: "asc" }],
    });
    for (const { shopId, sessionId, failedTable, error } of failed)
      console.log(`shop ${shopId}, session ${sessionId}: not in ${failedTable}: ${error}`);
    console.log(`${failed.length} visits are set aside`);
  });

const retry = (): Promise<void> =>
  withDatabase(readDatabaseConfig(process.env), async (db) => {
    const { tried, left } = await retryFailures(db);
    console.log(`folded the visits of ${tried} clients again, ${left} visits are still set aside`);
  });

const COMMANDS: Record<string, (domain: string | undefined) => Promise<void>> = {
  rebuild,
  failures,
  retry,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { shop: { type: "string" } },
});
try {
  const command = COMMANDS[positionals[0] ?? ""];
  if (command) await command(values.shop);
  else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  if (!isAppError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
