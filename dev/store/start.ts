import type { Server } from "node:http";
import { Hono } from "hono";
import { adminApi } from "./admin-api/endpoint";
import { adminPages } from "./admin/routes";
import { SHOPS } from "./catalog/shops";
import { listen, serverOf, type Listening } from "./listen";
import { tokenEndpoint } from "./oauth/endpoint";
import type { Platform } from "./platform";
import { remember } from "./state";
import { controls, type Store } from "./store";
import { storefront } from "./storefront/routes";
import { tunnelServer } from "./tunnel/tunnel";

export type { Store, StoreShop } from "./store";

export type StoreOptions = {
  /** Free ones when left out. `storefronts` are in the order of the shops. */
  ports?: { admin: number; tunnel: number; storefronts: number[] };
  app: {
    apiKey: string;
    apiSecret: string;
    /** Where the app itself listens, or will; the tunnel leads there. */
    address: string;
    /** What an installation grants. */
    scopes?: string[];
  };
  /** Path of the built web pixel, `…/pixel/dist/<name>.js`; its TOML is read from the folder above. */
  pixelBundle: string;
  /** Keeps installations, tokens and pixels over a restart. */
  stateFile?: string;
};

const SCOPES = ["read_products", "write_pixels", "read_customer_events"];
const TOKEN_LIFETIME_SECONDS = 3600;

/** Starts every server of the stand-in, on loopback.
 * @throws {Error} when one of the given ports is taken */
export async function startStore(options: StoreOptions): Promise<Store> {
  const platform = newPlatform(options);
  const servers = await startServers(platform, options);
  return { ...controls(platform), stop: () => closeAll(servers) };
}

function newPlatform({ app, pixelBundle, stateFile }: StoreOptions): Platform {
  return {
    app: { scopes: SCOPES, ...app, pixelBundle },
    shops: SHOPS,
    memory: remember(stateFile),
    addresses: { admin: "", tunnel: "", storefronts: {} },
    calls: [],
    now: () => new Date(),
    tokenLifetime: TOKEN_LIFETIME_SECONDS,
  };
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
    const admin = new Hono();
    admin
      .route("/", tokenEndpoint(platform))
      .route("/", adminApi(platform))
      .route("/", await adminPages(platform));
    addresses.admin = await start(serverOf(admin), ports?.admin);
    const tunnel = tunnelServer(app.address, {
      admin: addresses.admin,
      shops: platform.shops.map(({ domain, handle }) => ({
        domain,
        handle,
        storefront: () => addresses.storefronts[domain] ?? "",
      })),
    });
    addresses.tunnel = await start(tunnel, ports?.tunnel);
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

const closeAll = async (servers: readonly Listening[]) => {
  await Promise.all(servers.map(({ close }) => close()));
};
