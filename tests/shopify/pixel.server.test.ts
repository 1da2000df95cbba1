import { describe, expect } from "vitest";
import type { AppContext } from "~/context";
import { ask } from "~/shopify/admin.server";
import { hasSettings, pixelSettings } from "~/shopify/pixel";
import { ensurePixel } from "~/shopify/pixel.server";
import { z } from "zod";
import { count, NORTHWIND, test, visit } from "./stand-in";

/** What a visit to the home page does, some time after the installation. */
async function lookAfter(context: AppContext) {
  const { admin, shop } = await visit(context, NORTHWIND);
  return () => ensurePixel(context, admin, shop);
}

describe("the pixel of a shop", () => {
  test("is left alone when all is well", async ({ context, db }) => {
    const look = await lookAfter(context);

    expect(await look()).toEqual({ status: "connected" });
    const shop = await db.shop.findFirst();
    expect(shop?.pixelId).toMatch(/^gid:\/\/shopify\/WebPixel\//);
    expect(shop?.pixelCheckedAt).toBeInstanceOf(Date);
  });

  test("is created when the shop never had one", async ({ context, db, platform }) => {
    const { admin, shop } = await visit(context, NORTHWIND);
    platform.memory.state.webPixels = {};

    const result = await ensurePixel(context, admin, { ...shop, pixelId: null });

    expect(result).toEqual({ status: "created" });
    expect(platform.memory.state.webPixels[NORTHWIND]?.id).toBe(
      (await db.shop.findFirst())?.pixelId,
    );
  });

  test("comes back when someone has deleted it", async ({ context, platform }) => {
    await lookAfter(context);
    platform.memory.state.webPixels = {};
    const look = await lookAfter(context);

    expect(await look()).toEqual({ status: "restored" });
    expect(platform.memory.state.webPixels).toHaveProperty([NORTHWIND, "settings", "key"]);
    expect(await look()).toMatchObject({ status: "connected" });
  });

  test("gets today's settings when it has others", async ({ context, platform }) => {
    const look = await lookAfter(context);
    const pixel = platform.memory.state.webPixels[NORTHWIND];
    if (pixel) pixel.settings = { endpoint: "https://old.example/pixel/events", key: "old" };

    expect(await look()).toEqual({ status: "updated" });
    expect(await look()).toEqual({ status: "connected" });
  });

  test("is one, however many visits look at once", async ({ context, platform }) => {
    const look = await lookAfter(context);
    platform.memory.state.webPixels = {};

    const results = await Promise.all([look(), look(), look()]);

    expect(results.map(({ status }) => status)).not.toContain("failed");
    expect(results.filter(({ status }) => status === "restored")).toHaveLength(1);
  });

  test("fails with Shopify's reason while the extension is not deployed", async ({
    context,
    platform,
  }) => {
    const look = await lookAfter(context);
    platform.memory.state.webPixels = {};
    platform.app.pixelBundle = "extensions/none/dist/none.js";

    expect(await look()).toEqual({ status: "failed", reason: "No extension found" });
  });

  test("fails without harm while Shopify is away", async ({ context, network }) => {
    const look = await lookAfter(context);
    network.answerWith(() => Promise.reject(new Error("no route to host")));

    expect(await look()).toEqual({
      status: "failed",
      reason: "Shopify's Admin API cannot be reached",
    });
  });
});

describe("settings", () => {
  const wanted = pixelSettings("https://app.example", "k");

  test.for([
    [{ endpoint: "https://app.example/pixel/events", key: "k", sampleRate: "1" }, true],
    ['{"sampleRate":"1","key":"k","endpoint":"https://app.example/pixel/events"}', true],
    [{ endpoint: "https://app.example/pixel/events", key: "other", sampleRate: "1" }, false],
    [{ endpoint: "https://app.example/pixel/events", key: "k", sampleRate: "0.5" }, false],
    [{ endpoint: "https://app.example/pixel/events", key: "k" }, false],
    [{ endpoint: "https://app.example/pixel/events", key: "k", sampleRate: "1", more: "" }, false],
    ["not json", false],
    [null, false],
  ] as const)("%j are ours: %s", ([actual, expected]) => {
    expect(hasSettings(actual, wanted)).toBe(expected);
  });
});

describe("a throttled question", () => {
  const throttled = (currentlyAvailable: number) =>
    Response.json({
      errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
      extensions: {
        cost: {
          requestedQueryCost: 10,
          throttleStatus: { maximumAvailable: 2000, currentlyAvailable, restoreRate: 1000 },
        },
      },
    });
  const answer = z.object({ shop: z.object({ id: z.string() }) });

  test("is asked again when the shop's budget allows", async ({ context, network, platform }) => {
    const { admin } = await visit(context, NORTHWIND);
    const before = count(platform, "graphql");
    let refusals = 2;
    network.answerWith((input, init) =>
      refusals-- > 0 ? Promise.resolve(throttled(0)) : network.shopify(input, init),
    );

    const { shop } = await ask(admin, "query { shop { id } }", { answer });

    expect(shop.id).toMatch(/^gid:\/\/shopify\/Shop\//);
    expect(count(platform, "graphql")).toBe(before + 1);
  });

  test("is given up after three times", async ({ context, network }) => {
    const { admin } = await visit(context, NORTHWIND);
    network.answerWith(() => Promise.resolve(throttled(0)));

    const asked = ask(admin, "query { shop { id } }", { answer });

    await expect(asked).rejects.toMatchObject({ code: "unavailable" });
  });
});
