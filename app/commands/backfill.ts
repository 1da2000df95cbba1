import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { sinceOf } from "~/commerce/backfill";
import { workOn } from "~/commerce/backfill.server";
import { claimBackfill, requestBackfill } from "~/commerce/backfill-state.server";
import type { BackfillWorld } from "~/commerce/backfill-work.server";
import { backfillWorld } from "~/commerce/backfilling.server";
import { readConfig } from "~/platform/config.server";
import { InvalidInput } from "~/platform/errors";
import { createLog } from "~/platform/log.server";
import { SECOND } from "~/platform/time";
import { createShopify } from "~/shopify/shopify.server";
import { withDatabase } from "./database.server";
import { MISUSED, runCommand } from "./run";
import { shopNamed } from "./shops.server";

const USAGE = `Usage: npm run backfill -- --shop DOMAIN [--days N|all]

Fetches the orders that a shop had before, or whose webhooks were lost, from Shopify into the log: of 60
days, or of all time where the shop has granted read_all_orders. What the log has already is left alone.
It can be broken off at any time, and goes on where it was. Works on the database of DATABASE_URL, else
on the embedded one.`;

type Options = { shop: string; days: number | "all" | undefined };

/** @throws {InvalidInput} --days is neither a number of days nor "all" */
function readOptions(): Options | undefined {
  const { values } = parseArgs({ options: { shop: { type: "string" }, days: { type: "string" } } });
  if (!values.shop) return undefined;
  const days = values.days === "all" ? "all" : values.days && Number(values.days);
  if (typeof days === "number" && !(Number.isInteger(days) && days > 0))
    throw new InvalidInput(`--days wants a whole number or "all", got "${values.days}"`);
  return { shop: values.shop, days: days || undefined };
}

const run = (options: Options): Promise<number> => {
  const config = readConfig(process.env);
  const log = createLog("warn");
  return withDatabase(config, async (db) => {
    const shopId = await shopNamed(db, options.shop);
    const shop = await db.shop.findUniqueOrThrow({ where: { id: shopId } });
    const world = backfillWorld({ db, log, config, shopify: createShopify({ config, db, log }) });
    const since = sinceOf(shop, world.now(), options.days);
    if (!(await requestBackfill(db, shopId, { since, now: world.now() })))
      console.log("A backfill was under way already: going on with that one.");
    return follow(world, shopId);
  });
};

/** Works on a shop's backfill, or watches another process do so, until it is over.
 * @returns the exit code */
async function follow(world: BackfillWorld, shopId: number): Promise<number> {
  for (;;) {
    const claim = await claimBackfill(world.db, world.now(), shopId);
    if (claim) await workOn(world, claim);
    const backfill = await world.db.backfill.findUniqueOrThrow({ where: { shopId } });
    const { status, readCount, totalCount, error } = backfill;
    console.log(
      `${status}: ${readCount} of ${totalCount ?? "?"} orders${error ? `; ${error}` : ""}`,
    );
    if (status === "done") return 0;
    if (status === "failed") return 1;
    await sleep(SECOND);
  }
}

await runCommand(USAGE, async () => {
  const options = readOptions();
  return options ? run(options) : MISUSED;
});
