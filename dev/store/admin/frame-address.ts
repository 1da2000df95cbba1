import { createHmac } from "node:crypto";
import type { Shop } from "../catalog/shops";
import { mintIdToken } from "../oauth/id-token";
import type { Platform } from "../platform";

/** The parameters that Shopify adds to the app's address; the admin's own address goes without. */
export const SHOPIFY_PARAMETERS = [
  "embedded",
  "hmac",
  "host",
  "id_token",
  "locale",
  "session",
  "shop",
  "timestamp",
] as const;

/** The address of the app's frame, signed the way that Shopify signs it.
 * dev:apps/build/authentication-authorization/set-embedded-app-authorization
 * @param path path and query within the app, such as `/app?days=7` */
export async function frameAddress(platform: Platform, shop: Shop, path: string): Promise<string> {
  const { app, addresses, now } = platform;
  const url = new URL(path, addresses.tunnel);
  const own: Partial<Record<(typeof SHOPIFY_PARAMETERS)[number], string>> = {
    embedded: "1",
    host: btoa(`admin.shopify.com/store/${shop.handle}`),
    id_token: await mintIdToken(app, shop.domain, { issuedAt: now() }),
    locale: "en",
    session: createHmac("sha256", app.apiSecret).update(shop.domain).digest("hex"),
    shop: shop.domain,
    timestamp: String(Math.floor(now().getTime() / 1000)),
  };
  for (const [name, value] of Object.entries(own)) url.searchParams.set(name, value);
  url.searchParams.sort();
  const message = url.searchParams.toString();
  url.searchParams.set("hmac", createHmac("sha256", app.apiSecret).update(message).digest("hex"));
  return url.href;
}
