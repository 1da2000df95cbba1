import { describe, expect } from "vitest";
import { claimSync } from "~/catalog/sync-state.server";
import { workOnSync } from "~/catalog/sync.server";
import { DAY, MINUTE, SECOND } from "~/platform/time";
import { eraseShop } from "~/privacy/erase.server";
import { receiveWebhook } from "~/webhooks.server";
import { cut, isResult } from "../commerce/past";
import { NORTHWIND, test, webhook, type Fetch } from "../shopify/stand-in";
import { collection, products, staged, storeWith } from "./store";

/** Lets the results of bulk operations be other than Shopify has them, one after the other. */
const answering = (shopify: Fetch, answers: ((text: string) => Response)[]): Fetch =>
  async function answer(input, init) {
    const response = await shopify(input, init);
    const other = isResult(input) ? answers.shift() : undefined;
    return other ? other(await response.text()) : response;
  };

describe("a sync", () => {
  test("goes on after the last batch when its connection broke", async ({
    context,
    platform,
    network,
  }) => {
    const store = await storeWith({ context, platform }, { products: products(600) });
    await store.request();
    network.answerWith(cut(network.shopify, 1_500_000));
    await store.until("reading");
    const { productsRead, error } = await store.sync();
    expect(productsRead).toBeGreaterThan(0);
    expect(productsRead).toBeLessThan(600);
    expect(error).toMatch(/broke off/);
    expect(await context.db.stagedProduct.count()).toBe(productsRead);
    expect(await context.db.product.count()).toBe(0);
    network.answerWith(network.shopify);

    await store.until("done", "failed");

    expect(await store.sync()).toMatchObject({ status: "done", attempts: 1, productsRead: 600 });
    expect(await context.db.product.count()).toBe(600);
    expect(await staged(context)).toBe(0);
  });

  test("never takes a result that is not whole: nothing of the mirror is lost", async ({
    context,
    platform,
    network,
  }) => {
    const sold = products(30);
    const store = await storeWith({ context, platform }, { products: sold });
    await store.whole();
    const linesOf = (text: string) => text.trimEnd().split("\n");
    const answers = [
      () => new Response("The address has expired", { status: 403 }),
      (text: string) => new Response(text.slice(0, text.length / 2)),
      (text: string) => new Response(linesOf(text).slice(0, 40).join("\n")),
      (text: string) => new Response(linesOf(text).slice(0, -1).join("\n")),
    ];
    network.answerWith(answering(network.shopify, answers));
    await store.request();

    await store.until("done", "failed");

    expect(await store.sync()).toMatchObject({
      ...{ status: "done", attempts: 5, productsDeleted: 0, productsChanged: 0 },
    });
    expect(await context.db.product.count({ where: { deletedAt: null } })).toBe(30);
  });

  test("starts other operations when one fails, and gives up after five times", async ({
    context,
    platform,
  }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    platform.faults.bulkOperations = "FAILED";

    const failed = await store.whole();

    expect(failed).toMatchObject({ status: "failed", attempts: 5 });
    expect(failed.error).toMatch(/did not deliver the catalogue, 5 times/);
    platform.faults.bulkOperations = null;
    expect(await store.whole()).toMatchObject({ status: "done", productsChanged: 3 });
  });

  test("whose operations never end is over after a day", async ({ context, platform }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    platform.faults.bulkOperations = "STUCK";
    await store.request();
    await store.until("running");
    expect(await store.step()).toBe("running");

    store.later(DAY);
    await store.until("failed");

    expect((await store.sync()).error).toMatch(/not done within a day/);
    platform.faults.bulkOperations = null;
  });

  test("waits while Shopify throttles the shop or cannot be reached", async ({
    context,
    platform,
    network,
  }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    await context.shopify.adminOf(NORTHWIND);
    await store.request();
    network.answerWith(() => Promise.reject(new Error("no route to host")));
    expect(await store.step()).toBe("waiting");
    expect((await store.sync()).error).toMatch(/cannot be reached/);
    network.answerWith(network.shopify);
    platform.faults.throttled = true;
    expect(await store.step()).toBe("waiting");
    expect((await store.sync()).error).toMatch(/throttles/);
    platform.faults.throttled = false;

    await store.until("done", "failed");

    expect(await store.sync()).toMatchObject({ status: "done", error: null });
  });

  test("of a shop that uninstalls meanwhile ends, with nothing merged", async ({
    context,
    platform,
  }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    await store.request();
    await store.until("running");
    await receiveWebhook(context, webhook({ topic: "app/uninstalled", domain: NORTHWIND }));

    await store.until("done", "failed");

    expect(await store.sync()).toMatchObject({
      ...{ status: "failed", error: expect.stringContaining("uninstalled") as string },
    });
    expect(await context.db.product.count()).toBe(0);
    expect(await staged(context)).toBe(0);
  });

  test("of a shop that is erased meanwhile leaves nothing behind", async ({
    context,
    platform,
    network,
  }) => {
    const store = await storeWith({ context, platform }, { products: products(600) });
    await store.request();
    network.answerWith(cut(network.shopify, 1_500_000));
    await store.until("reading");
    expect(await staged(context)).toBeGreaterThan(0);
    const claim = await claimSync(context.db, new Date(store.world.now().getTime() + MINUTE));
    if (!claim) throw new Error("it goes on");

    await eraseShop(context.db, store.shopId);
    network.answerWith(network.shopify);
    await workOnSync(store.world, claim);

    expect(await staged(context)).toBe(0);
    expect(await context.db.catalogSync.count()).toBe(0);
  });

  test("whose token dies says what the merchant can do", async ({ context, platform }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    await store.request();
    await store.until("running");
    platform.memory.state.accessTokens = {};

    await store.until("done", "failed");

    expect((await store.sync()).error).toMatch(/open the app once in Shopify's admin/);
  });

  test("that may not read products says so", async ({ context, platform }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    for (const token of Object.values(platform.memory.state.accessTokens))
      token.scopes = token.scopes.filter((scope) => scope !== "read_products");

    const { status, attempts, error } = await store.whole();

    expect({ status, attempts }).toEqual({ status: "failed", attempts: 1 });
    expect(error).toMatch(/read_products/);
  });

  test("leaves a product that cannot be read as it was", async ({ context, platform, network }) => {
    const sold = products(3);
    const store = await storeWith({ context, platform }, { products: sold });
    await store.whole();
    const odd = (text: string) =>
      new Response(text.replace(`"handle":"${sold[1]?.handle}"`, `"handle":7`));
    network.answerWith(answering(network.shopify, [odd]));

    const sync = await store.whole();

    expect(sync).toMatchObject({ status: "done", productsDeleted: 0, productsRead: 3 });
    expect(sync.productsUnread).toEqual([BigInt(sold[1]?.id ?? 0)]);
    expect(sync.error).toMatch(/1 products could not be read/);
    expect(await context.db.product.count({ where: { deletedAt: null } })).toBe(3);
  });

  test("asks again when a result has something twice", async ({ context, platform, network }) => {
    const sold = products(3);
    const store = await storeWith({ context, platform }, { products: sold });
    const doubled = (text: string) => new Response(text + text);
    network.answerWith(answering(network.shopify, [doubled]));

    expect(await store.whole()).toMatchObject({ status: "done", attempts: 2, productsChanged: 3 });
  });

  test("finds everything anew when a crash of the database has emptied the stage", async ({
    context,
    platform,
    network,
  }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    store.catalog.collections = [collection(1, [])];
    let results = 0;
    network.answerWith(async (input, init) => {
      if (isResult(input) && ++results === 2)
        await context.db.$executeRaw`truncate staged_products, staged_variants`;
      return network.shopify(input, init);
    });

    const sync = await store.whole();

    expect(sync).toMatchObject({ status: "done", attempts: 2, productsChanged: 3 });
    const took = (sync.finishedAt?.getTime() ?? Infinity) - sync.startedAt.getTime();
    expect(took).toBeLessThan(15 * MINUTE); // a step is a minute of the store's clock
  });

  test("of a process that died is another one's a minute later", async ({ context, platform }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    await store.request();
    expect(await claimSync(context.db, store.world.now())).not.toBeNull();

    store.later(59 * SECOND);
    expect(await claimSync(context.db, store.world.now())).toBeNull();
    await store.until("done");

    expect(await context.db.product.count()).toBe(3);
  });

  test("is given up by a process that another one has overtaken", async ({ context, platform }) => {
    const store = await storeWith({ context, platform }, { products: products(3) });
    await store.request();
    await store.until("running");
    store.later(MINUTE);
    const slow = await claimSync(context.db, store.world.now());
    store.later(MINUTE);
    const swift = await claimSync(context.db, store.world.now());
    if (!slow || !swift) throw new Error("both have claimed it");

    await workOnSync(store.world, slow);

    expect(await store.sync()).toMatchObject({ status: "running", waitUntil: swift.waitUntil });
    expect(await staged(context)).toBe(0);
  });
});
