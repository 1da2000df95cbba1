import { readFileSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";
import { bundle } from "../browser-code";
import type { Shop } from "../catalog/shops";
import type { Platform } from "../platform";
import { artwork } from "./artwork";
import { cartRoutes } from "./cart-routes";
import { pageRoutes } from "./page-routes";
import { missingPage } from "./pages";
import { openShopfront } from "./shopfront";

const STYLES = readFileSync(path.join(import.meta.dirname, "storefront.css"), "utf8");
const SCRIPT = { "content-type": "text/javascript; charset=utf-8" };

/** One shop's online store, as a shopper's browser meets it. */
export async function storefront(platform: Platform, shop: Shop): Promise<Hono> {
  const shopfront = openShopfront(platform, shop);
  const routes = new Hono();
  routes
    .route("/", await assetRoutes(platform, shop))
    .route("/", pageRoutes(shopfront))
    .route("/", cartRoutes(shopfront))
    .notFound((c) => shopfront.show(c, missingPage(), 404));
  return routes;
}

/** Styles, pictures and scripts; the app's pixel comes from here too, as from Shopify's servers. */
async function assetRoutes({ app }: Platform, shop: Shop): Promise<Hono> {
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
    .get("/images/:file{.+\\.svg}", (c) => {
      const product = shop.products.find(({ handle }) => `${handle}.svg` === c.req.param("file"));
      if (!product) return c.notFound();
      return c.body(artwork(product), 200, { "content-type": "image/svg+xml" });
    });
  return routes;
}
