import { parseArgs } from "node:util";
import { readDatabaseConfig } from "~/platform/config.server";
import { isAppError } from "~/platform/errors";
import { rebuildShop, shopsInLog } from "~/projections/rebuild.server";
import { withDatabase } from "./database.server";
import { shopNamed } from "./shops.server";

const USAGE = `Usage: npm run projections -- rebuild [--shop DOMAIN]

Drops sessions and page views and folds them anew from the log, a shop at a time, while the app goes
on. Works on the database of DATABASE_URL, else on the embedded one.`;

const rebuild = (domain: string | undefined): Promise<void> =>
  withDatabase(readDatabaseConfig(process.env), async (db) => {
    const ids = domain ? [await shopNamed(db, domain)] : await shopsInLog(db);
    for (const id of ids) console.log(`shop ${id}: folded ${await rebuildShop(db, id)} clients`);
  });

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { shop: { type: "string" } },
});
try {
  if (positionals[0] === "rebuild") await rebuild(values.shop);
  else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  if (!isAppError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
