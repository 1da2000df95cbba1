import { expect } from "vitest";
import { alertsOf } from "~/catalog/alerts/feed.server";
import { findPlannedArrivals } from "~/catalog/alerts/find.server";
import type { Database, Db } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { HOUR, MINUTE, SECOND } from "~/platform/time";
import { test as onDatabase } from "../../database";
import { minutes, NOON, shop } from "../../factories";
import { test as onStandIn } from "../../shopify/stand-in";
import { adminVariant, listed, merge } from "../listed";
import { quiet } from "../mirrored";

const look = (db: Database, shopId: number) =>
  inTransaction(db.pool, (sql) => findPlannedArrivals(sql, shopId));
const told = async (db: Db, shopId: number) =>
  (await alertsOf(db, shopId, { after: null, limit: 100, kind: null })).alerts.map(
    ({ kind, productId, happenedAt }) => ({ kind, productId, happenedAt }),
  );

/** Cups that are planned to be shown at some moment. */
const cups = (id: string, publishedAt: Date | null) =>
  listed({ id, handle: `cup-${id}`, title: "Cup", publishedAt }, [adminVariant({ id: `${id}0` })]);

onDatabase("what becomes visible as planned has arrived then, once", async ({ db }) => {
  const { id: shopId } = await shop(db);
  await merge(db, shopId, [listed()], { source: "sync", asked: "all" });
  const soon = new Date(Date.now() + 2 * SECOND);
  const later = new Date(Date.now() + HOUR);
  await merge(db, shopId, [cups("8", soon), cups("9", later), cups("10", null)], {
    asOf: minutes(1),
  });
  expect(await told(db, shopId)).toEqual([]);

  await expect
    .poll(
      async () => {
        await look(db, shopId);
        return told(db, shopId);
      },
      { timeout: 10_000 },
    )
    .toEqual([{ kind: "new_arrival", productId: "8", happenedAt: soon }]);
  await look(db, shopId);
  await merge(db, shopId, [cups("8", soon)], { asOf: minutes(2) });
  expect(await told(db, shopId)).toHaveLength(1);
});

onDatabase("nothing has arrived before a catalogue is known as a whole", async ({ db }) => {
  const { id: shopId } = await shop(db);
  await merge(db, shopId, [cups("8", new Date(Date.now() + HOUR))]);
  await db.product.updateMany({ where: { shopId }, data: { publishedAt: NOON } });

  await look(db, shopId);

  expect(await told(db, shopId)).toEqual([]);
  expect(await db.arrival.count({ where: { shopId } })).toBe(0);
});

onStandIn(
  "a sweep looks for it, whether Shopify answers or not",
  async ({ context, platform, network }) => {
    const { db, shop, later, fill, sweepAll } = await quiet(context, platform);
    await fill();
    await db.alertSettings.create({ data: { shopId: shop.id, watchingSince: new Date(0) } });
    const arrival = await db.arrival.findFirstOrThrow({ where: { shopId: shop.id } });
    await db.arrival.deleteMany({ where: { shopId: shop.id, productId: arrival.productId } });
    network.answerWith(() => Promise.reject(new Error("no route to host")));
    later(15 * MINUTE);

    await sweepAll();

    expect(await told(db, shop.id)).toMatchObject([
      { kind: "new_arrival", productId: `${arrival.productId}` },
    ]);
  },
);
