import { Hono } from "hono";
import { OutOfStock } from "../commerce/out-of-stock";
import { noFaults, type Door, type Faults } from "../faults";
import { install, uninstall, updateScopes } from "../installation";
import type { Platform } from "../platform";
import { publishTheme } from "../theme/publish";
import { announce, recentDispatches, sendDue } from "../webhooks/announce";
import { idIn, readBody, refusal, shopNamed } from "./answers";
import * as bodies from "./bodies";
import { advance } from "./clock";
import { controlPage } from "./page";

const CALLS_SHOWN = 200;

/** What can be done to the stand-in from outside: make it fail, let time pass, and do in a shop what a
 * merchant or a shopper would. JSON in and out; `GET /control` is a page for people. */
export function controlRoutes(platform: Platform): Hono {
  const routes = new Hono().basePath("/control");
  routes
    .get("/", (c) => c.html(controlPage(platform)))
    .get("/faults", (c) => c.json(platform.faults))
    .patch("/faults", async (c) => {
      changeFaults(platform.faults, await readBody(c, bodies.FaultsChange));
      sendDue(platform);
      return c.json(platform.faults);
    })
    .delete("/faults", (c) => {
      Object.assign(platform.faults, noFaults());
      return c.json(platform.faults);
    })
    .get("/clock", (c) => c.json(clockOf(platform)))
    .post("/clock", async (c) => {
      const { advanceMs } = await readBody(c, bodies.Advance);
      advance(platform, advanceMs);
      return c.json(clockOf(platform));
    })
    .get("/webhooks", (c) => c.json(recentDispatches(platform)))
    .get("/calls", (c) => c.json(platform.calls.slice(-CALLS_SHOWN)))
    .get("/shops", (c) => c.json(platform.shops.map((shop) => shopState(platform, shop.domain))))
    .route("/shops/:handle", shopRoutes(platform));
  return routes;
}

function shopRoutes(platform: Platform): Hono {
  const routes = new Hono();
  routes
    .post("/install", (c) => {
      const shop = shopNamed(platform, c);
      install(platform, shop);
      return c.json(shopState(platform, shop.domain));
    })
    .post("/uninstall", async (c) => c.json(await uninstall(platform, shopNamed(platform, c))))
    .put("/scopes", async (c) => {
      const shop = shopNamed(platform, c);
      const { scopes } = await readBody(c, bodies.ScopesBody);
      possible(() => updateScopes(platform, shop, scopes));
      return c.json(shopState(platform, shop.domain));
    })
    .put("/theme", async (c) => {
      const shop = shopNamed(platform, c);
      const { name } = await readBody(c, bodies.ThemeBody);
      return c.json(publishTheme(platform, shop, name));
    })
    .post("/webhooks", async (c) => {
      const { topic, payload = {} } = await readBody(c, bodies.WebhookBody);
      announce(platform, shopNamed(platform, c).domain, topic, payload);
      return c.json({ announced: topic }, 202);
    })
    .route("/", businessRoutes(platform));
  return routes;
}

/** Orders, prices and stock. */
function businessRoutes(platform: Platform): Hono {
  const commerceOf = (c: Parameters<typeof shopNamed>[1]) =>
    platform.commerceOf(shopNamed(platform, c).domain);
  const routes = new Hono();
  routes
    .post("/orders", async (c) => {
      const purchase = await readBody(c, bodies.PurchaseBody);
      return c.json(
        possible(() => commerceOf(c).placeOrder(purchase)),
        201,
      );
    })
    .post("/orders/:id/refunds", async (c) => {
      const about = await readBody(c, bodies.RefundBody);
      return c.json(
        possible(() => commerceOf(c).refund(idIn(c), about)),
        201,
      );
    })
    .post("/orders/:id/cancellation", async (c) => {
      const { reason } = await readBody(c, bodies.CancellationBody);
      return c.json(possible(() => commerceOf(c).cancel(idIn(c), reason)));
    })
    .put("/variants/:id/price", async (c) => {
      const { priceMinor, compareAtMinor } = await readBody(c, bodies.PriceBody);
      possible(() => commerceOf(c).setPrice(idIn(c), priceMinor, compareAtMinor));
      return c.body(null, 204);
    })
    .put("/variants/:id/inventory", async (c) => {
      const { quantity } = await readBody(c, bodies.InventoryBody);
      possible(() => commerceOf(c).setInventory(idIn(c), quantity));
      return c.body(null, 204);
    })
    .put("/products/:id/status", async (c) => {
      const { status } = await readBody(c, bodies.StatusBody);
      possible(() => commerceOf(c).setStatus(idIn(c), status));
      return c.body(null, 204);
    })
    .delete("/products/:id", (c) => {
      possible(() => commerceOf(c).deleteProduct(idIn(c)));
      return c.body(null, 204);
    });
  return routes;
}

/** What a shop refuses to do is the asker's mistake: 409 when it is out of stock, else 400. */
function possible<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof OutOfStock) throw refusal(409, error.message);
    if (error instanceof Error) throw refusal(400, error.message);
    throw error;
  }
}

function changeFaults(faults: Faults, change: bodies.FaultsChange): void {
  const { doors = {}, webhooks, ...rest } = change;
  for (const [door, about] of Object.entries(doors))
    Object.assign(faults.doors[door as Door], about);
  Object.assign(faults.webhooks, webhooks);
  Object.assign(faults, rest);
}

const clockOf = ({ now, memory }: Platform) => ({
  now: now().toISOString(),
  aheadMs: memory.state.clockAhead,
});

/** Where a shop is, and where its pixel sends to: null while there is none. */
function shopState({ addresses, memory, shops }: Platform, domain: string) {
  const settings = memory.state.webPixels[domain]?.settings;
  return {
    handle: shops.find((shop) => shop.domain === domain)?.handle,
    domain,
    storefrontAddress: addresses.storefronts[domain] ?? null,
    scopes: memory.state.installations[domain]?.scopes ?? null,
    pixel: settings ? { endpoint: settings.endpoint, key: settings.key } : null,
  };
}
