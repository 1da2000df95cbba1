import type { Shop } from "./catalog/shops";
import type { Memory } from "./state";

/** The app as Shopify knows it: its credentials, and the web pixel extension it has deployed. */
export type AppRegistration = {
  apiKey: string;
  apiSecret: string;
  /** Granted when a merchant installs the app. */
  scopes: string[];
  /** Path of the built pixel; its shopify.extension.toml lies beside the folder it was built into. */
  pixelBundle: string;
};

/** One request that reached the stand-in, or one webhook that left it. */
export type Call = {
  kind: "token exchange" | "token refresh" | "graphql" | "webhook";
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
  now: () => Date;
  /** Seconds that the next access tokens live. */
  tokenLifetime: number;
};
