import type { Config } from "./platform/config.server";
import type { Database } from "./platform/db.server";
import type { Log } from "./platform/log.server";
import type { Shopify } from "./shopify/shopify.server";

/** What the host makes once and hands to every route. */
export type AppContext = { config: Config; db: Database; log: Log; shopify: Shopify };

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends AppContext {}
}
