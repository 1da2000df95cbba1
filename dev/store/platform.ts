import type { Shop } from "./catalog/shops";
import type { Commerce } from "./commerce/commerce";
import type { Faults } from "./faults";
import type { Memory } from "./state";

/** The app as Shopify knows it: its credentials, and the web pixel extension it has deployed. */
export type AppRegistration = {
  apiKey: string;
  apiSecret: string;
  /** Granted when a merchant installs the app. */
  scopes: string[];
  /** Path of the built pixel; its shopify.extension.toml lies beside the folder it was built into. */
  pixelBundle: string;
  /** Folder of the theme app extension: its shopify.extension.toml, blocks, snippets, assets, locales. */
  themeExtension: string;
  /** Path of the app's shopify.app.toml: its webhook subscriptions and its app proxy. */
  configuration: string;
  /** In place of the configuration's. */
  proxy?: AppProxy;
};

/** Where the app is reached through a storefront: `/{prefix}/{subpath}` leads to `url`. */
export type AppProxy = {
  /** The app's own path, or a whole address. */
  url: string;
  prefix: "a" | "apps" | "community" | "tools";
  subpath: string;
};

/** One request that reached the stand-in, or one webhook that left it. */
export type Call = {
  kind: "token exchange" | "token refresh" | "graphql" | "bulk operation" | "webhook" | "app proxy";
  shop: string;
  /** For GraphQL the operation's text, for a webhook its topic. */
  about?: string;
};

export type Addresses = { admin: string; tunnel: string; storefronts: Record<string, string> };

/** What every protocol of the stand-in shares. */
export type Platform = {
  app: AppRegistration;
  shops: readonly Shop[];
  memory: Memory;
  addresses: Addresses;
  calls: Call[];
  faults: Faults;
  /** @throws {Error} for a domain that is not one of the stand-in's shops */
  commerceOf: (domain: string) => Commerce;
  /** The stand-in's time: the machine's, plus what the clock has been advanced. */
  now: () => Date;
  /** Seconds that the next access tokens live. */
  tokenLifetime: number;
};
