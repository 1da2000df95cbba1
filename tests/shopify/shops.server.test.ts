import { describe, expect } from "vitest";
import { authenticateShop } from "~/shopify/shops.server";
import { shopOf } from "../../dev/store/catalog/shops";
import { count, dataRequest, HARBOUR, NORTHWIND, test, visit } from "./stand-in";

const longAgo = new Date(Date.now() - 5 * 60_000);

describe("a merchant's first visit", () => {
  test("installs the shop: who it is, what we may do, and its pixel", async ({
    context,
    platform,
  }) => {
    const { shop } = await visit(context, NORTHWIND);

    expect(shop).toMatchObject({
      domain: NORTHWIND,
      shopifyId: BigInt(shopOf(NORTHWIND).id),
      name: "Northwind Outdoor",
      currency: "EUR",
      timeZone: "Europe/Berlin",
      scopes: [
        ...["write_pixels", "read_customer_events"],
        ...["read_orders", "read_customers", "read_products", "read_inventory", "write_app_proxy"],
        "read_themes",
      ],
      uninstalledAt: null,
    });
    expect(shop.pixelKey).toMatch(/^[\w-]{43}$/);
    expect(platform.memory.state.webPixels[NORTHWIND]?.settings).toEqual({
      endpoint: "https://pixelnova.test/pixel/events",
      key: shop.pixelKey,
      sampleRate: "1",
    });
  });

  test("is one installation, however many requests it makes at once", async ({ context, db }) => {
    const visits = await Promise.all([1, 2, 3].map(() => visit(context, NORTHWIND)));

    expect(new Set(visits.map(({ shop }) => shop.pixelKey)).size).toBe(1);
    expect(await db.shop.count()).toBe(1);
  });

  test("that broke off is completed by the second", async ({ context, network }) => {
    network.answerWith(async (input, init) =>
      new URL(new Request(input).url).pathname.endsWith("graphql.json")
        ? new Response("", { status: 503 })
        : network.shopify(input, init),
    );
    const first = await visit(context, NORTHWIND).catch((error: unknown) => error);
    network.answerWith(network.shopify);

    const { shop } = await visit(context, NORTHWIND);

    expect(first).not.toHaveProperty("shop");
    expect(shop).toMatchObject({ name: "Northwind Outdoor", timeZone: "Europe/Berlin" });
  });
});

describe("who a request comes from", () => {
  test("is the shop in its token, and each sees only its own row", async ({ context }) => {
    const [northwind, harbour] = [await visit(context, NORTHWIND), await visit(context, HARBOUR)];

    expect(northwind.shop.domain).toBe(NORTHWIND);
    expect(harbour.shop.domain).toBe(HARBOUR);
    expect(northwind.shop.id).not.toBe(harbour.shop.id);
  });

  test("is not what its address claims", async ({ context }) => {
    await visit(context, HARBOUR);
    const { headers, url } = await dataRequest(NORTHWIND);
    const request = new Request(`${url}&shop=${HARBOUR}`, { headers });

    const { shop } = await authenticateShop(context, request);

    expect(shop.domain).toBe(NORTHWIND);
  });

  test.for([
    ["an expired token", { issuedAt: longAgo }],
    ["another app's token", { audience: "another-key" }],
    ["a token with a forged signature", { secret: "guessed" }],
  ] as const)("%s is refused with 401", async ([, overrides], { context }) => {
    await visit(context, NORTHWIND);

    const refused = authenticateShop(context, await dataRequest(NORTHWIND, overrides));

    await expect(refused).rejects.toMatchObject({ status: 401 });
  });

  test("a request without a token, as outside the admin, is sent to the way in", async ({
    context,
  }) => {
    const request = new Request("https://pixelnova.test/app");

    const refused = authenticateShop(context, request);

    const response = await refused.catch((thrown: unknown) => thrown);
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({ status: 302 });
    expect(response instanceof Response && response.headers.get("Location")).toBe("/auth/login");
  });
});

test("later visits use the token at hand", async ({ context, platform }) => {
  await visit(context, NORTHWIND);
  await visit(context, NORTHWIND);
  await visit(context, NORTHWIND);

  expect(count(platform, "token exchange")).toBe(1);
});

test("a token that Shopify revoked makes way for a new one", async ({ context, db, platform }) => {
  const { admin } = await visit(context, NORTHWIND);
  platform.memory.state.accessTokens = {};

  const refused = admin.graphql("{ shop { id } }");

  await expect(refused).rejects.toMatchObject({ status: 401 });
  expect(await db.accessToken.count()).toBe(0);
  await visit(context, NORTHWIND);
  expect(count(platform, "token exchange")).toBe(2);
});
