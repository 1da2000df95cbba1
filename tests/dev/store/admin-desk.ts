import "@shopify/shopify-api/adapters/web-api";
import path from "node:path";
import { ApiVersion, RequestedTokenType, shopifyApi, type Session } from "@shopify/shopify-api";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { Hono } from "hono";
import { test as base } from "vitest";
import { adminApi } from "../../../dev/store/admin-api/endpoint";
import { shopOf, SHOPS, type Shop } from "../../../dev/store/catalog/shops";
import type { Commerce } from "../../../dev/store/commerce/commerce";
import { openCommerce } from "../../../dev/store/commerce/open";
import { newCommerceState } from "../../../dev/store/commerce/state";
import { noFaults } from "../../../dev/store/faults";
import { install } from "../../../dev/store/installation";
import { tokenEndpoint } from "../../../dev/store/oauth/endpoint";
import { mintIdToken } from "../../../dev/store/oauth/id-token";
import { grantForGood } from "../../../dev/store/oauth/tokens";
import type { Platform } from "../../../dev/store/platform";
import { listen, serverOf } from "../../../dev/store/listen";
import { remember } from "../../../dev/store/state";

export const SCOPES = [
  ...["read_products", "read_inventory", "read_locations", "read_orders", "read_customers"],
  ...["read_themes", "write_pixels", "read_customer_events", "read_locales"],
  ...["read_privacy_settings", "write_metaobjects"],
];

const APP_FOLDER = path.join(import.meta.dirname, "admin-app");

export type Answer<Data> = {
  data: Data;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  extensions: {
    cost: {
      requestedQueryCost: number;
      actualQueryCost: number | null;
      throttleStatus: { currentlyAvailable: number };
    };
    search?: { path: string[]; query: string; warnings: { field: string }[] }[];
  };
};
export type Asked = { shop?: Shop; scopes?: readonly string[]; variables?: object };

/** Shopify's Admin API within this process, on a clock that stands still until it is advanced, with both shops in business. */
export type Desk = {
  platform: Platform;
  routes: Hono;
  outdoor: Shop;
  tea: Shop;
  commerce: Commerce;
  /** Milliseconds. */
  advance: (ms: number) => void;
  ask: <Data>(query: string, asked?: Asked) => Promise<Answer<Data>>;
};

const OUTDOOR = shopOf("northwind-outdoor.myshopify.com");
const TEA = shopOf("harbour-tea.myshopify.com");

function openDesk(): Desk {
  let time = Date.parse("2026-11-20T12:00:00Z");
  const now = () => new Date(time);
  const commerces = new Map(
    SHOPS.map((shop) => {
      const state = newCommerceState();
      return [shop.domain, openCommerce({ shop, now, state, save: () => undefined })];
    }),
  );
  const commerceOf = (domain: string) => {
    const commerce = commerces.get(domain);
    if (!commerce) throw new Error(`no shop ${domain}`);
    return commerce;
  };
  const platform: Platform = {
    app: {
      ...{ apiKey: "app-key", apiSecret: "app-secret", scopes: SCOPES, themeExtension: "" },
      configuration: path.join(APP_FOLDER, "shopify.app.toml"),
      pixelBundle: path.join(APP_FOLDER, "pixel/built/pixel.js"),
    },
    ...{ shops: SHOPS, memory: remember(undefined), calls: [], faults: noFaults() },
    addresses: { admin: "http://admin.test", tunnel: "", storefronts: {} },
    ...{ commerceOf, now, tokenLifetime: 3600 },
  };
  for (const shop of SHOPS) install(platform, shop);
  const routes = new Hono().route("/", tokenEndpoint(platform)).route("/", adminApi(platform));
  return {
    ...{ platform, routes, outdoor: OUTDOOR, tea: TEA, commerce: commerceOf(OUTDOOR.domain) },
    advance: (ms) => void (time += ms),
    ask: (query, asked) => ask(platform, routes, query, asked),
  };
}

async function ask<Data>(
  platform: Platform,
  routes: Hono,
  query: string,
  { shop = OUTDOOR, scopes = SCOPES, variables }: Asked = {},
): Promise<Answer<Data>> {
  const grant = { shop: shop.domain, scopes: [...scopes], now: platform.now(), lifetime: 0 };
  const token = grantForGood(platform.memory.state, grant).access_token;
  const response = await routes.request("/admin/api/2026-07/graphql.json", {
    method: "POST",
    headers: { "x-forwarded-host": shop.domain, "x-shopify-access-token": token },
    body: JSON.stringify({ query, variables }),
  });
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer<Data>;
}

/** Shopify's own library, which believes that it talks to Shopify. */
export function libraryFor({ platform, routes }: Desk) {
  setAbstractFetchFunc(async (input, init) => {
    const request = new Request(input, init);
    request.headers.set("x-forwarded-host", new URL(request.url).host);
    return routes.fetch(request);
  });
  const { apiKey, apiSecret } = platform.app;
  return shopifyApi({
    ...{ apiKey, apiSecretKey: apiSecret, hostName: "app.example", isEmbeddedApp: true },
    ...{ apiVersion: ApiVersion.July26, logger: { level: 0 } },
  });
}

/** Opens the app in a shop by the library: an id token for an expiring offline token. */
export async function openIn(desk: Desk, shop: Shop): Promise<Session> {
  const { session } = await libraryFor(desk).auth.tokenExchange({
    ...{ shop: shop.domain, requestedTokenType: RequestedTokenType.OfflineAccessToken },
    ...{ sessionToken: await mintIdToken(desk.platform.app, shop.domain), expiring: true },
  });
  return session;
}

export type Inbox = {
  /** Stands for the app's own address, too. */
  address: string;
  received: { topic: string; shop: string; payload: unknown }[];
  /** From now on webhooks of this topic come here, such as `ORDERS_CREATE`. */
  subscribe: (topic: string) => void;
};

/** An app's door for webhooks, told of by subscriptions in the first shop. */
async function openInbox({ platform, outdoor }: Desk, provide: (inbox: Inbox) => Promise<void>) {
  const received: Inbox["received"] = [];
  const routes = new Hono().post("/webhooks", async (c) => {
    const header = (name: string) => c.req.header(`x-shopify-${name}`) ?? "";
    const payload: unknown = await c.req.json();
    received.push({ topic: header("topic"), shop: header("shop-domain"), payload });
    return c.body(null);
  });
  const { address, close } = await listen(serverOf(routes), 0);
  const at = platform.now().toISOString();
  const subscribe = (topic: string) => {
    platform.memory.state.webhookSubscriptions[outdoor.domain] = [
      {
        ...{ id: 1, topic, uri: `${address}/webhooks`, format: "JSON", filter: null, name: null },
        ...{ includeFields: [], createdAt: at, updatedAt: at },
      },
    ];
  };
  await provide({ address, received, subscribe });
  await close();
}

/** `test` with a desk of its own, and an inbox where one is asked for. */
export const test = base.extend<{ desk: Desk; inbox: Inbox }>({
  desk: ({}, provide) => provide(openDesk()),
  inbox: ({ desk }, provide) => openInbox(desk, provide),
});
