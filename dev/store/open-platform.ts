import { readFileSync } from "node:fs";
import { SHOPS, shopOf } from "./catalog/shops";
import type { Commerce, History } from "./commerce/commerce";
import { openCommerce } from "./commerce/open";
import { newCommerceState } from "./commerce/state";
import { noFaults } from "./faults";
import type { AppProxy, Platform } from "./platform";
import { remember } from "./state";
import { announceHappenings } from "./webhooks/announce";

export type PlatformOptions = {
  app: {
    apiKey: string;
    apiSecret: string;
    /** Where the app itself listens, or will; the tunnel leads there. */
    address: string;
    /** What an installation grants. */
    scopes?: string[];
    /** In place of what the configuration says. */
    proxy?: AppProxy;
  };
  /** Path of the built web pixel, `…/pixel/dist/<name>.js`; its TOML is read from the folder above. */
  pixelBundle: string;
  /** Folder of the theme app extension, and path of the app's shopify.app.toml: the project's own
   * when left out. */
  themeExtension?: string;
  configuration?: string;
  /** By a shop's domain, files with the customers and orders that it had before (`History`). */
  histories?: Record<string, string[]>;
  /** Keeps installations, tokens, pixels and what was bought over a restart. */
  stateFile?: string;
};

const SCOPES = [
  ...["read_products", "read_orders", "read_customers"],
  ...["write_pixels", "read_customer_events"],
];
const TOKEN_LIFETIME_SECONDS = 3600;

/** The stand-in without its servers: what they all share. */
export function openPlatform(options: PlatformOptions): Platform {
  const { app, pixelBundle, stateFile, histories = {} } = options;
  const memory = remember(stateFile);
  const now = () => new Date(Date.now() + memory.state.clockAhead);
  const shops = new Map<string, Commerce>();
  const commerceOf = (domain: string): Commerce => {
    const known = shops.get(domain);
    if (known) return known;
    const shop = shopOf(domain);
    const state = (memory.state.commerce[domain] ??= newCommerceState());
    const history = (histories[domain] ?? []).map(readHistory);
    const commerce = openCommerce({ shop, now, state, save: memory.save, history });
    announceHappenings(platform, commerce);
    shops.set(domain, commerce);
    return commerce;
  };
  const { themeExtension = "extensions/storefront", configuration = "shopify.app.toml" } = options;
  const platform: Platform = {
    app: { scopes: SCOPES, ...app, pixelBundle, themeExtension, configuration },
    shops: SHOPS,
    memory,
    addresses: { admin: "", tunnel: "", storefronts: {} },
    calls: [],
    faults: noFaults(),
    commerceOf,
    now,
    tokenLifetime: TOKEN_LIFETIME_SECONDS,
  };
  return platform;
}

const readHistory = (file: string) => JSON.parse(readFileSync(file, "utf8")) as History;
