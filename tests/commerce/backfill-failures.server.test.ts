import { describe, expect } from "vitest";
import { workOn } from "~/commerce/backfill.server";
import { claimBackfill } from "~/commerce/backfill-state.server";
import { MINUTE, SECOND } from "~/platform/time";
import { NORTHWIND, test } from "../shopify/stand-in";
import { cut, isResult, sales, shopWith } from "./past";

describe("a backfill", () => {
  test("goes on after the last batch when its connection broke", async ({
    context,
    platform,
    network,
  }) => {
    const shop = await shopWith({ context, platform }, sales(450));
    await shop.request();
    network.answerWith(cut(network.shopify, 350_000));
    await shop.until("reading");
    const { readCount, error } = await shop.state();
    expect(readCount).toBeGreaterThanOrEqual(100);
    expect(readCount).toBeLessThan(450);
    expect(error).toMatch(/broke off/);
    expect(await shop.entries()).toHaveLength(readCount);
    network.answerWith(network.shopify);

    await shop.until("done", "failed");

    expect(await shop.state()).toMatchObject({ status: "done", readCount: 450, attempts: 1 });
    expect(await shop.entries()).toHaveLength(450);
  });

  test("of a process that died is another one's a minute later", async ({ context, platform }) => {
    const shop = await shopWith({ context, platform }, sales(3));
    await shop.request();
    const dead = await claimBackfill(context.db, shop.world.now());
    expect(dead).not.toBeNull();

    shop.later(59 * SECOND);
    expect(await claimBackfill(context.db, shop.world.now())).toBeNull();
    await shop.until("done");

    expect(await shop.entries()).toHaveLength(3);
  });

  test("is given up by a process that another one has overtaken", async ({ context, platform }) => {
    const { request, world, later, until, entries, state } = await shopWith(
      { context, platform },
      sales(3),
    );
    await request();
    await until("running");
    later(MINUTE);
    const slow = await claimBackfill(context.db, world.now());
    later(MINUTE);
    const swift = await claimBackfill(context.db, world.now());
    if (!slow || !swift) throw new Error("both have claimed it");
    await expect
      .poll(() => platform.calls.filter(({ kind }) => kind === "bulk operation"))
      .toHaveLength(1);

    await workOn(world, slow);

    expect(await entries()).toEqual([]);
    expect(await state()).toMatchObject({ waitUntil: swift.waitUntil });
  });

  test("starts another operation when one fails, and gives up after five", async ({
    context,
    platform,
  }) => {
    const shop = await shopWith({ context, platform }, sales(3));
    platform.faults.bulkOperations = "FAILED";
    await shop.request();

    await shop.until("failed");

    expect(await shop.state()).toMatchObject({
      ...{ attempts: 5, error: expect.stringContaining("gave up after 5") as string },
    });
    platform.faults.bulkOperations = null;
    await shop.request();
    await shop.until("done");
    expect(await shop.entries()).toHaveLength(3);
  });

  test("starts another operation when the result has expired, or ends too early", async ({
    context,
    platform,
    network,
  }) => {
    const shop = await shopWith({ context, platform }, sales(3));
    const answers = [
      () => new Response("The address has expired", { status: 403 }),
      (text: string) => new Response(text.slice(0, text.length / 2)),
      (text: string) => new Response(text.split("\n").slice(0, 1).join("\n")),
    ];
    network.answerWith(async (input, init) => {
      const response = await network.shopify(input, init);
      const bad = isResult(input) ? answers.shift() : undefined;
      return bad ? bad(await response.text()) : response;
    });
    await shop.request();

    await shop.until("done", "failed");

    expect(await shop.state()).toMatchObject({ status: "done", attempts: 4, readCount: 3 });
    expect(await shop.entries()).toHaveLength(3);
  });

  test("ends with Shopify's words when the shop has not granted its orders", async ({
    context,
    platform,
  }) => {
    const shop = await shopWith({ context, platform }, sales(3));
    for (const token of Object.values(platform.memory.state.accessTokens))
      token.scopes = token.scopes.filter((scope) => scope !== "read_orders");
    await shop.request();

    await shop.until("failed");

    expect((await shop.state()).error).toMatch(/ACCESS_DENIED|gave up/);
    expect(await shop.entries()).toEqual([]);
  });

  test("waits while Shopify cannot be reached", async ({ context, platform, network }) => {
    const shop = await shopWith({ context, platform }, sales(3));
    await shop.request();
    await context.shopify.adminOf(NORTHWIND);
    network.answerWith(() => Promise.reject(new Error("no route to host")));
    const claim = await claimBackfill(context.db, shop.world.now());
    if (!claim) throw new Error("it was requested");

    await workOn(shop.world, claim);

    expect(await shop.state()).toMatchObject({ status: "waiting", finishedAt: null });
    network.answerWith(network.shopify);
    await shop.until("done");
  });
});
