import { createHmac, randomUUID } from "node:crypto";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { Hono } from "hono";
import type { AppContext } from "~/context";
import { readConfig } from "~/platform/config.server";
import type { Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { createMetrics } from "~/platform/metrics.server";
import { createShopify } from "~/shopify/shopify.server";
import { authenticateShop } from "~/shopify/shops.server";
import { adminApi } from "../../dev/store/admin-api/endpoint";
import { shopOf, SHOPS } from "../../dev/store/catalog/shops";
import { install } from "../../dev/store/installation";
import { tokenEndpoint } from "../../dev/store/oauth/endpoint";
import { mintIdToken, type IdTokenOverrides } from "../../dev/store/oauth/id-token";
import { openPlatform } from "../../dev/store/open-platform";
import type { Platform } from "../../dev/store/platform";
import { test as base } from "../database";

export const NORTHWIND = "northwind-outdoor.myshopify.com";
export const HARBOUR = "harbour-tea.myshopify.com";

export const CONFIG = readConfig({
  SHOPIFY_API_KEY: "key-of-the-app",
  SHOPIFY_API_SECRET: "secret-of-the-app",
  SHOPIFY_APP_URL: "https://pixelnova.test",
  ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString("base64"),
});
const { apiKey, apiSecret } = CONFIG.shopify;

const SCOPES = [
  ...["write_pixels", "read_customer_events"],
  ...["read_orders", "read_customers", "read_products", "read_inventory", "write_app_proxy"],
  "read_themes",
];

/** The stand-in's protocols within this process, with the app installed in both of its shops. */
function startPlatform(): Platform {
  const platform = openPlatform({
    app: { apiKey, apiSecret, scopes: SCOPES, address: CONFIG.shopify.appUrl },
    pixelBundle: "extensions/pixel/src/index.ts",
  });
  for (const shop of SHOPS) install(platform, shop);
  return platform;
}

export type Fetch = (input: string | Request, init?: RequestInit) => Promise<Response>;

/** Sends what the Shopify libraries fetch to the stand-in. */
function connect(platform: Platform): Fetch {
  const routes = new Hono().route("/", tokenEndpoint(platform)).route("/", adminApi(platform));
  return async (input, init) => {
    const request = new Request(input, init);
    request.headers.set("x-forwarded-host", new URL(request.url).host);
    return routes.fetch(request);
  };
}

export const contextOn = (db: Database): AppContext => {
  const log = createLog("silent");
  const shopify = createShopify({ config: CONFIG, db, log });
  return { config: CONFIG, db, log, shopify, metrics: createMetrics() };
};

type Network = {
  /** Puts something between the app and Shopify, for the rest of the test. */
  answerWith: (fetch: Fetch) => void;
  /** Shopify itself. */
  shopify: Fetch;
};

/** `test` with an app on an empty database, and a Shopify of its own with both shops installed. */
export const test = base
  .extend("context", ({ db }) => contextOn(db))
  .extend("clean", { auto: true }, async ({ db }) => {
    await db.$executeRaw`truncate shops, pixel_events, sessions, page_views cascade`;
  })
  .extend("platform", () => startPlatform())
  .extend("network", { auto: true }, ({ platform }): Network => {
    const shopify = connect(platform);
    const answerWith = (fetch: Fetch) => setAbstractFetchFunc(fetch as typeof globalThis.fetch);
    answerWith(shopify);
    return { shopify, answerWith };
  });

/** How often the app asked Shopify for something, for example for a "token refresh". */
export const count = ({ calls }: Platform, kind: Platform["calls"][number]["kind"]) =>
  calls.filter((call) => call.kind === kind).length;

const USER_AGENT = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36";

/** A request for data from an embedded page, as App Bridge signs it. */
export async function dataRequest(domain: string, overrides?: IdTokenOverrides): Promise<Request> {
  const idToken = await mintIdToken({ apiKey, apiSecret }, domain, overrides);
  return new Request(`${CONFIG.shopify.appUrl}/app?_data=routes%2Fhome`, {
    headers: { Authorization: `Bearer ${idToken}`, "User-Agent": USER_AGENT },
  });
}

/** A merchant opens the app; the first time, that installs it. */
export const visit = async (context: AppContext, domain: string) =>
  authenticateShop(context, await dataRequest(domain));

type Webhook = {
  topic: string;
  domain: string;
  payload?: object;
  webhookId?: string;
  triggeredAt?: Date;
  secret?: string;
};

/** A webhook as Shopify sends it. */
export function webhook({
  topic,
  domain,
  payload = { shop_id: shopOf(domain).id, shop_domain: domain },
  webhookId = randomUUID(),
  triggeredAt = new Date(),
  secret = apiSecret,
}: Webhook): Request {
  const body = JSON.stringify(payload);
  return new Request(`${CONFIG.shopify.appUrl}/webhooks`, {
    method: "POST",
    body,
    headers: {
      "X-Shopify-Topic": topic,
      "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(body).digest("base64"),
      "X-Shopify-Shop-Domain": domain,
      "X-Shopify-API-Version": "2026-07",
      "X-Shopify-Webhook-Id": webhookId,
      "X-Shopify-Triggered-At": triggeredAt.toISOString(),
    },
  });
}
