import { describe, expect } from "vitest";
import { hint } from "~/catalog/hints.server";
import { sweepDue } from "~/catalog/refreshing.server";
import { claimSweep } from "~/catalog/sweep-state.server";
import { MINUTE, SECOND } from "~/platform/time";
import { HARBOUR, test } from "../shopify/stand-in";
import { mirrored, quiet, shopsTruth } from "./mirrored";

describe("a sweep", () => {
  test("waits for the first sync, and then comes every quarter of an hour", async ({
    context,
    platform,
  }) => {
    const { db, shop, world, later, fill } = await quiet(context, platform);
    expect(await claimSweep(db, world.now())).toBeNull();

    await fill();
    later(14 * MINUTE);
    expect(await claimSweep(db, world.now())).toBeNull();
    later(MINUTE);
    expect(await claimSweep(db, world.now())).toMatchObject({ id: shop.id });

    expect(await claimSweep(db, world.now())).toBeNull(); // it is in one process's hand
    later(5 * MINUTE);
    expect(await claimSweep(db, world.now())).toMatchObject({ id: shop.id });
  });

  test("asks for what changed, came and went, and for nothing else", async ({
    context,
    platform,
  }) => {
    const { shop, world, commerce, later, fill, hints, sweepAll } = await quiet(context, platform);
    await fill();
    later(MINUTE);
    const [one, two, three] = commerce.catalog().products;
    if (!one || !two || !three) throw new Error("the shop has more products");
    commerce.setPrice(one.variants[0].id, 4_200, null);
    commerce.deleteProduct(two.id);
    commerce.addProduct({ ...three, id: 5, handle: "five", variants: three.variants }, []);
    later(15 * MINUTE);

    await sweepDue(world);

    expect(await hints()).toMatchObject(
      [5n, BigInt(one.id), BigInt(two.id)].map((productId) => ({ productId, reason: "sweep" })),
    );
    await sweepAll();
    expect(ids(await mirrored(context, shop.id))).toEqual(ids(shopsTruth(platform)));
  });

  test("confirms the mirror when all that it has asked for is answered", async ({
    context,
    platform,
  }) => {
    const { db, shop, world, commerce, later, fill, answerAll } = await quiet(context, platform);
    await fill();
    later(15 * MINUTE);
    const product = commerce.catalog().products[0];
    commerce.setPrice(product?.variants[0].id ?? 0, 4_200, null);
    const state = () => db.catalogState.findUniqueOrThrow({ where: { shopId: shop.id } });
    const before = (await state()).confirmedAt;
    const beganAt = world.now().getTime();

    await sweepDue(world);
    await sweepDue(world);
    expect((await state()).confirmedAt).toEqual(before);
    await answerAll();
    await sweepDue(world);

    expect((await state()).confirmedAt?.getTime()).toBeGreaterThanOrEqual(beganAt);
  });

  test("that fails is made again from where the last one ended", async ({
    context,
    platform,
    network,
  }) => {
    const { db, shop, world, commerce, later, fill, hints } = await quiet(context, platform);
    await fill();
    const product = commerce.catalog().products[0];
    commerce.setPrice(product?.variants[0].id ?? 0, 4_200, null);
    later(15 * MINUTE);
    network.answerWith(() => Promise.reject(new Error("no route to host")));

    await sweepDue(world);
    expect(await hints()).toEqual([]);
    network.answerWith(network.shopify);
    await sweepDue(world);
    expect(await hints()).toEqual([]); // it is left alone for a while
    later(5 * MINUTE);
    await sweepDue(world);

    expect(await hints()).toMatchObject([{ productId: BigInt(product?.id ?? 0) }]);
    expect(await db.catalogSync.count({ where: { shopId: shop.id } })).toBe(0);
  });

  test("of a shop with too much to list asks for a sync instead", async ({
    context,
    platform,
    network,
  }) => {
    const { db, shop, world, later, fill } = await quiet(context, platform);
    await fill();
    const before = await db.catalogState.findUnique({ where: { shopId: shop.id } });
    later(15 * MINUTE);
    network.answerWith(async (input, init) => {
      const text = await (await network.shopify(input, init)).text();
      return new Response(text.replace(/"count":\d+/, '"count":90000'), {
        headers: { "content-type": "application/json" },
      });
    });

    await sweepDue(world);

    expect(await db.catalogSync.findMany({ where: { shopId: shop.id } })).toMatchObject([
      { reason: "sweep", status: "waiting" },
    ]);
    const { confirmedAt, sweptUntil, unconfirmedAt } = before ?? {};
    expect(await db.catalogState.findUnique({ where: { shopId: shop.id } })).toMatchObject({
      ...{ confirmedAt, sweptUntil, unconfirmedAt },
    });
  });

  test("of a shop that left, or has not granted its products, is not made", async ({
    context,
    platform,
  }) => {
    const { db, world, later, fill } = await quiet(context, platform);
    await fill();
    later(15 * MINUTE);

    await db.shop.update({ where: { domain: HARBOUR }, data: { scopes: ["read_orders"] } });
    expect(await claimSweep(db, world.now())).toBeNull();
    await db.shop.update({
      where: { domain: HARBOUR },
      data: { scopes: ["read_products"], uninstalledAt: new Date() },
    });

    expect(await claimSweep(db, world.now())).toBeNull();
  });

  test("looks again at what was seen within the second of its change", async ({
    context,
    platform,
  }) => {
    const { db, shop, world, commerce, later, fill, hints, answerAll, sweepAll } = await quiet(
      context,
      platform,
    );
    await fill();
    const variant = commerce.catalog().products[0]?.variants[0].id ?? 0;
    const id = commerce.catalog().products[0]?.id ?? 0;
    commerce.setPrice(variant, 4_200, null);
    await hint(db, shop.id, [`${id}`], { reason: "webhook", now: world.now() });
    await answerAll();
    commerce.setPrice(variant, 4_300, null); // its webhook is lost
    later(15 * MINUTE + SECOND);

    await sweepAll();

    expect(await mirrored(context, shop.id)).toEqual(shopsTruth(platform));
    expect(await hints()).toEqual([]);
  });
});

const ids = (products: readonly { productId: bigint }[]) =>
  products.map(({ productId }) => productId);
