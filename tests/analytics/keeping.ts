import { keepShop } from "~/analytics/rollups/keeping-loop.server";
import type { OfShop } from "~/analytics/rollups/keeping.server";
import type { Database } from "~/platform/db.server";

/** Keeps all that can be kept of a shop at a moment. */
export async function keepAll(db: Database, shop: OfShop, now: string | Date): Promise<void> {
  while (((await keepShop(db, shop, new Date(now))) ?? 0) > 0);
}

/** What is told as if nothing were kept: from facts alone. */
export async function fromFacts<Told>(
  db: Database,
  shopId: number,
  ask: () => Promise<Told>,
): Promise<Told> {
  const spans = await db.rollupSpan.findMany({ where: { shopId } });
  await db.rollupSpan.deleteMany({ where: { shopId } });
  const told = await ask();
  await db.rollupSpan.createMany({ data: spans });
  return told;
}
