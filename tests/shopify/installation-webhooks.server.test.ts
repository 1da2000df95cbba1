import { describe, expect } from "vitest";
import { receiveWebhook } from "~/webhooks.server";
import { revoke } from "../../dev/store/oauth/tokens";
import type { Platform } from "../../dev/store/platform";
import { minutes, NOON } from "../factories";
import { HARBOUR, NORTHWIND, test, visit, webhook } from "./stand-in";

const uninstalled = { topic: "app/uninstalled", domain: NORTHWIND };
const scopesUpdate = (current: string[]) => ({
  topic: "app/scopes_update",
  domain: NORTHWIND,
  payload: { previous: [], current },
});
/** The merchant has removed the app: every token is dead. */
const leave = (platform: Platform) => revoke(platform.memory.state, NORTHWIND);

describe("app/uninstalled", () => {
  test("with dead tokens is answered 200: they are forgotten, and Shopify is not asked", async ({
    context,
    db,
    platform,
  }) => {
    await visit(context, NORTHWIND);
    await db.accessToken.updateMany({ data: { expiresAt: new Date(0) } });
    leave(platform);
    const before = platform.calls.length;

    const response = await receiveWebhook(context, webhook(uninstalled));

    expect(response.status).toBe(200);
    expect(await db.accessToken.count()).toBe(0);
    const shop = await db.shop.findFirst();
    expect(shop?.uninstalledAt).toBeInstanceOf(Date);
    expect(shop?.pixelId).toBeNull();
    expect(platform.calls).toHaveLength(before);
  });

  test("ends one shop's installation only", async ({ context, db }) => {
    await visit(context, NORTHWIND);
    await visit(context, HARBOUR);

    await receiveWebhook(context, webhook(uninstalled));

    const installed = await db.shop.findMany({ where: { uninstalledAt: null } });
    expect(installed.map(({ domain }) => domain)).toEqual([HARBOUR]);
    expect(await db.accessToken.count()).toBe(1);
  });

  test("that tells of an earlier installation is passed over", async ({ context, db }) => {
    await visit(context, NORTHWIND);
    const yesterday = new Date(Date.now() - 86_400_000);

    const late = { ...uninstalled, triggeredAt: yesterday };
    await receiveWebhook(context, webhook(late));

    expect(await db.shop.findFirst()).toMatchObject({ uninstalledAt: null });
    expect(await db.accessToken.count()).toBe(1);
  });

  test("that is late is passed over too when the shop came back before it", async ({
    context,
    db,
    platform,
  }) => {
    await visit(context, NORTHWIND);
    await db.shop.updateMany({ data: { installedAt: new Date(0) } });
    leave(platform);
    const left = new Date(Date.now() - 60_000);
    const { admin } = await visit(context, NORTHWIND);
    await admin.graphql("{ shop { id } }").catch(() => "the old token is refused");
    await visit(context, NORTHWIND);

    await receiveWebhook(context, webhook({ ...uninstalled, triggeredAt: left }));

    expect(await db.shop.findFirst()).toMatchObject({ uninstalledAt: null });
    expect(await db.accessToken.count()).toBe(1);
  });

  test("is made good by coming back: a new installation with the same key", async ({
    context,
    platform,
  }) => {
    const { shop: before } = await visit(context, NORTHWIND);
    await receiveWebhook(context, webhook(uninstalled));
    platform.memory.state.webPixels = {};

    const { shop: after } = await visit(context, NORTHWIND);

    expect(after).toMatchObject({ id: before.id, pixelKey: before.pixelKey, uninstalledAt: null });
    expect(after.installedAt.getTime()).toBeGreaterThan(before.installedAt.getTime());
    expect(platform.memory.state.webPixels).toHaveProperty([NORTHWIND]);
  });
});

describe("app/scopes_update", () => {
  test("that was overtaken by a newer one is passed over", async ({ context, db }) => {
    await visit(context, NORTHWIND);
    const newer = { ...scopesUpdate(["a", "b"]), triggeredAt: minutes(1) };
    const older = { ...scopesUpdate(["a"]), triggeredAt: NOON };

    await receiveWebhook(context, webhook(newer));
    await receiveWebhook(context, webhook(older));

    expect(await db.shop.findFirst()).toMatchObject({ scopes: ["a", "b"] });
  });
});
