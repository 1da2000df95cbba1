import { parseArgs } from "node:util";
import { readDatabaseUrl } from "~/platform/config.server";
import { openDatabase } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { rebuildShop, shopsInLog } from "~/projections/rebuild.server";

const USAGE = `Usage: npm run projections -- rebuild [--shop DOMAIN]

Drops sessions and page views and folds them anew from the log, a shop at a time, while the app goes
on. DATABASE_URL names the database.`;

async function rebuild(domain: string | undefined): Promise<void> {
  const db = openDatabase(readDatabaseUrl(process.env), createLog("warn"));
  const ids = domain ? [await shopNamed(db, domain)] : await shopsInLog(db);
  for (const id of ids) console.log(`shop ${id}: folded ${await rebuildShop(db, id)} clients`);
  await db.$disconnect();
}

async function shopNamed(db: ReturnType<typeof openDatabase>, domain: string): Promise<number> {
  const shop = await db.shop.findUnique({ where: { domain }, select: { id: true } });
  if (!shop) throw new Error(`there is no shop "${domain}": want a domain like name.myshopify.com`);
  return shop.id;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { shop: { type: "string" } },
});
if (positionals[0] === "rebuild") await rebuild(values.shop);
else {
  console.error(USAGE);
  process.exitCode = 2;
}
