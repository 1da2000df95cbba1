import type { Server } from "node:http";
import { Hono } from "hono";
import { adminApi } from "./admin-api/endpoint";
import { adminPages } from "./admin/routes";
import { catchUp } from "./control/clock";
import { doorFaults, mishapAt } from "./control/door-faults";
import { controlRoutes } from "./control/routes";
import { listen, serverOf, type Listening } from "./listen";
import { tokenEndpoint } from "./oauth/endpoint";
import { openPlatform, type PlatformOptions } from "./open-platform";
import type { Platform } from "./platform";
import { controls, type Store } from "./store";
import { storefront } from "./storefront/routes";
import { themeEditor } from "./theme/editor";
import { tunnelServer } from "./tunnel/tunnel";
import { stopWebhooks } from "./webhooks/announce";

export type { Store, StoreShop } from "./store";

export type StoreOptions = PlatformOptions & {
  /** Free ones when left out. `storefronts` are in the order of the shops. */
  ports?: { admin: number; tunnel: number; storefronts: number[] };
};

const CATCH_UP_MS = 5_000;

/** Starts every server of the stand-in, on loopback.
 * @throws {Error} when one of the given ports is taken */
export async function startStore(options: StoreOptions): Promise<Store> {
  const platform = openPlatform(options);
  const servers = await startServers(platform, options);
  catchUp(platform);
  const clockwork = setInterval(() => catchUp(platform), CATCH_UP_MS).unref();
  const stop = async () => {
    clearInterval(clockwork);
    stopWebhooks(platform);
    await closeAll(servers);
  };
  return { ...controls(platform), stop };
}

/** Each server is told of by filling in `addresses`, which the others read when they are asked. */
async function startServers(platform: Platform, { app, ports }: StoreOptions) {
  const { addresses } = platform;
  const started: Listening[] = [];
  const start = async (server: Server, port = 0) => {
    const listening = await listen(server, port);
    started.push(listening);
    return listening.address;
  };
  try {
    addresses.admin = await start(serverOf(await adminServer(platform)), ports?.admin);
    addresses.tunnel = await start(tunnelTo(platform, app.address), ports?.tunnel);
    for (const [i, shop] of platform.shops.entries()) {
      const server = serverOf(await storefront(platform, shop));
      addresses.storefronts[shop.domain] = await start(server, ports?.storefronts[i]);
    }
  } catch (error) {
    await closeAll(started);
    throw error;
  }
  return started;
}

async function adminServer(platform: Platform): Promise<Hono> {
  const admin = new Hono();
  admin
    .use("/admin/oauth/*", doorFaults(platform, "oauth"))
    .use("/admin/api/*", doorFaults(platform, "admin-api"))
    .route("/", tokenEndpoint(platform))
    .route("/", adminApi(platform))
    .route("/", controlRoutes(platform))
    .route("/", themeEditor(platform))
    .route("/", await adminPages(platform));
  return admin;
}

function tunnelTo(platform: Platform, app: string): Server {
  const { addresses, shops } = platform;
  const hosts = {
    admin: addresses.admin,
    shops: shops.map(({ domain, handle }) => ({
      domain,
      handle,
      storefront: () => addresses.storefronts[domain] ?? "",
    })),
  };
  const doorOf = (path: string) => (path.startsWith("/pixel/events") ? "pixel-events" : "app");
  return tunnelServer({ app, hosts, mishap: (path) => mishapAt(platform, doorOf(path)) });
}

const closeAll = async (servers: readonly Listening[]) => {
  await Promise.all(servers.map(({ close }) => close()));
};
