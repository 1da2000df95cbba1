import { readFileSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";
import { appProxy } from "../app-proxy/app-proxy";
import { bundle } from "../browser-code";
import type { Shop } from "../catalog/shops";
import { doorFaults } from "../control/door-faults";
import type { Platform } from "../platform";
import { accountRoutes } from "./account-routes";
import { ajaxRoutes } from "./ajax-routes";
import { artwork } from "./artwork";
import { checkoutRoutes } from "./checkout-routes";
import { pageRoutes, missingPage } from "./page-routes";
import { Shopfront } from "./shopfront";

const STYLES = readFileSync(path.join(import.meta.dirname, "storefront.css"), "utf8");
const SCRIPT = { "content-type": "text/javascript; charset=utf-8" };
const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** One shop's online store, as a shopper's browser meets it. */
export async function storefront(platform: Platform, shop: Shop): Promise<Hono> {
  const shopfront = new Shopfront(platform, shop);
  const { customerOf, renderLiquid } = shopfront;
  const proxy = appProxy(platform, shop, {
    customerId: (c) => customerOf(c)?.id.toString(),
    renderLiquid,
  });
  const routes = new Hono();
  routes
    .route("/", await assetRoutes(platform, shopfront))
    .use("*", doorFaults(platform, "storefront"))
    .route("/", new Hono().use("*", doorFaults(platform, "app-proxy")).route("/", proxy))
    .route("/", ajaxRoutes(shopfront))
    .route("/", checkoutRoutes(shopfront))
    .route("/", accountRoutes(shopfront))
    .route("/", pageRoutes(shopfront))
    .notFound((c) => shopfront.show(c, missingPage(), 404));
  return routes;
}

/** Styles, pictures and scripts; the app's pixel and its theme assets come from here too, as from
 * Shopify's servers. */
async function assetRoutes({ app }: Platform, { commerce, asset }: Shopfront): Promise<Hono> {
  const [script, worker] = await Promise.all([
    bundle("storefront/storefront.client.ts"),
    bundle("pixel-host/worker.client.ts"),
  ]);
  const routes = new Hono();
  routes
    .get("/storefront.css", (c) => c.body(STYLES, 200, { "content-type": "text/css" }))
    .get("/storefront.js", (c) => c.body(script, 200, SCRIPT))
    .get("/wpm/worker.js", (c) => c.body(worker, 200, SCRIPT))
    .get("/wpm/pixel.js", (c) => c.body(readFileSync(app.pixelBundle, "utf8"), 200, SCRIPT))
    .get("/ext/assets/:file", (c) => {
      const file = c.req.param("file");
      const content = asset(file);
      if (!content) return c.notFound();
      const type = TYPES[path.extname(file)] ?? "application/octet-stream";
      return c.body(new Uint8Array(content), 200, {
        "content-type": type,
        "cache-control": "max-age=31536000",
      });
    })
    .get("/images/:file{.+\\.svg}", (c) => {
      const handle = c.req.param("file").replace(/\.svg$/, "");
      const product = commerce.catalog().products.find((each) => each.handle === handle);
      if (!product) return c.notFound();
      return c.body(artwork(product), 200, {
        "content-type": "image/svg+xml",
        "cache-control": "max-age=3600",
      });
    });
  return routes;
}
