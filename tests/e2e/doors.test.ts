import { describe, expect } from "vitest";
import type { Stack } from "../../dev/stack";
import { DESKTOP_USER_AGENT } from "../browser";
import { firstShop, test } from "./stack";

const post = (address: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(address, { method: "POST", body, headers });

const batch = (key: unknown) =>
  JSON.stringify({ key, sentAt: new Date().toISOString(), events: [] });

describe("the pixel's door", () => {
  test("without a key a batch is malformed", async ({ stack }) => {
    const { endpoint } = await firstShop(stack);
    expect((await post(endpoint, batch(undefined))).status).toBe(400);
  });

  test("a wrong key is refused, in words that a page on any site may read", async ({ stack }) => {
    const { endpoint } = await firstShop(stack);
    const response = await post(endpoint, batch("wrong"));

    expect(response.status).toBe(401);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(await response.json()).toMatchObject({ code: "unauthorized" });
  });

  test("a malformed body is refused", async ({ stack }) => {
    const { endpoint } = await firstShop(stack);
    for (const body of ["", "{", "null", "[1]", '{"key":1}'])
      expect((await post(endpoint, body)).status).toBe(400);
  });

  test("an oversized body is refused", async ({ stack }) => {
    const { endpoint } = await firstShop(stack);
    expect((await post(endpoint, "x".repeat(64 * 1024 + 1))).status).toBe(413);
  });

  test("an oversized body is refused although it does not say how long it is", async ({
    stack,
  }) => {
    const { endpoint } = await firstShop(stack);
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const options = { method: "POST", body, duplex: "half" } as const;
    const status = await fetch(endpoint, options).then(
      (response) => response.status,
      () => "cut off",
    );
    expect([413, "cut off"]).toContain(status);
  });

  test("nothing but POST and its preflight is answered", async ({ stack }) => {
    const { endpoint } = await firstShop(stack);
    expect((await fetch(endpoint)).status).toBe(405);
    expect((await fetch(endpoint, { method: "OPTIONS" })).status).toBe(204);
  });
});

describe("the merchant's door", () => {
  const HOME = "/app?index&_data=routes%2Fhome";
  const ask = (stack: Stack, token: string | undefined, path = HOME) =>
    fetch(new URL(path, stack.store.tunnelAddress), {
      redirect: "manual",
      headers: {
        "user-agent": DESKTOP_USER_AGENT,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    });

  test("a shop's own session token is let in", async ({ stack }) => {
    const { shop } = await firstShop(stack);
    expect((await ask(stack, await stack.store.idToken(shop.domain))).status).toBe(200);
  });

  test("without a session token there are no numbers", async ({ stack }) => {
    await firstShop(stack);
    const response = await ask(stack, undefined);
    expect(response.status).not.toBe(200);
    expect(await response.text()).not.toContain("visitors");
  });

  test("an expired session token is refused", async ({ stack }) => {
    const { shop } = await firstShop(stack);
    const issuedAt = new Date(Date.now() - 10 * 60_000);
    expect((await ask(stack, await stack.store.idToken(shop.domain, { issuedAt }))).status).toBe(
      401,
    );
  });

  test("a session token with a forged signature is refused", async ({ stack }) => {
    const { shop } = await firstShop(stack);
    const [head, claims] = (await stack.store.idToken(shop.domain)).split(".");
    expect((await ask(stack, `${head}.${claims}.${"A".repeat(43)}`)).status).toBe(401);
  });

  test("another shop's session token sees that shop, and never this one's numbers", async ({
    stack,
  }) => {
    const { shop, other, endpoint, key } = await firstShop(stack);
    const event = {
      id: "secret",
      name: "page_viewed",
      clientId: "c",
      timestamp: new Date().toISOString(),
      data: {},
      context: { path: "/only-in-the-first-shop", title: "Secret" },
    };
    const body = JSON.stringify({ key, sentAt: new Date().toISOString(), events: [event] });
    expect(await (await post(endpoint, body)).json()).toMatchObject({ accepted: 1 });
    stack.store.install(other.domain);
    const seenBy = async (domain: string) =>
      (await ask(stack, await stack.store.idToken(domain), `${HOME}&shop=${shop.domain}`)).text();

    await expect.poll(() => seenBy(shop.domain)).toContain("/only-in-the-first-shop");
    expect(await seenBy(other.domain)).not.toContain("/only-in-the-first-shop");
  });
});

describe("the webhooks' door", () => {
  test("a webhook with a wrong signature is refused", async ({ stack }) => {
    const { shop } = await firstShop(stack);
    const address = new URL("/webhooks", stack.store.tunnelAddress).href;
    const response = await post(address, "{}", {
      "x-shopify-topic": "app/uninstalled",
      "x-shopify-hmac-sha256": Buffer.alloc(32, 7).toString("base64"),
      "x-shopify-shop-domain": shop.domain,
      "x-shopify-api-version": "2026-07",
      "x-shopify-webhook-id": "forged",
    });

    expect(response.status).toBe(401);
    const still = await post(
      stack.store.webPixel(shop.domain)?.settings.endpoint ?? "",
      batch("wrong"),
    );
    expect(still.status).toBe(401);
  });

  test("a webhook without Shopify's headers is refused", async ({ stack }) => {
    const address = new URL("/webhooks", stack.store.tunnelAddress).href;
    expect((await post(address, "{}")).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(address)).status).toBe(405);
  });
});
