import { Hono } from "hono";
import { describe, expect } from "vitest";
import { listen, serverOf } from "../../../dev/store/listen";
import { noFaults } from "../../../dev/store/faults";
import { tunnelServer } from "../../../dev/store/tunnel/tunnel";
import { test } from "./running-store";

const json = (method: string, body: unknown) => ({
  method,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});

test.beforeEach(async ({ store }) => {
  await fetch(`${store.address}/control/faults`, { method: "DELETE" });
});

describe("faults", () => {
  test("are set in part, shown, and taken back as a whole", async ({ store }) => {
    const faults = `${store.address}/control/faults`;

    await fetch(
      faults,
      json("PATCH", { doors: { storefront: { errorRate: 1 } }, throttled: true }),
    );
    expect(await (await fetch(faults)).json()).toMatchObject({
      doors: { storefront: { errorRate: 1, outage: false }, oauth: { errorRate: 0 } },
      throttled: true,
    });

    await fetch(faults, { method: "DELETE" });
    expect(await (await fetch(faults)).json()).toEqual(noFaults());
  });

  test("that make no sense are refused with what was wanted", async ({ store }) => {
    const response = await fetch(
      `${store.address}/control/faults`,
      json("PATCH", { doors: { storefront: { errorRate: 2 } } }),
    );

    expect(response.status).toBe(400);
    expect(await response.text()).toContain("errorRate");
  });

  test("at the storefront are errors, cut connections and outages", async ({ store, outdoor }) => {
    const set = (about: object) =>
      fetch(`${store.address}/control/faults`, json("PATCH", { doors: { storefront: about } }));

    await set({ errorRate: 1 });
    expect((await fetch(outdoor.storefrontAddress)).status).toBe(500);
    await set({ errorRate: 0, outage: true });
    await expect(fetch(outdoor.storefrontAddress)).rejects.toThrow("fetch failed");
    await set({ outage: false });
    expect((await fetch(outdoor.storefrontAddress)).status).toBe(200);
  });

  test("on the pixel's way lose the request before the app, or its answer after it", async ({
    store,
    app,
  }) => {
    const set = (about: object) =>
      fetch(`${store.address}/control/faults`, json("PATCH", { doors: { "pixel-events": about } }));
    const knock = () =>
      fetch(`${store.tunnelAddress}/pixel/events`, { method: "POST", body: "{}" });
    const arrived = () => app.received.filter(({ path }) => path === "/pixel/events").length;
    const before = arrived();

    await set({ lostRequests: 1 });
    await expect(knock()).rejects.toThrow("fetch failed");
    expect(arrived()).toBe(before);

    await set({ lostRequests: 0, lostAnswers: 1 });
    await expect(knock()).rejects.toThrow("fetch failed");
    expect(arrived()).toBe(before + 1);

    await set({ lostAnswers: 0, duplicates: 1 });
    expect((await knock()).status).toBe(200);
    expect(arrived()).toBe(before + 3);
    expect((await fetch(`${store.tunnelAddress}/data`)).status).toBe(200);
  });
});

test("a tunnel without faults passes a body through as it comes", async () => {
  const echo = await listen(
    serverOf(new Hono().post("/", async (c) => c.text(await c.req.text()))),
    0,
  );
  const hosts = { admin: "http://127.0.0.1:1", shops: [] };
  const tunnel = await listen(tunnelServer({ app: echo.address, hosts }), 0);

  const response = await fetch(tunnel.address, { method: "POST", body: "as it is" });

  expect(await response.text()).toBe("as it is");
  await Promise.all([tunnel.close(), echo.close()]);
});

describe("a shop from outside", () => {
  test("sells, refunds and changes prices", async ({ store, outdoor }) => {
    const home = `${store.address}/control/shops/${outdoor.handle}`;
    const product = (await (
      await fetch(`${outdoor.storefrontAddress}/products/hearth-enamel-mug.js`)
    ).json()) as { id: number; variants: { id: number }[] };
    const variantId = product.variants[0]?.id ?? 0;

    const price = await fetch(
      `${home}/variants/${variantId}/price`,
      json("PUT", { priceMinor: 999, compareAtMinor: 1999 }),
    );
    const lines = [{ productId: product.id, variantId, quantity: 2 }];
    const purchase = {
      checkoutToken: "t",
      cartToken: "c",
      customerId: null,
      lines,
      discountCode: null,
      shippingMinor: 0,
    };
    const order = (await (await fetch(`${home}/orders`, json("POST", purchase))).json()) as {
      id: number;
      totalMinor: number;
    };
    const refund = await fetch(`${home}/orders/${order.id}/refunds`, json("POST", {}));

    expect(price.status).toBe(204);
    expect(order.totalMinor).toBe(1998);
    expect(await refund.json()).toMatchObject({ amountMinor: 1998 });
  });

  test("publishes another theme, and tells the app", async ({ store, app, outdoor }) => {
    store.install(outdoor.domain);
    const home = `${store.address}/control/shops/${outdoor.handle}`;

    const theme = await fetch(`${home}/theme`, json("PUT", { name: "Harvest" }));

    expect(await theme.json()).toMatchObject({ name: "Harvest", embeds: [] });
    const told = () =>
      app.received
        .filter(({ headers }) => headers.get("x-shopify-topic") === "themes/publish")
        .map(({ body }): unknown => JSON.parse(body));
    await expect.poll(told).toEqual([{ id: expect.any(Number), name: "Harvest", role: "main" }]);
    await store.uninstall(outdoor.domain); // who is told of 30 days is told a lot
  });

  test("says what it cannot do", async ({ store, outdoor }) => {
    const home = `${store.address}/control/shops/${outdoor.handle}`;

    expect(
      (await fetch(`${store.address}/control/shops/nowhere/install`, { method: "POST" })).status,
    ).toBe(404);
    const empty = await fetch(`${home}/orders`, json("POST", { lines: [] }));
    expect([empty.status, await empty.text()]).toEqual([
      400,
      expect.stringContaining("checkoutToken"),
    ]);
    const gone = await fetch(`${home}/orders/1/refunds`, json("POST", {}));
    expect([gone.status, await gone.text()]).toEqual([400, expect.stringContaining("no order 1")]);
  });

  test("goes through time, and prices change with it", async ({ store, outdoor }) => {
    const at = async () =>
      (
        await fetch(`${outdoor.storefrontAddress}/collections/all?section_id=main-collection`)
      ).text();
    const before = await at();

    const clock = await fetch(
      `${store.address}/control/clock`,
      json("POST", { advanceMs: 30 * 86_400_000 }),
    );

    expect(await clock.json()).toMatchObject({ aheadMs: 30 * 86_400_000 });
    expect(await at()).not.toBe(before);
    const back = await fetch(`${store.address}/control/clock`, json("POST", { advanceMs: -1 }));
    expect(back.status).toBe(400);
  });
});
