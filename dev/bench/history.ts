import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { importLines } from "~/events/import.server";
import { linesOf } from "~/platform/lines.server";
import { withDatabase } from "~/commands/database.server";
import { catchUp } from "~/projections/worker.server";
import { removeEmbeddedPostgres } from "~/platform/embedded-postgres.server";
import { shopOf } from "../store/catalog/shops";
import { writeWorld } from "../shoppers/world";

/** How long a shop's past takes from nothing: simulated, imported, folded.
 * npx tsx dev/bench/history.ts [VISITORS_PER_DAY] [DAYS] */
const [visitorsPerDay = 1_000, days = 90] = process.argv.slice(2).map(Number);
const SHOP = "northwind-outdoor.myshopify.com";

const folder = await mkdtemp(path.join(tmpdir(), "history-"));
const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(1);
const megabytes = () => Math.round(process.memoryUsage.rss() / 1_000_000);

let started = performance.now();
const world = { shop: SHOP, seed: 7, days, visitorsPerDay, until: new Date() };
const { history, visits, events, orders } = await writeWorld(world, folder);
console.log(
  `simulated ${visits} visits, ${events} events, ${orders} orders in ${seconds(started)} s`,
);

await withDatabase({ databaseUrl: process.env.DATABASE_URL, dataFolder: folder }, async (db) => {
  const { timeZone, currency } = shopOf(SHOP);
  const shop = await db.shop.create({
    data: { domain: SHOP, timeZone, currency, pixelKey: `bench-${Date.now()}` },
  });
  started = performance.now();
  const report = await importLines(db, linesOf(createReadStream(history)), {
    ...{ shopId: shop.id, receivedAt: new Date(), retentionDays: 400 },
  });
  const taken = Number(seconds(started));
  console.log(
    `imported ${report.accepted} lines (${report.refused} refused) in ${taken} s: ` +
      `${Math.round(report.lines / taken)} a second, ${megabytes()} MB`,
  );

  started = performance.now();
  await catchUp(db);
  const rate = Math.round(report.accepted / Number(seconds(started)));
  console.log(
    `folded ${report.accepted} in ${seconds(started)} s: ${rate} a second, ${megabytes()} MB`,
  );
});
await removeEmbeddedPostgres(path.join(folder, "postgres"));
await rm(folder, { recursive: true });
