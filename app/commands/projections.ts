import { parseArgs } from "node:util";
import { readDatabaseConfig } from "~/platform/config.server";
import { retryFailures } from "~/projections/failures.server";
import { scopeOf } from "~/projections/rebuild-scope.server";
import { rebuildShop, shopsInLog } from "~/projections/rebuild.server";
import { withDatabase } from "./database.server";
import { MISUSED, runCommand } from "./run";
import { shopNamed } from "./shops.server";

const USAGE = `Usage: npm run projections -- rebuild [--shop DOMAIN] [--projection NAME ...]
       npm run projections -- failures
       npm run projections -- retry

Makes tables anew from the log, a shop at a time, while the app goes on; the new rows replace the old
ones at once. A projection is named for its table, and those that hang on it are made anew with it.
"failures" lists what a fold could not take, "retry" folds it again. Works on the database of
DATABASE_URL, else on the embedded one.`;

type Options = { shop?: string; projection?: string[] };

function rebuild({ shop, projection }: Options): Promise<void> {
  scopeOf(projection); // a name that there is not is told before anything is done
  return withDatabase(readDatabaseConfig(process.env), async (db) => {
    const ids = shop ? [await shopNamed(db, shop)] : await shopsInLog(db.pool);
    for (const shopId of ids) {
      const clients = await rebuildShop(db.pool, { shopId, projections: projection });
      console.log(`shop ${shopId}: folded ${clients} browsers' timelines`);
    }
  });
}

const failures = (): Promise<void> =>
  withDatabase(readDatabaseConfig(process.env), async (db) => {
    const failed = await db.foldFailure.findMany({
      orderBy: [{ shopId: "asc" }, { startedAt: "asc" }],
    });
    for (const { shopId, sessionId, failedTable, error } of failed)
      console.log(`shop ${shopId}: ${sessionId} is not in ${failedTable}: ${error}`);
    console.log(`${failed.length} are set aside`);
  });

const retry = (): Promise<void> =>
  withDatabase(readDatabaseConfig(process.env), async (db) => {
    const { tried, left } = await retryFailures(db);
    console.log(
      `folded ${tried} browsers, orders and customers again, ${left} are still set aside`,
    );
  });

const COMMANDS: Record<string, (options: Options) => Promise<void>> = {
  rebuild,
  failures,
  retry,
};

await runCommand(USAGE, async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { shop: { type: "string" }, projection: { type: "string", multiple: true } },
  });
  const command = COMMANDS[positionals[0] ?? ""];
  if (!command) return MISUSED;
  await command(values);
  return 0;
});
