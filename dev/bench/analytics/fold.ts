import { randomUUID } from "node:crypto";
import { differencesOf, fillRollups } from "~/analytics/rollups/check.server";
import { mergeProducts } from "~/catalog/merge.server";
import { stageProducts } from "~/catalog/stage.server";
import { importLines } from "~/events/import.server";
import type { Database } from "~/platform/db.server";
import type { NumberedLine } from "~/platform/lines.server";
import { inTransaction } from "~/platform/sql.server";
import { SECOND } from "~/platform/time";
import { catchUp } from "~/projections/worker.server";
import { eventLine, orderLine } from "../../shoppers/history";
import { simulate } from "../../shoppers/simulate";
import { assortmentOf, NORTHWIND } from "../../store/catalog/assortment";
import { mirrored } from "../catalog/mirrored";
import { whole } from "../ingest/table";
import { DAYS, TIME_ZONE, type Filling } from "./shop";

/** Events and orders of a simulated visit that reach the log, in the mean. */
const EVENTS_A_VISIT = 11;

/** Fills a shop as its shoppers would: what simulated ones did is imported into the log, and folded into facts, whose
 * sums are written with them.
 * @returns what took how long
 * @throws where a sum is not that of its facts in the end */
export async function foldShoppers(db: Database, shop: Filling): Promise<string> {
  await listProducts(db, shop);
  await fillRollups(db, shop.id, TIME_ZONE);
  const begun = performance.now();
  const { accepted } = await importLines(db, linesOf(shop), {
    ...{ shopId: shop.id, receivedAt: shop.now, retentionDays: 400 },
  });
  const imported = performance.now();
  await catchUp(db);
  const folded = performance.now();
  await db.$executeRaw`vacuum analyze`;
  const differences = await differencesOf(db, shop.id);
  if (differences > 0) throw new Error(`${differences} sums are not those of their facts`);
  const sessions = await db.session.count({ where: { shopId: shop.id } });
  return (
    `${whole(accepted)} events and orders simulated and imported in ${((imported - begun) / SECOND).toFixed(1)} s, ` +
    `folded into ${whole(sessions)} sessions in ${((folded - imported) / SECOND).toFixed(1)} s`
  );
}

/** What the shop sells, as a sync would have found it. */
async function listProducts({ pool }: Database, { id: shopId, now }: Filling): Promise<void> {
  const about = { currency: "EUR", imageUrl: null };
  const products = assortmentOf(NORTHWIND).products.map((product) => mirrored(product, about));
  await inTransaction(pool, async (sql) => {
    const key = { shopId, batch: randomUUID() };
    await stageProducts(sql, key, products);
    const asked = products.map(({ product }) => product.productId);
    await mergeProducts(sql, key, { asOf: now, source: "sync", asked });
  });
}

/** What shoppers did, day by day, each in the order of its times. */
async function* linesOf({ events, now }: Filling): AsyncGenerator<NumberedLine> {
  const visitorsPerDay = Math.round(events / DAYS / EVENTS_A_VISIT);
  const options = { shop: NORTHWIND, seed: 7, days: DAYS, visitorsPerDay, until: now };
  let number = 0;
  for (const { visits, settled } of simulate(options)) {
    const sent = visits.flatMap(({ events }) => events.filter(({ fate }) => fate === "sent"));
    const day = [
      ...sent.map((event) => ({ at: event.at, text: eventLine(event) })),
      ...settled.map((order) => ({ at: order.updatedAt, text: orderLine(order) })),
    ].sort((one, other) => (one.at < other.at ? -1 : 1));
    for (const { text } of day) yield await Promise.resolve({ number: ++number, text });
  }
}
