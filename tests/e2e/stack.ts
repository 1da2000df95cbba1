import { randomBytes } from "node:crypto";
import { freePort } from "~/platform/embedded-postgres.server";
import { startStack, type Stack } from "../../dev/stack";
import { test as base } from "../database";

/** The built app behind the stand-in Shopify, on a database of this file's own. */
export const test = base.extend<{
  $file: { environment: Record<string, string>; stack: Stack };
}>({
  /** What a file's app is set to besides. */
  environment: [({}, use) => use({}), { scope: "file" }],
  stack: [
    async ({ dbUrl, environment }, use) => {
      const [admin, tunnel, app, ...storefronts] = await freePorts(5);
      const stack = await startStack({
        ports: { admin, tunnel, app, storefronts },
        app: {
          apiKey: randomBytes(16).toString("hex"),
          apiSecret: randomBytes(16).toString("hex"),
          encryptionKey: randomBytes(32).toString("base64"),
        },
        environment: {
          ...{ DATABASE_URL: dbUrl, LOG_LEVEL: "warn" },
          METRICS_TOKEN: "a-token-for-prometheus",
          ...environment,
        },
        onOutput: (text) => process.stderr.write(text),
      });
      await use(stack);
      await stack.stop();
    },
    { scope: "file" },
  ],
});

type Ports = [number, number, number, ...number[]];

async function freePorts(count: number): Promise<Ports> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports] as Ports;
}

/** The first shop of the stand-in, with the app installed, and where its pixel sends to. */
export async function firstShop({ store, visitAsMerchant }: Stack) {
  const [shop, other] = store.shops;
  if (!shop || !other) throw new Error("the stand-in wants two shops");
  await visitAsMerchant(shop.domain);
  const settings = store.webPixel(shop.domain)?.settings;
  if (!settings?.endpoint || !settings.key) throw new Error("the pixel was not connected");
  return { shop, other, endpoint: settings.endpoint, key: settings.key };
}
