import { keepChoices } from "~/analytics/rollups/by-choice.server";
import { keepShop } from "~/analytics/rollups/keeping-loop.server";
import type { Database } from "~/platform/db.server";
import { SECOND } from "~/platform/time";

export const DAYS = 90;
/** The shops'. */
export const TIME_ZONE = "Europe/Berlin";

/** A shop that is to have so many events of the `DAYS` days before `now`. */
export type Filling = { id: number; events: number; now: Date };
/** Gives an empty shop its facts, its log and their sums, and says what took how long. */
export type Fill = (db: Database, shop: Filling) => Promise<string>;

/** Makes a shop and what is kept of it, unless it is there from an earlier time.
 * @param how what fills it, by its name
 * @throws where its filling was cut short then */
export async function makeShop(
  db: Database,
  events: number,
  [name, fill]: [name: string, fill: Fill],
): Promise<{ id: number; taken: string }> {
  const domain = `${name}-${events}.myshopify.com`;
  const known = await db.shop.findUnique({ where: { domain } });
  if (known) {
    if ((await db.rollupSpan.count({ where: { shopId: known.id } })) === 0)
      throw new Error(`${domain} was not filled to the end: remove what is in --data first`);
    await keepAll(db, known.id);
    return { id: known.id, taken: "found" };
  }
  const { id } = await db.shop.create({
    data: { domain, pixelKey: domain, timeZone: TIME_ZONE, currency: "EUR" },
  });
  const filled = await fill(db, { id, events, now: new Date() });
  await db.$executeRaw`vacuum analyze`;
  const begun = performance.now();
  await keepAll(db, id);
  await db.$executeRaw`vacuum analyze`;
  const seconds = (performance.now() - begun) / SECOND;
  return { id, taken: `${filled}, kept answers in ${seconds.toFixed(1)} s` };
}

/** Keeps what the worker would by the next morning. */
async function keepAll(db: Database, shopId: number): Promise<void> {
  const shop = { shopId, timeZone: TIME_ZONE };
  while (await keepShop(db, shop));
  await keepChoices(db, shop);
}
