import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Hono } from "hono";
import { describe, expect, test as base } from "vitest";
import { listen, serverOf } from "../../../dev/store/listen";
import { openPlatform } from "../../../dev/store/open-platform";
import { install } from "../../../dev/store/installation";
import { SHOPS } from "../../../dev/store/catalog/shops";
import { advance } from "../../../dev/store/control/clock";
import type { Platform } from "../../../dev/store/platform";
import {
  announce,
  recentDispatches,
  RETRY_SECONDS,
  stopWebhooks,
  webhooksSettled,
} from "../../../dev/store/webhooks/announce";

const [SHOP] = SHOPS;
if (!SHOP) throw new Error("the stand-in has shops");
const DOMAIN = SHOP.domain;
const TOML = `[webhooks]
api_version = "2026-07"
[[webhooks.subscriptions]]
topics = ["orders/create", "products/update"]
uri = "/hooks"
name = "orders-hook"
[[webhooks.subscriptions]]
topics = ["refunds/create"]
include_fields = ["id", "transactions.amount"]
uri = "/hooks"
`;

type Received = {
  id: string;
  event: string;
  topic: string;
  name: string | null;
  body: Record<string, unknown>;
};
type World = { platform: Platform; received: Received[]; answer: { status: number } };

/** An app with a door for webhooks, and a Shopify that knows its configuration. */
const test = base.extend<{ world: World }>({
  world: async ({}, provide) => {
    const folder = await mkdtemp(path.join(tmpdir(), "webhooks-"));
    const configuration = path.join(folder, "shopify.app.toml");
    await writeFile(configuration, TOML);
    const received: Received[] = [];
    const answer = { status: 200 };
    const app = new Hono().post("/hooks", async (c) => {
      const header = (name: string) => c.req.header(`x-shopify-${name}`) ?? "";
      received.push({
        ...{ id: header("webhook-id"), event: header("event-id"), topic: header("topic") },
        ...{ name: header("name") || null, body: await c.req.json() },
      });
      return c.body(null, answer.status as 200);
    });
    const server = await listen(serverOf(app), 0);
    const platform = openPlatform({
      app: { apiKey: "key", apiSecret: "secret", address: server.address },
      ...{ pixelBundle: "extensions/pixel/dist/pixel.js", configuration },
    });
    platform.addresses.tunnel = server.address;
    install(platform, SHOP);
    await provide({ platform, received, answer });
    stopWebhooks(platform);
    await server.close();
    await rm(folder, { recursive: true });
  },
});

const order = (platform: Platform) => {
  const commerce = platform.commerceOf(DOMAIN);
  const product = commerce
    .catalog()
    .products.find(({ variants: [first] }) => first.inventoryQuantity > 5);
  if (!product) throw new Error("the shop has something to sell");
  const lines = [{ productId: product.id, variantId: product.variants[0].id, quantity: 2 }];
  const tokens = { checkoutToken: `c-${commerce.orders().length}`, cartToken: "cart" };
  return commerce.placeOrder({
    ...tokens,
    customerId: 7_001_000_001,
    lines,
    discountCode: null,
    shippingMinor: 490,
  });
};

describe("what happens in a shop", () => {
  test("is told to those who have subscribed to it, in Shopify's shape", async ({ world }) => {
    const { platform, received } = world;

    const placed = order(platform);
    await webhooksSettled(platform);

    expect(received.map(({ topic }) => topic).sort()).toEqual(["orders/create", "products/update"]);
    expect(received.find(({ topic }) => topic === "orders/create")).toMatchObject({
      name: "orders-hook",
      body: {
        id: placed.id,
        checkout_token: placed.checkoutToken,
        total_price: (placed.totalMinor / 100).toFixed(2),
        financial_status: "paid",
        customer: { id: 7_001_000_001, orders_count: 1 },
        line_items: [{ quantity: 2, current_quantity: 2 }],
      },
    });
  });

  test("is cut down to the fields that a subscription wants", async ({
    world: { platform, received },
  }) => {
    const { id } = order(platform);
    const refund = platform.commerceOf(DOMAIN).refund(id);
    await webhooksSettled(platform);

    const amount = (refund.amountMinor / 100).toFixed(2);
    expect(received.find(({ topic }) => topic === "refunds/create")?.body).toEqual({
      id: refund.id,
      transactions: [{ amount }],
    });
  });

  test("is not told to an app that is not installed", async ({ world: { platform, received } }) => {
    Reflect.deleteProperty(platform.memory.state.installations, DOMAIN);

    announce(platform, DOMAIN, "orders/create", {});
    await webhooksSettled(platform);

    expect(received).toEqual([]);
  });
});

describe("a delivery that fails", () => {
  test("is repeated eight times over four hours with the same id, then given up", async ({
    world,
  }) => {
    const { platform, received, answer } = world;
    // Hours go by, in which the shop's prices and stock may change: that is told as well.
    const told = () => received.filter(({ topic }) => topic === "orders/create");
    const dispatch = () =>
      recentDispatches(platform).find(({ topic }) => topic === "orders/create");
    answer.status = 503;
    announce(platform, DOMAIN, "orders/create", { id: 1 });
    await expect.poll(() => told().length).toBe(1);

    for (const [i, seconds] of RETRY_SECONDS.entries()) {
      await expect.poll(() => dispatch()?.attempts.length).toBe(i + 1);
      advance(platform, seconds * 1_000);
      await expect.poll(() => told().length).toBe(i + 2);
    }

    await expect.poll(() => dispatch()?.state).toBe("given up");
    expect(RETRY_SECONDS.reduce((sum, seconds) => sum + seconds, 0)).toBe(4 * 3600);
    expect(new Set(told().map(({ id }) => id)).size).toBe(1);
  });

  test("comes through with the schedule compressed, and costs an API subscription its life", async ({
    world,
  }) => {
    const { platform, received, answer } = world;
    platform.faults.retrySpeed = 1_000_000;
    const at = new Date().toISOString();
    platform.memory.state.webhookSubscriptions[DOMAIN] = [
      {
        id: 7,
        topic: "THEMES_PUBLISH",
        uri: "/hooks",
        format: "JSON",
        filter: null,
        includeFields: [],
        name: null,
        createdAt: at,
        updatedAt: at,
      },
    ];
    answer.status = 500;
    announce(platform, DOMAIN, "themes/publish", {});
    await webhooksSettled(platform);
    expect(received.length).toBe(9);
    expect(platform.memory.state.webhookSubscriptions[DOMAIN]).toEqual([]);

    platform.faults.retrySpeed = 10_000; // the last retry comes after more than a second
    announce(platform, DOMAIN, "orders/create", {});
    await expect.poll(() => received.length).toBeGreaterThan(9);
    answer.status = 200;
    await webhooksSettled(platform);
    expect(recentDispatches(platform).at(-1)?.state).toBe("delivered");
  });
});

describe("on request, deliveries", () => {
  test("are doubled under one id, or lost", async ({ world: { platform, received } }) => {
    platform.faults.webhooks.duplicated = 1;
    announce(platform, DOMAIN, "orders/create", {});
    await webhooksSettled(platform);
    expect(received.length).toBe(2);
    expect(received[0]?.id).toBe(received[1]?.id);

    platform.faults.webhooks = { lost: 1, duplicated: 0, maxDelayMs: 0 };
    announce(platform, DOMAIN, "orders/create", {});
    await webhooksSettled(platform);
    expect(received.length).toBe(2);
    expect(recentDispatches(platform).at(-1)?.state).toBe("lost");
  });

  test("overtake one another", async ({ world: { platform, received } }) => {
    platform.faults.webhooks.maxDelayMs = 60;
    for (let n = 0; n < 20; n++) announce(platform, DOMAIN, "orders/create", { n });
    await webhooksSettled(platform);

    const order = received.map(({ body }) => body.n);
    expect([...order].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 20 }, (_, n) => n),
    );
    expect(order).not.toEqual([...order].sort((a, b) => Number(a) - Number(b)));
  });
});
