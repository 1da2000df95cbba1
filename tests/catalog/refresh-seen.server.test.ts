import { expect } from "vitest";
import { hintSeen, MOST_AT_ONCE } from "~/catalog/unknown.server";
import type { Database } from "~/platform/db.server";
import { DAY, MINUTE } from "~/platform/time";
import { test } from "../shopify/stand-in";
import { quiet } from "./mirrored";

let sequence = 0;

/** Views of a product that were folded. */
const viewed = (db: Database, shopId: number, views: { productId: number; viewedAt: Date }[]) =>
  db.productView.createMany({
    data: views.map((view) => ({
      ...{ shopId, eventId: `view-${++sequence}`, sessionId: "s", clientId: "ana", ...view },
      ...{ isRepeat: false, isBot: false, sampleRate: 1 },
    })),
  });

test("products that events name and nobody knows are asked for within a minute, each once", async ({
  context,
  platform,
}) => {
  const { db, shop, world, commerce, later, fill, hints } = await quiet(context, platform);
  await fill();
  const known = commerce.catalog().products[0]?.id ?? 0;
  const viewedAt = world.now();
  await viewed(db, shop.id, [
    { productId: known, viewedAt },
    { productId: 11, viewedAt },
    { productId: 11, viewedAt },
  ]);
  await db.cartAction.create({
    data: {
      ...{ shopId: shop.id, eventId: "added", sessionId: "s", clientId: "ana", actedAt: viewedAt },
      ...{ kind: "added", productId: 12, quantity: 1, isBot: false, sampleRate: 1 },
    },
  });
  await db.orderItem.create({
    data: {
      ...{ shopId: shop.id, orderId: 1, lineItemId: 1, placedAt: viewedAt, productId: 13 },
      ...{ quantity: 1, refundedQuantity: 0, priceMinor: 100, discountMinor: 0 },
    },
  });
  later(MINUTE / 2);

  expect(await hintSeen(db, world.now())).toBe(3);
  expect(await hints()).toMatchObject(
    [11n, 12n, 13n].map((productId) => ({ productId, reason: "event" })),
  );
  later(MINUTE / 2);
  expect(await hintSeen(db, world.now())).toBe(0);
});

test("products that are viewed and stale are asked for anew", async ({ context, platform }) => {
  const { db, shop, world, commerce, later, fill, hints } = await quiet(context, platform);
  await fill();
  const id = commerce.catalog().products[0]?.id ?? 0;
  later(DAY);
  await viewed(db, shop.id, [{ productId: id, viewedAt: world.now() }]);

  await hintSeen(db, world.now());

  expect(await hints()).toMatchObject([{ productId: BigInt(id), reason: "refresh" }]);
});

test("of a flood of products that there are not, only the most viewed are asked for", async ({
  context,
  platform,
}) => {
  const { db, shop, world, fill, hints } = await quiet(context, platform);
  await fill();
  const viewedAt = world.now();
  const flood = Array.from({ length: 3 * MOST_AT_ONCE }, (_, i) => ({
    productId: i + 1,
    viewedAt,
  }));
  const real = { productId: 9_999_999, viewedAt };
  await viewed(db, shop.id, [...flood, real, real]);

  await hintSeen(db, world.now());

  const asked = (await hints()).map(({ productId }) => productId);
  expect(asked).toHaveLength(MOST_AT_ONCE);
  expect(asked).toContain(9_999_999n);
});

test("events of before the first sync are left to it", async ({ context, platform }) => {
  const { db, shop, world, hints } = await quiet(context, platform);
  await viewed(db, shop.id, [{ productId: 11, viewedAt: world.now() }]);

  await hintSeen(db, world.now());

  expect(await hints()).toEqual([]);
});
