import { describe, expect } from "vitest";
import { hint } from "~/catalog/hints.server";
import { refreshSome } from "~/catalog/refresh.server";
import { shopsWithHints } from "~/catalog/refresh-shops.server";
import { openShops } from "~/catalog/refreshing.server";
import { MINUTE, SECOND } from "~/platform/time";
import { receiveWebhook } from "~/webhooks.server";
import { uninstall } from "../../dev/store/installation";
import { shopOf } from "../../dev/store/catalog/shops";
import { HARBOUR, NORTHWIND, test, webhook, type Fetch } from "../shopify/stand-in";
import { isQuery, mirrored, mirrorOf, quiet, shopsTruth } from "./mirrored";

describe("trouble", () => {
  test("with throttling puts hints back with the reason, and they are answered later", async ({
    context,
    platform,
  }) => {
    const { db, shop, world, hints, later } = await quiet(context, platform);
    await hint(db, shop.id, ["1"], { reason: "webhook", now: world.now() });
    platform.faults.throttled = true;

    expect(await refreshSome(world, shop)).toBe("failed");

    const [held] = await hints();
    expect(held).toMatchObject({ attempts: 1, error: "Shopify throttles this shop" });
    expect(held?.waitUntil?.getTime()).toBeGreaterThan(world.now().getTime() + 2 * SECOND);
    platform.faults.throttled = false;
    later(MINUTE);
    expect(await refreshSome(world, shop)).toBe("answered");
    expect(await hints()).toEqual([]);
  });

  test("with Shopify's outage loses nothing, and each attempt waits longer", async ({
    context,
    platform,
    network,
  }) => {
    const { db, shop, world, hints, later, answerAll, commerce } = await quiet(context, platform);
    const ids = commerce.catalog().products.map(({ id }) => `${id}`);
    await hint(db, shop.id, ids.slice(0, 30), { reason: "webhook", now: world.now() });
    await context.shopify.adminOf(HARBOUR);
    network.answerWith(() => Promise.reject(new Error("no route to host")));

    for (let attempts = 0; attempts < 8; attempts++) {
      await refreshSome(world, shop);
      later(MINUTE);
    }

    const waiting = await hints();
    expect(waiting).toHaveLength(30);
    expect(Math.max(...waiting.map(({ attempts }) => attempts))).toBeGreaterThan(2);
    expect(new Set(waiting.map(({ error }) => error))).toEqual(
      new Set(["Shopify's Admin API cannot be reached"]),
    );
    network.answerWith(network.shopify);
    later(15 * MINUTE);
    await answerAll();
    expect(await mirrored(context, shop.id)).toEqual(shopsTruth(platform).slice(0, 30));
  });

  test("with one product is not the others'", async ({ context, platform, network }) => {
    const { db, shop, world, hints, commerce } = await quiet(context, platform);
    const ids = commerce.catalog().products.map(({ id }) => `${id}`);
    await hint(db, shop.id, ids.slice(0, 3), { reason: "webhook", now: world.now() });
    network.answerWith(spoil(network.shopify, `"id":"gid://shopify/Product/${ids[1]}"`));

    await refreshSome(world, shop);

    expect(await hints()).toMatchObject([{ productId: BigInt(ids[1] ?? 0), attempts: 1 }]);
    expect(await mirrored(context, shop.id)).toHaveLength(2);
  });

  test("with too dear a query is over when fewer products are asked for", async ({
    context,
    platform,
    network,
  }) => {
    const { db, shop, world, commerce, later, hints } = await quiet(context, platform);
    const ids = commerce.catalog().products.map(({ id }) => `${id}`);
    await hint(db, shop.id, ids.slice(0, 20), { reason: "webhook", now: world.now() });
    const dear = { message: "Query cost is 4000", extensions: { code: "MAX_COST_EXCEEDED" } };
    network.answerWith((input, init) =>
      productsAskedFor(init) > 5
        ? Promise.resolve(Response.json({ errors: [dear] }))
        : network.shopify(input, init),
    );

    for (let attempts = 0; attempts < 40; attempts++) {
      await refreshSome(world, shop);
      later(MINUTE);
    }

    expect(await hints()).toEqual([]);
    expect(await mirrored(context, shop.id)).toHaveLength(20);
  });

  test("with a token that Shopify takes no longer is over with the next one", async ({
    context,
    platform,
  }) => {
    const { db, shop, world, hints, later } = await quiet(context, platform);
    await hint(db, shop.id, ["1"], { reason: "webhook", now: world.now() });
    platform.memory.state.accessTokens = {};

    expect(await refreshSome(world, shop)).toBe("failed");
    later(MINUTE);
    expect(await refreshSome(world, shop)).toBe("answered");

    expect(await hints()).toEqual([]);
  });

  test("with a shop that took its consent back leaves it alone until it opens the app again", async ({
    context,
    platform,
  }) => {
    const { db, shop, world, hints, later } = await quiet(context, platform);
    await hint(db, shop.id, ["1"], { reason: "webhook", now: world.now() });
    Object.assign(platform.memory.state, { accessTokens: {}, refreshTokens: {} });
    expect(await shopsWithHints(db, world.now())).toMatchObject([{ id: shop.id }]);

    expect(await refreshSome(world, shop)).toBe("failed");
    later(15 * MINUTE);

    expect(await shopsWithHints(db, world.now())).toEqual([]);
    expect(await hints()).toMatchObject([{ attempts: 1 }]);
    const again = await mirrorOf({ context, platform });
    expect(await shopsWithHints(db, world.now())).toMatchObject([{ id: shop.id }]);
    await again.answerAll();
    expect(await hints()).toEqual([]);
  });

  test("with a shop that leaves in between changes nothing", async ({
    context,
    platform,
    network,
  }) => {
    const { db, shop, world, commerce } = await quiet(context, platform);
    const ids = commerce.catalog().products.map(({ id }) => `${id}`);
    await hint(db, shop.id, ids.slice(0, 3), { reason: "webhook", now: world.now() });
    network.answerWith(async (input, init) => {
      const answer = await network.shopify(input, init);
      if (isQuery(init)) {
        await uninstall(platform, shopOf(HARBOUR)); // nobody hears of it at once
        await receiveWebhook(context, webhook({ topic: "app/uninstalled", domain: HARBOUR }));
      }
      return answer;
    });

    await refreshSome(world, shop);

    expect(await mirrored(context, shop.id)).toEqual([]);
    expect(await shopsWithHints(db, world.now())).toEqual([]);
  });

  test("with a shop that is erased in between ends there", async ({
    context,
    platform,
    network,
  }) => {
    const { db, shop, world, commerce } = await quiet(context, platform);
    const ids = commerce.catalog().products.map(({ id }) => `${id}`);
    await hint(db, shop.id, ids.slice(0, 3), { reason: "webhook", now: world.now() });
    network.answerWith(async (input, init) => {
      const answer = await network.shopify(input, init);
      if (isQuery(init)) await db.shop.delete({ where: { id: shop.id } });
      return answer;
    });

    await refreshSome(world, shop);

    expect(await db.product.count()).toBe(0);
  });

  test("of one shop is not another's", async ({ context, platform, network }) => {
    const { db, shop, world, commerce, hints } = await quiet(context, platform);
    const other = await mirrorOf({ context, platform, domain: NORTHWIND });
    const product = other.commerce.catalog().products[0]?.id ?? 0;
    const [id] = commerce.catalog().products.map(({ id }) => `${id}`);
    await hint(db, shop.id, [id ?? ""], { reason: "webhook", now: world.now() });
    await hint(db, other.shop.id, [`${product}`], { reason: "webhook", now: world.now() });
    network.answerWith((input, init) =>
      new URL(input instanceof Request ? input.url : input).host === HARBOUR
        ? Promise.reject(new Error("no route to host"))
        : network.shopify(input, init),
    );
    const shops = openShops(world);

    await shops.refreshDue();
    await shops.settled();

    expect(await hints()).toMatchObject([{ attempts: 1 }]);
    expect(await other.hints()).toEqual([]);
    expect(await mirrored(context, other.shop.id)).toHaveLength(1);
  });
});

test("background work leaves half of the call budget to others", async ({
  context,
  platform,
  network,
}) => {
  const { db, shop, world, commerce, answerAll } = await quiet(context, platform);
  const ids = commerce.catalog().products.map(({ id }) => `${id}`);
  await hint(db, shop.id, ids, { reason: "webhook", now: world.now() });
  const left: number[] = [];
  network.answerWith(async (input, init) => {
    const answer = await network.shopify(input, init);
    const body = (await answer.clone().json()) as {
      extensions?: { cost: { throttleStatus: { currentlyAvailable: number } } };
    };
    if (body.extensions) left.push(body.extensions.cost.throttleStatus.currentlyAvailable);
    return answer;
  });

  await answerAll();

  expect(left.length).toBeGreaterThan(4);
  expect(Math.min(...left)).toBeGreaterThanOrEqual(1000);
  expect(await mirrored(context, shop.id)).toEqual(shopsTruth(platform));
});

const productsAskedFor = (init?: RequestInit): number =>
  isQuery(init) && typeof init?.body === "string"
    ? init.body.split("gid://shopify/Product/").length - 1
    : 0;

/** Makes one product's answer unreadable. */
const spoil =
  (shopify: Fetch, part: string): Fetch =>
  async (input, init) =>
    new Response((await (await shopify(input, init)).text()).replace(part, `"id":"none"`), {
      headers: { "content-type": "application/json" },
    });
