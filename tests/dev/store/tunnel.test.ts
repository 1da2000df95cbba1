import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect } from "vitest";
import { rewriteHeaders, rewriteText } from "../../../dev/store/tunnel/rewrite";
import { startStore } from "../../../dev/store/start";
import { tunnelServer } from "../../../dev/store/tunnel/tunnel";
import { APP, test } from "./running-store";

const HOSTS = {
  admin: "http://127.0.0.1:4000",
  shops: [
    {
      domain: "northwind-outdoor.myshopify.com",
      handle: "northwind-outdoor",
      storefront: () => "http://127.0.0.1:4010",
    },
  ],
};

describe("what is hard-wired to Shopify", () => {
  test("App Bridge and links into the admin and the storefront lead to the stand-in", () => {
    const page = `<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js"></script>
      <a href="https://admin.shopify.com/store/northwind-outdoor/themes">
      <a href="https://northwind-outdoor.myshopify.com/admin/apps/key">
      <a href="https://northwind-outdoor.myshopify.com/products/tent">`;

    expect(rewriteText(page, HOSTS))
      .toBe(`<script src="http://127.0.0.1:4000/app-bridge.js"></script>
      <a href="http://127.0.0.1:4000/store/northwind-outdoor/themes">
      <a href="http://127.0.0.1:4000/store/northwind-outdoor/apps/key">
      <a href="http://127.0.0.1:4010/products/tent">`);
  });

  test("the stand-in's admin may frame the app, beside those who may already", () => {
    const headers = { "content-security-policy": "frame-ancestors https://admin.shopify.com;" };

    expect(rewriteHeaders(headers, HOSTS)["content-security-policy"]).toBe(
      "frame-ancestors http://127.0.0.1:4000 https://admin.shopify.com;",
    );
  });
});

describe("the tunnel", () => {
  test("rewrites a page, its headers and redirects", async ({ store }) => {
    const page = await fetch(`${store.tunnelAddress}/page`);
    const redirect = await fetch(`${store.tunnelAddress}/leave`, { redirect: "manual" });

    expect(await page.text()).toContain(`<script src="${store.address}/app-bridge.js"`);
    expect(page.headers.get("link")).toBeNull();
    expect(page.headers.get("content-security-policy")).toContain(store.address);
    expect(redirect.headers.get("location")).toBe(
      `${store.address}/store/northwind-outdoor/apps/app-key/app`,
    );
  });

  test("tells the app by which address it was reached", async ({ store, app }) => {
    await fetch(`${store.tunnelAddress}/data`);

    const headers = app.received.at(-1)?.headers;
    expect(headers?.get("x-forwarded-host")).toBe(new URL(store.tunnelAddress).host);
    expect(headers?.get("x-forwarded-proto")).toBe("http");
  });

  test("passes events on, byte for byte", async ({ store, app }) => {
    const body = JSON.stringify({ text: "https://admin.shopify.com/store/x ü".repeat(2_000) });

    const answer = await fetch(`${store.tunnelAddress}/pixel/events`, { method: "POST", body });

    expect(await answer.json()).toEqual({ accepted: 1 });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(app.received.at(-1)?.body).toBe(body);
  });

  test("hands back a refusal that comes before the body was read", async ({ store }) => {
    const answer = await fetch(`${store.tunnelAddress}/too-large`, {
      method: "POST",
      body: "x".repeat(5_000_000),
    });

    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ code: "too_large" });
  });

  test("forgets a delayed request whose client has gone away", async ({ app }) => {
    const delay = { latencyMs: 100, cut: null, isError: false, isDoubled: false };
    const tunnel = tunnelServer({ app: app.address, hosts: HOSTS, mishap: () => delay });
    tunnel.listen(0, "127.0.0.1");
    await once(tunnel, "listening");
    const door = `http://127.0.0.1:${(tunnel.address() as AddressInfo).port}/pixel/events`;

    const left = fetch(door, { method: "POST", body: "left", signal: AbortSignal.timeout(30) });
    await expect(left).rejects.toThrow("aborted");
    await fetch(door, { method: "POST", body: "stayed" });

    tunnel.close();
    const bodies = app.received.map(({ body }) => body);
    expect(bodies).toContain("stayed");
    expect(bodies).not.toContain("left");
  });

  test("answers 502 while there is no app", async ({ pixelBundle }) => {
    const down = { ...APP, address: "http://127.0.0.1:9" };
    const store = await startStore({ app: down, pixelBundle });

    const answer = await fetch(`${store.tunnelAddress}/`);

    await store.stop();
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain("Nothing answers at http://127.0.0.1:9");
  });
});
