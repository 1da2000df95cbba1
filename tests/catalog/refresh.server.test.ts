import { describe, expect } from "vitest";
import { hint, hintOnce, takeHints } from "~/catalog/hints.server";
import { refreshSome } from "~/catalog/refresh.server";
import { MINUTE, SECOND } from "~/platform/time";
import { receiveWebhook } from "~/webhooks.server";
import { HARBOUR, test, webhook } from "../shopify/stand-in";
import { isQuery, mirrored, quiet, truthOf } from "./mirrored";

describe("a hint", () => {
  test("is answered by asking, and forgotten with the merge", async ({ context, platform }) => {
    const { shop, commerce, world, hints } = await quiet(context, platform);
    const [product] = commerce.catalog().products;
    if (!product) throw new Error("the shop has products");
    await hint(context.db, shop.id, [`${product.id}`], { reason: "webhook", now: world.now() });

    expect(await refreshSome(world, shop)).toBe("answered");

    expect(await mirrored(context, shop.id)).toEqual([truthOf(product)]);
    expect(await hints()).toEqual([]);
    expect(await refreshSome(world, shop)).toBe("none");
  });

  test("of a product that is there no more marks it as gone", async ({ context, platform }) => {
    const { db, shop, commerce, world, hints, later } = await quiet(context, platform);
    const id = commerce.catalog().products[0]?.id ?? 0;
    await hint(db, shop.id, [`${id}`], { reason: "webhook", now: world.now() });
    await refreshSome(world, shop);
    commerce.deleteProduct(id);
    later(SECOND);

    await hint(db, shop.id, [`${id}`, "404"], { reason: "webhook", now: world.now() });
    await refreshSome(world, shop);

    expect(await mirrored(context, shop.id)).toEqual([]);
    expect(await db.product.count({ where: { shopId: shop.id, deletedAt: { not: null } } })).toBe(
      1,
    );
    expect(await hints()).toEqual([]);
  });

  test("that came again while it was asked about stays", async ({ context, platform, network }) => {
    const { db, shop, commerce, world, hints } = await quiet(context, platform);
    const [one, other] = commerce.catalog().products.map(({ id }) => `${id}`);
    if (!one || !other) throw new Error("the shop has products");
    const now = world.now();
    await hint(db, shop.id, [one, other], { reason: "webhook", now });
    network.answerWith(async (input, init) => {
      const answer = await network.shopify(input, init);
      if (isQuery(init)) await hint(db, shop.id, [other], { reason: "webhook", now });
      return answer;
    });

    await refreshSome(world, shop);

    expect(await hints()).toMatchObject([{ productId: BigInt(other), waitUntil: null }]);
  });

  test("is in one process's hand, and another one's a minute after that died", async ({
    context,
    platform,
  }) => {
    const { db, shop, world, later, hints } = await quiet(context, platform);
    await hint(db, shop.id, ["1"], { reason: "webhook", now: world.now() });
    const taken = await takeHints(db, shop.id, { now: world.now(), limit: 25 });
    expect(taken.map(({ productId }) => productId)).toEqual(["1"]);

    expect(await refreshSome(world, shop)).toBe("none");
    later(MINUTE);
    expect(await refreshSome(world, shop)).toBe("answered");

    expect(await hints()).toEqual([]);
  });

  test("of events adds nothing to one that waits", async ({ context, platform }) => {
    const { db, shop, world, hints } = await quiet(context, platform);
    const early = new Date(world.now().getTime() - MINUTE);
    await hint(db, shop.id, ["1"], { reason: "webhook", now: early });

    await hintOnce(db, shop.id, ["1", "2"], { reason: "event", now: world.now() });

    expect(await hints()).toMatchObject([
      { productId: 1n, reason: "webhook", requestedAt: early },
      { productId: 2n, reason: "event" },
    ]);
  });

  test("of a product with more variants than come at once has all of them asked for", async ({
    context,
    platform,
  }) => {
    const { db, shop, commerce, world } = await quiet(context, platform);
    const [model] = commerce.catalog().products;
    if (!model) throw new Error("the shop has products");
    const [first] = model.variants;
    const variants = Array.from({ length: 620 }, (_, i) => ({
      ...first,
      ...{ id: 9_000_000 + i, inventoryItemId: 8_000_000 + i, position: i + 1, sku: `S-${i}` },
    }));
    const [one, ...others] = variants;
    if (!one) throw new Error("there are 620");
    const large = { ...model, id: 7_000_000, handle: "large", variants: [one, ...others] };
    commerce.addProduct({ ...large, variants: [one, ...others] }, []);
    await hint(db, shop.id, ["7000000"], { reason: "webhook", now: world.now() });

    await refreshSome(world, shop);

    const [product] = await mirrored(context, shop.id);
    expect(product?.variants.map(({ sku }) => sku)).toEqual(variants.map(({ sku }) => sku));
  });
});

describe("a webhook", () => {
  const send = (topic: string, payload: object) => webhook({ topic, domain: HARBOUR, payload });

  test("is a hint, and nothing that it says is believed", async ({ context, platform }) => {
    const { shop, hints } = await quiet(context, platform);

    await receiveWebhook(context, send("products/update", { id: 5, title: "A lie" }));
    await receiveWebhook(context, send("products/delete", { id: 6 }));

    expect(await hints()).toMatchObject([
      { productId: 5n, reason: "webhook" },
      { productId: 6n, reason: "webhook" },
    ]);
    expect(await mirrored(context, shop.id)).toEqual([]);
  });

  test("of a change that is mirrored adds none, unless it was seen within the same moment", async ({
    context,
    platform,
  }) => {
    const { db, shop, commerce, world, hints } = await quiet(context, platform);
    const [product] = commerce.catalog().products;
    if (!product) throw new Error("the shop has products");
    await hint(db, shop.id, [`${product.id}`], { reason: "webhook", now: world.now() });
    await refreshSome(world, shop);
    const told = { id: product.id, updated_at: product.updatedAt };

    await receiveWebhook(context, send("products/update", told));
    expect(await hints()).toEqual([]);

    await db.product.updateMany({
      where: { shopId: shop.id },
      data: { asOf: new Date(Date.parse(product.updatedAt) + SECOND) },
    });
    await receiveWebhook(context, send("products/update", told));
    expect(await hints()).toMatchObject([{ productId: BigInt(product.id) }]);
  });

  test("of stock has the product asked for whose inventory item it names", async ({
    context,
    platform,
  }) => {
    const { db, shop, commerce, world, hints } = await quiet(context, platform);
    const [product] = commerce.catalog().products;
    if (!product) throw new Error("the shop has products");
    await hint(db, shop.id, [`${product.id}`], { reason: "webhook", now: world.now() });
    await refreshSome(world, shop);
    const { inventoryItemId } = product.variants[0];

    await receiveWebhook(
      context,
      send("inventory_levels/update", { inventory_item_id: inventoryItemId, available: 1 }),
    );
    await receiveWebhook(context, send("inventory_levels/update", { inventory_item_id: 1 }));

    expect(await hints()).toMatchObject([{ productId: BigInt(product.id), reason: "webhook" }]);
  });
});
