import { describe, expect } from "vitest";
import { freshProducts, PATIENCE } from "~/catalog/refresh-on-demand.server";
import { DAY } from "~/platform/time";
import { test } from "../shopify/stand-in";
import { isQuery, quiet } from "./mirrored";

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const began = performance.now();
  return [await work(), performance.now() - began];
};

describe("products on demand", () => {
  test("that are fresh are answered with at once, as they are stored", async ({
    context,
    platform,
  }) => {
    const { shop, world, commerce, fill } = await quiet(context, platform);
    await fill();
    const [one, two] = commerce.catalog().products.map(({ id }) => `${id}`);
    if (!one || !two) throw new Error("the shop has products");
    const asked = platform.calls.length;

    const products = await freshProducts(world, shop, [two, one]);

    expect(products.map(({ productId }) => String(productId))).toEqual([two, one]);
    expect(platform.calls).toHaveLength(asked);
  });

  test("that are stale are asked for once, however many want them", async ({
    context,
    platform,
    network,
  }) => {
    const { shop, world, commerce, later, fill } = await quiet(context, platform);
    await fill();
    const [product] = commerce.catalog().products;
    if (!product) throw new Error("the shop has products");
    later(DAY);
    commerce.setPrice(product.variants[0].id, 4_200, null);
    const queries = holdQueries(network);
    const ask = () => freshProducts(world, shop, [`${product.id}`]);

    const answers = Promise.all([ask(), ask(), ask()]);
    await expect.poll(() => queries.count).toBe(1);
    queries.release();

    for (const [answer] of await answers) expect(answer?.productId).toBe(BigInt(product.id));
    await expect.poll(async () => (await ask())[0]?.variants[0]?.priceMinor).toBe(4_200n);
    expect(queries.count).toBe(1);
  });

  test("are what is stored after 300 ms, and the asking goes on", async ({
    context,
    platform,
    network,
  }) => {
    const { shop, world, commerce, later, fill, hints } = await quiet(context, platform);
    await fill();
    const [product] = commerce.catalog().products;
    if (!product) throw new Error("the shop has products");
    later(DAY);
    commerce.setPrice(product.variants[0].id, 4_200, null);
    const queries = holdQueries(network);

    const [[answer], took] = await timed(() => freshProducts(world, shop, [`${product.id}`]));

    expect(answer?.productId).toBe(BigInt(product.id));
    expect(answer?.minPriceMinor).not.toBe(4_200n);
    expect(took).toBeGreaterThan(PATIENCE - 50);
    expect(took).toBeLessThan(2 * PATIENCE); // a busy machine's timers are late
    expect(await hints()).toMatchObject([{ productId: BigInt(product.id), reason: "refresh" }]);
    queries.release();
    await expect.poll(hints).toEqual([]);
    const [anew] = await freshProducts(world, shop, [`${product.id}`]);
    expect(anew?.variants[0]?.priceMinor).toBe(4_200n);
  });

  test("are what is stored while Shopify is down, and hints keep that they are wanted", async ({
    context,
    platform,
    network,
  }) => {
    const { shop, world, commerce, later, fill, hints } = await quiet(context, platform);
    await fill();
    const id = `${commerce.catalog().products[0]?.id}`;
    later(DAY);
    network.answerWith(() => Promise.reject(new Error("no route to host")));

    const [products, took] = await timed(() => freshProducts(world, shop, [id]));

    expect(products).toHaveLength(1);
    expect(took).toBeLessThan(2 * PATIENCE);
    await expect.poll(hints).toMatchObject([{ reason: "refresh", attempts: 1 }]);
  });

  test("that nobody knows are asked for, and left out where there are none", async ({
    context,
    platform,
  }) => {
    const { shop, world, commerce } = await quiet(context, platform);
    const id = `${commerce.catalog().products[0]?.id}`;

    await expect
      .poll(() => freshProducts(world, shop, ["404", id]))
      .toMatchObject([{ productId: BigInt(id) }]);
  });
});

/** Holds what is asked by id back until it is released. */
function holdQueries({
  shopify,
  answerWith,
}: {
  shopify: (input: string | Request, init?: RequestInit) => Promise<Response>;
  answerWith: (fetch: typeof shopify) => void;
}) {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const queries = { count: 0, release };
  answerWith(async (input, init) => {
    if (isQuery(init)) {
      queries.count++;
      await released;
    }
    return shopify(input, init);
  });
  return queries;
}
