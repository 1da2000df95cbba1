import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { ServerBuild } from "@remix-run/node";
import { createServer } from "vite";
import { run } from "~/process.server";

/** What `shopify app dev` starts: the app, compiled as it is edited. Shopify's CLI tells the tunnel's
 * address in HOST and the credentials in SHOPIFY_API_KEY and SHOPIFY_API_SECRET. */
const KEY_FILE = ".pixelnova/encryption-key";

function encryptionKey(): string {
  if (!existsSync(KEY_FILE)) {
    mkdirSync(".pixelnova", { recursive: true });
    writeFileSync(KEY_FILE, randomBytes(32).toString("base64"), { mode: 0o600 });
  }
  return readFileSync(KEY_FILE, "utf8");
}

process.env.SHOPIFY_APP_URL ??= process.env.HOST ?? process.env.APP_URL;
process.env.ENCRYPTION_KEYS ??= encryptionKey();
const vite = await createServer({ server: { middlewareMode: true }, appType: "custom" });
process.removeAllListeners("SIGTERM"); // Vite's would end the process before its database is stopped
await run({
  mode: "development",
  load: async () => (await vite.ssrLoadModule("virtual:remix/server-build")) as ServerBuild,
  before: (request, response, next) => vite.middlewares(request, response, next),
});
