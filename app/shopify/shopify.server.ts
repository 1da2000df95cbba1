// The library's adapters come first: they give the API package its fetch when they are loaded.
import "@shopify/shopify-app-remix/adapters/node";
import {
  ApiVersion,
  AppDistribution,
  LogSeverity,
  SessionNotFoundError,
  shopifyApp,
} from "@shopify/shopify-app-remix/server";
import { shopifyApi } from "@shopify/shopify-api";
import type { Config } from "~/platform/config.server";
import { createSealer } from "~/platform/crypto.server";
import type { Database } from "~/platform/db.server";
import { Unauthorized } from "~/platform/errors";
import type { Log } from "~/platform/log.server";
import type { Admin } from "./admin.server";
import { install } from "./install.server";
import type { TokenKeeper } from "./token-refresh.server";
import { createTokenStorage } from "./token-storage.server";

type World = { config: Pick<Config, "shopify" | "encryptionKeys">; db: Database; log: Log };
export type Shopify = ReturnType<typeof createShopify>;

/** Sets up Shopify's libraries for this app. Nothing is called until the first request. */
export function createShopify(world: World) {
  const { config, db, log } = world;
  const options = {
    apiKey: config.shopify.apiKey,
    apiSecretKey: config.shopify.apiSecret,
    apiVersion: ApiVersion.July26,
    logger: { log: libraryLog(log), level: LogSeverity.Warning },
  };
  const api = createApi(options, config.shopify.appUrl);
  const tokens: TokenKeeper = {
    db,
    log,
    sealer: createSealer(config.encryptionKeys),
    askForToken: api.auth.refreshToken,
  };
  const { authenticate, addDocumentResponseHeaders, unauthenticated } = shopifyApp({
    ...options,
    appUrl: config.shopify.appUrl,
    authPathPrefix: "/auth",
    sessionStorage: createTokenStorage(tokens),
    distribution: AppDistribution.AppStore,
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    hooks: {
      async afterAuth({ admin, session }) {
        await install(world, admin, session.shop);
      },
    },
  });
  return {
    api,
    tokens,
    addDocumentResponseHeaders,
    /** Signs a merchant's request in. Throws the library's Responses: let them fly. */
    authenticate: { admin: authenticate.admin },
    adminOf: (domain: string) => adminOf(unauthenticated, domain),
  };
}

type ApiOptions = Pick<Parameters<typeof shopifyApi>[0], "apiKey" | "apiSecretKey" | "logger"> & {
  apiVersion: ApiVersion;
};

/** The plain API: what the app library above it keeps to itself. */
function createApi(options: ApiOptions, appUrl: string) {
  const { host, protocol } = new URL(appUrl);
  return shopifyApi({
    ...options,
    hostName: host,
    hostScheme: protocol === "http:" ? "http" : "https",
    isEmbeddedApp: true,
  });
}

type Unauthenticated = {
  admin(shop: string): Promise<{ admin: Admin }>;
};

/** A shop's Admin API for work that no merchant's request asked for.
 * @throws {Unauthorized} the shop has no token: it must open the app once more */
async function adminOf(unauthenticated: Unauthenticated, domain: string): Promise<Admin> {
  try {
    return (await unauthenticated.admin(domain)).admin;
  } catch (error) {
    if (error instanceof SessionNotFoundError) throw new Unauthorized(error.message);
    throw error;
  }
}

/** The library's lines, as ours; it writes tokens and names only below this level. */
const libraryLog = (log: Log) => (severity: LogSeverity, message: string) =>
  severity === LogSeverity.Error ? log.error(message) : log.warn(message);
