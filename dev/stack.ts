import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcess } from "./end-process";
import { startStore, type Store } from "./store/start";

const PRELOADED = ["dev/end-with-parent.mjs", "dev/store/network.mjs"].flatMap((file) => [
  "--import",
  pathToFileURL(file).href,
]);
const READY_LIMIT_MS = 90_000;
const FREE_LIMIT_MS = 5_000;
/** Anything but a program's: the Shopify library turns those away. */
const MERCHANTS_BROWSER =
  "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36";

export type StackOptions = {
  ports: { admin: number; tunnel: number; storefronts: number[]; app: number };
  app: { apiKey: string; apiSecret: string; encryptionKey: string };
  /** The app's own settings, such as DATABASE_URL, DATA_FOLDER and LOG_LEVEL. */
  environment: Record<string, string>;
  /** What the shops had before, by domain: files that the stand-in reads. */
  histories?: Record<string, string[]>;
  stateFile?: string;
  /** Hears what the app writes to its output. */
  onOutput?: (text: string) => void;
};

/** The built app in a process of its own, in front of the stand-in Shopify. */
export type Stack = {
  store: Store;
  /** The app's own address, behind the tunnel. */
  appAddress: string;
  /** Ends the app without warning, as a crash would. */
  killApp: () => Promise<void>;
  startApp: () => Promise<void>;
  /** Opens the app in a shop's admin for the first time: what makes the pixel known to Shopify. */
  visitAsMerchant: (domain: string) => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts the stand-in, then the app, and waits until the app is ready.
 * @throws {Error} a port is taken, or the app does not start: with the app's own words */
export async function startStack(options: StackOptions): Promise<Stack> {
  const appAddress = `http://127.0.0.1:${options.ports.app}`;
  const { encryptionKey: _, ...app } = options.app;
  const store = await startStore({
    ports: options.ports,
    app: { ...app, address: appAddress },
    pixelBundle: "extensions/pixel/dist/pixel.js",
    histories: options.histories,
    stateFile: options.stateFile,
  });
  let running: ChildProcess | undefined;
  const startApp = async () => {
    running = await launch(options, store, appAddress);
  };
  const end = async (signal: NodeJS.Signals) => {
    const process = running;
    running = undefined;
    if (process) await endProcess(process, signal);
  };
  const stop = async () => {
    await end("SIGTERM").finally(() => store.stop());
  };
  try {
    await startApp();
  } catch (error) {
    await stop();
    throw error;
  }
  const visitAsMerchant = (domain: string) => visit(store, domain);
  return { store, appAddress, startApp, killApp: () => end("SIGKILL"), visitAsMerchant, stop };
}

async function launch(options: StackOptions, store: Store, address: string): Promise<ChildProcess> {
  await untilFree(options.ports.app);
  const app = spawn(process.execPath, [...PRELOADED, "build/main.js"], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true, // Ctrl-C in a terminal is ours to pass on, once
    env: {
      ...process.env,
      NODE_ENV: "production",
      STORE_ADDRESS: store.address,
      SHOPIFY_API_KEY: options.app.apiKey,
      SHOPIFY_API_SECRET: options.app.apiSecret,
      SHOPIFY_APP_URL: store.tunnelAddress,
      ENCRYPTION_KEYS: options.app.encryptionKey,
      PORT: String(options.ports.app),
      ...options.environment,
    },
  });
  let said = "";
  const hear = (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4_000);
    options.onOutput?.(chunk.toString());
  };
  app.stdout.on("data", hear);
  app.stderr.on("data", hear);
  await untilReady(app, address, () => said);
  return app;
}

/** Waits for a port that the app of an earlier run may be about to give up.
 * @throws {Error} it stays taken, and would answer in the new app's place */
async function untilFree(port: number): Promise<void> {
  const deadline = Date.now() + FREE_LIMIT_MS;
  while (!(await isFree(port))) {
    if (Date.now() > deadline)
      throw new Error(`port ${port} is taken: stop what listens there, or choose another one`);
    await sleep(100);
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

async function untilReady(app: ChildProcess, address: string, said: () => string): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (
    !(await fetch(`${address}/readyz`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (app.exitCode !== null) throw new Error(`The app did not start:\n${said().trim()}`);
    if (Date.now() > deadline) {
      app.kill("SIGKILL");
      throw new Error(`The app is not ready after ${READY_LIMIT_MS / 1000} s:\n${said().trim()}`);
    }
    await sleep(100);
  }
}

async function visit(store: Store, domain: string): Promise<void> {
  store.install(domain);
  const shop = store.shops.find((known) => known.domain === domain);
  const address = new URL("/app", store.tunnelAddress);
  address.search = new URLSearchParams({
    embedded: "1",
    shop: domain,
    host: btoa(`admin.shopify.com/store/${shop?.handle}`),
    id_token: await store.idToken(domain),
  }).toString();
  const response = await fetch(address, { headers: { "user-agent": MERCHANTS_BROWSER } });
  if (!response.ok)
    throw new Error(`${domain}: the app answered ${response.status} to its merchant`);
}
