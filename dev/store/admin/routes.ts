import { readFileSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";
import { bundle } from "../browser-code";
import type { Shop } from "../catalog/shops";
import { install, uninstall } from "../installation";
import { mintIdToken } from "../oauth/id-token";
import type { Platform } from "../platform";
import { frameAddress } from "./frame-address";
import { bridgeRoutes } from "./resources";
import { appPage, elsewherePage, installPage, pickerPage, type ShopLinks } from "./page";

const STYLES = readFileSync(path.join(import.meta.dirname, "admin.css"), "utf8");

/** The merchant's side: the admin pages, and the App Bridge script that the app's frame loads. */
export async function adminPages(platform: Platform): Promise<Hono> {
  const [pageScript, appBridge] = await Promise.all([
    bundle("admin/page.client.ts"),
    bundle("admin/app-bridge/main.client.ts"),
  ]);
  const script = { "content-type": "text/javascript; charset=utf-8" };
  const routes = new Hono();
  routes
    .get("/admin.css", (c) => c.body(STYLES, 200, { "content-type": "text/css; charset=utf-8" }))
    .get("/admin.js", (c) => c.body(pageScript, 200, script))
    .get("/app-bridge.js", (c) => c.body(appBridge, 200, script))
    .get("/", (c) => c.html(pickerPage(platform.shops.map((shop) => withState(platform, shop)))))
    .route("/store", bridgeRoutes(platform))
    .route("/store", storePages(platform));
  return routes;
}

function storePages(platform: Platform): Hono {
  const shopNamed = (handle: string) => platform.shops.find((shop) => shop.handle === handle);
  const routes = new Hono();
  routes
    .get("/:handle", (c) => {
      const shop = shopNamed(c.req.param("handle"));
      return shop ? c.redirect(linksOf(platform, shop).app) : c.notFound();
    })
    .post("/:handle/install", (c) => {
      const shop = shopNamed(c.req.param("handle"));
      if (!shop) return c.notFound();
      install(platform, shop);
      return c.redirect(linksOf(platform, shop).app, 303);
    })
    .post("/:handle/uninstall", async (c) => {
      const shop = shopNamed(c.req.param("handle"));
      if (!shop) return c.notFound();
      await uninstall(platform, shop);
      return c.redirect(linksOf(platform, shop).app, 303);
    })
    .post("/:handle/id-token", async (c) => {
      const shop = shopNamed(c.req.param("handle"));
      if (!shop || !withState(platform, shop).isInstalled) return c.notFound();
      // By the machine's clock: the app judges it by its own.
      return c.json({ token: await mintIdToken(platform.app, shop.domain) });
    })
    .get("/:handle/*", async (c) => {
      const shop = shopNamed(c.req.param("handle"));
      if (!shop) return c.notFound();
      return c.html(storePage(platform, shop, new URL(c.req.url)));
    });
  return routes;
}

async function storePage(platform: Platform, shop: Shop, { pathname, search }: URL) {
  const links = linksOf(platform, shop);
  const isApp = pathname === links.app || pathname.startsWith(`${links.app}/`);
  if (!isApp) return elsewherePage(shop, links, pathname.slice(links.home.length));
  if (!withState(platform, shop).isInstalled) return installPage(shop, links, platform.app.scopes);
  const path = (pathname.slice(links.app.length) || "/") + search;
  return appPage(shop, links, await frameAddress(platform, shop, path));
}

const linksOf = ({ app, addresses }: Platform, shop: Shop): ShopLinks => ({
  home: `/store/${shop.handle}`,
  app: `/store/${shop.handle}/apps/${app.apiKey}`,
  storefront: addresses.storefronts[shop.domain] ?? "/",
});

const withState = ({ memory }: Platform, shop: Shop) => ({
  shop,
  isInstalled: memory.state.installations[shop.domain] !== undefined,
});
