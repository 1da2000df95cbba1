import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Hono } from "hono";
import { test as base } from "vitest";
import { listen, serverOf } from "../../../dev/store/listen";
import { startStore, type Store, type StoreShop } from "../../../dev/store/start";

export const APP = { apiKey: "app-key", apiSecret: "app-secret" };

/** A pixel that sends what it was started with, and then every event, to its endpoint. */
const RECORDING_PIXEL = `(() => {
  shopify.extend("WebPixel::Render", async ({ settings, init, analytics, browser, customerPrivacy }) => {
    const send = (body) => fetch(settings.endpoint, { method: "POST", body: JSON.stringify(body), keepalive: true });
    const globals = { crypto: typeof crypto, URL: typeof URL, navigator: typeof navigator, indexedDB: typeof indexedDB, postMessage: typeof postMessage, self: typeof self.fetch };
    analytics.subscribe("all_events", (event) => send({ event }));
    customerPrivacy.subscribe("visitorConsentCollected", (event) => send({ consent: event.customerPrivacy }));
    await browser.localStorage.setItem("seen", "yes");
    await browser.cookie.set("pixel_cookie", "here");
    send({ started: { settings, init, globals, seen: await browser.localStorage.getItem("seen"), cookie: await browser.cookie.get("pixel_cookie") } });
  });
})();`;

const TOML = `[settings]
type = "object"
[settings.fields.endpoint]
type = "single_line_text_field"
[settings.fields.key]
type = "single_line_text_field"
`;

export type Received = { method: string; path: string; headers: Headers; body: string };
export type RecordingApp = { address: string; received: Received[] };

/** An app that keeps whatever reaches it. `/page` is a page like Shopify's library makes them. */
async function startApp(provide: (app: RecordingApp) => Promise<void>) {
  const received: Received[] = [];
  const routes = new Hono();
  routes
    .all("*", async (c, next) => {
      const { method, headers } = c.req.raw;
      const body = c.req.path === "/too-large" ? "" : await c.req.text();
      received.push({ method, path: c.req.path, headers, body });
      await next();
    })
    .post("/webhooks", (c) => c.body(null))
    .all("/too-large", (c) => c.json({ code: "too_large" }, 413))
    .all("/pixel/events", (c) =>
      c.json({ accepted: 1 }, 200, { "access-control-allow-origin": "*" }),
    )
    .get("/data", (c) => c.json({ authorization: c.req.header("authorization") ?? null }))
    .get("/stale", (c) => {
      const tries = received.filter(({ path }) => path === "/stale").length;
      if (tries > 1) return c.json({ tries });
      return c.body(null, 401, { "x-shopify-retry-invalid-session-request": "1" });
    })
    .get("/leave", (c) =>
      c.redirect("https://admin.shopify.com/store/northwind-outdoor/apps/app-key/app"),
    )
    .get("/*", (c) =>
      c.html(embeddedPage(c.req.path), 200, {
        link: '<https://cdn.shopify.com/shopifycloud/app-bridge.js>; rel="preload"; as="script";',
        "content-security-policy": "frame-ancestors https://admin.shopify.com;",
      }),
    );
  const { address, close } = await listen(serverOf(routes), 0);
  await provide({ address, received });
  await close();
}

const embeddedPage = (place: string) => `<!doctype html><title>The app</title>
<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js" data-api-key="app-key"></script>
<ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/privacy">Privacy</a></ui-nav-menu>
<ui-title-bar title="Overview"><button onclick="shopify.toast.show('Refreshed')">Refresh</button></ui-title-bar>
<h1>${place}</h1>
<script>
  addEventListener("shopify:navigate", ({ target }) => {
    history.pushState(null, "", target.getAttribute("href"));
    document.querySelector("h1").textContent = location.pathname;
  });
</script>`;

async function withExtension(provide: (bundle: string) => Promise<void>) {
  const folder = await mkdtemp(path.join(tmpdir(), "pixel-extension-"));
  const bundle = path.join(folder, "dist", "pixel.js");
  await mkdir(path.dirname(bundle));
  await writeFile(bundle, RECORDING_PIXEL);
  await writeFile(path.join(folder, "shopify.extension.toml"), TOML);
  await provide(bundle);
  await rm(folder, { recursive: true });
}

/** Both shops of the stand-in; they are told apart by name in the tests. */
function shopsOf({ shops }: Store): { outdoor: StoreShop; tea: StoreShop } {
  const [outdoor, tea] = shops;
  if (!outdoor || !tea) throw new Error("the stand-in wants two shops");
  return { outdoor, tea };
}

type File = {
  app: RecordingApp;
  pixelBundle: string;
  store: Store;
  outdoor: StoreShop;
  tea: StoreShop;
};

/** `test` with a running stand-in and an app behind it; both belong to the file. */
export const test = base.extend<{ $file: File }>({
  app: [({}, provide) => startApp(provide), { scope: "file" }],
  pixelBundle: [({}, provide) => withExtension(provide), { scope: "file" }],
  store: [
    async ({ app, pixelBundle }, provide) => {
      const store = await startStore({ app: { ...APP, address: app.address }, pixelBundle });
      await provide(store);
      await store.stop();
    },
    { scope: "file" },
  ],
  outdoor: [({ store }, provide) => provide(shopsOf(store).outdoor), { scope: "file" }],
  tea: [({ store }, provide) => provide(shopsOf(store).tea), { scope: "file" }],
});
