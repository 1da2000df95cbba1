import type { Config } from "./platform/config.server";
import type { Database } from "./platform/db.server";
import type { Log } from "./platform/log.server";
import type { Metrics } from "./platform/metrics.server";
import type { Shopify } from "./shopify/shopify.server";

declare module "@remix-run/server-runtime" {
  /** What the host makes once and hands to every route. */
  interface AppLoadContext {
    config: Config;
    db: Database;
    log: Log;
    metrics: Metrics;
    shopify: Shopify;
  }
}

export type { AppLoadContext as AppContext } from "@remix-run/server-runtime";
