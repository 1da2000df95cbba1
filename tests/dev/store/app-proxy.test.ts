import "@shopify/shopify-app-remix/adapters/node";
import { ApiVersion, AppDistribution, shopifyApp } from "@shopify/shopify-app-remix/server";
import { Session } from "@shopify/shopify-api";
import { Hono, type Context } from "hono";
import { describe, expect, test as base } from "vitest";
import { signProxyQuery } from "../../../dev/store/app-proxy/signature";
import { SHOPS } from "../../../dev/store/catalog/shops";
import { listen, serverOf } from "../../../dev/store/listen";
import { startStore, type Store } from "../../../dev/store/start";

const [SHOP] = SHOPS;
if (!SHOP) throw new Error("the stand-in has shops");
const DOMAIN = SHOP.domain;

/** A session storage that knows nobody: a proxied request needs none. */
const NO_SESSIONS = {
  storeSession: () => Promise.resolve(true),
  loadSession: () => Promise.resolve<Session | undefined>(undefined),
  deleteSession: () => Promise.resolve(true),
  deleteSessions: () => Promise.resolve(true),
  findSessionsByShop: () => Promise.resolve<Session[]>([]),
};
const library = shopifyApp({
  ...{ apiKey: "key", apiSecretKey: "secret", apiVersion: ApiVersion.July26 },
  ...{ appUrl: "https://app.example", scopes: [], sessionStorage: NO_SESSIONS },
  distribution: AppDistribution.AppStore,
});

/** What an app does with a proxied request; the library throws its refusals. */
async function answer(c: Context): Promise<Response> {
  const { liquid } = await library.authenticate.public.appProxy(c.req.raw);
  if (c.req.path.endsWith("/bare")) return liquid("{{ shop.name }}", { layout: false });
  if (c.req.path.endsWith("/page"))
    return liquid("<h1>{{ shop.name }} for {{ customer.first_name }}</h1>");
  return c.json({ method: c.req.method, body: await c.req.text() });
}

type Asked = { url: string; headers: Headers };
type World = { store: Store; asked: Asked[]; shop: string };

/** An app that lets Shopify's own library judge each proxied request, in front of a shop with it. */
const test = base.extend<{ $file: { world: World } }>({
  world: [
    async ({}, provide) => {
      const asked: Asked[] = [];
      const app = new Hono();
      app
        .get("/proxy/hidden", (c) =>
          c.text("no", 200, { "set-cookie": "a=b", "x-powered-by": "me", etag: '"1"' }),
        )
        .all("/proxy/*", async (c) => {
          asked.push({ url: c.req.url, headers: c.req.raw.headers });
          return answer(c).catch((refusal: unknown) => refusal as Response);
        });
      const server = await listen(serverOf(app), 0);
      const proxy = { url: "/proxy", prefix: "apps", subpath: "pixelnova" } as const;
      const store = await startStore({
        app: { apiKey: "key", apiSecret: "secret", address: server.address, proxy },
        pixelBundle: "extensions/pixel/dist/pixel.js",
      });
      store.install(DOMAIN);
      await provide({ store, asked, shop: store.shops[0]?.storefrontAddress ?? "" });
      await store.stop();
      await server.close();
    },
    { scope: "file" },
  ],
});

describe("a request through the app proxy", () => {
  test("is one that Shopify's library accepts, body and method included", async ({
    world: { shop, asked },
  }) => {
    const cookie = "customer_northwind-outdoor=7001000001; secret=1";
    const response = await fetch(`${shop}/apps/pixelnova/likes?product=1,2`, {
      method: "POST",
      body: "more",
      headers: { cookie },
    });

    expect(await response.json()).toEqual({ method: "POST", body: "more" });
    const { url, headers } = asked.at(-1) ?? { url: "", headers: new Headers() };
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      ...{ product: "1,2", shop: DOMAIN, path_prefix: "/apps/pixelnova" },
      logged_in_customer_id: "7001000001",
    });
    expect(headers.get("cookie")).toBeNull();
    expect(headers.get("x-forwarded-host")).toBe(DOMAIN);
  });

  test("is refused by the library when a parameter was changed on the way, or is there twice", async ({
    world: { asked, store, shop },
  }) => {
    await fetch(`${shop}/apps/pixelnova/likes?product=1`);
    const changed = new URL(asked.at(-1)?.url ?? "");
    changed.searchParams.set("product", "2");

    expect((await fetch(`${store.tunnelAddress}${changed.pathname}${changed.search}`)).status).toBe(
      400,
    );
    expect((await fetch(`${shop}/apps/pixelnova/likes?id=1&id=2`)).status).toBe(400);
  });

  test("brings back neither cookies nor what tells of the server", async ({ world: { shop } }) => {
    const { headers } = await fetch(`${shop}/apps/pixelnova/hidden`);

    expect([headers.get("x-powered-by"), headers.get("etag")]).toEqual([null, '"1"']);
    expect(headers.getSetCookie().join()).not.toContain("a=b");
  });

  test("is rendered in the theme when it is Liquid, or alone when it has no layout", async ({
    world: { shop },
  }) => {
    const headers = { cookie: "customer_northwind-outdoor=7001000001" };
    const page = await (await fetch(`${shop}/apps/pixelnova/page`, { headers })).text();
    const bare = await (await fetch(`${shop}/apps/pixelnova/bare`)).text();

    expect(page).toContain("<h1>Northwind Outdoor for Ana</h1>");
    expect(page).toContain("<header");
    expect(bare.trim()).toBe("Northwind Outdoor");
  });

  test("leads nowhere in a shop without the app", async ({ world: { store } }) => {
    expect(
      (await fetch(`${store.shops[1]?.storefrontAddress ?? ""}/apps/pixelnova/likes`)).status,
    ).toBe(404);
  });
});

test.for([
  ["1", "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb"],
  ["", "e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb"],
])("the signature is Shopify's, for the customer %j", ([customer, signature]) => {
  const query = new URLSearchParams(
    "extra=1&extra=2&shop=shop-name.myshopify.com&path_prefix=/apps/awesome_reviews&timestamp=1317327555",
  );
  query.set("logged_in_customer_id", customer ?? "");

  expect(signProxyQuery(query, "hush")).toBe(signature);
});
