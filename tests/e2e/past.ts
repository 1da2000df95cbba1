import { expect } from "vitest";
import { importLines } from "~/events/import.server";
import type { Database } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { projectionStatus } from "~/projections/status.server";
import { eventLine, orderLine } from "../../dev/shoppers/history";
import { simulate } from "../../dev/shoppers/simulate";

type Past = { shop: string; days: number; visitorsPerDay: number; seed: number };

/** Gives a shop simulated shoppers behind it, up to some minutes ago, and waits until the running app has
 * folded what they did: products, searches, clicks,
 * carts, orders and refunds. */
export async function givePast(db: Database, { shop, ...world }: Past): Promise<void> {
  const { id: shopId } = await db.shop.findUniqueOrThrow({ where: { domain: shop } });
  const until = new Date(Date.now() - MINUTE);
  const days = [...simulate({ shop, ...world, until })];
  const lines = days.flatMap(({ visits, settled }) => [
    ...visits.flatMap(({ events }) =>
      events.filter(({ fate }) => fate === "sent").map((event) => eventLine(event)),
    ),
    ...settled.map(orderLine),
  ]);
  await importLines(db, numbered(lines), { shopId, receivedAt: new Date(), retentionDays: 400 });
  const isLeft = async () => (await projectionStatus(db, shopId)).lagEvents;
  await expect.poll(isLeft, { timeout: 120_000, interval: 250 }).toBe(0);
}

async function* numbered(lines: readonly string[]) {
  for (const [index, text] of lines.entries())
    yield await Promise.resolve({ number: index + 1, text });
}
