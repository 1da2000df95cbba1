import type { IncomingHttpHeaders } from "node:http";
import type { Shop } from "../catalog/shops";

const APP_BRIDGE = "https://cdn.shopify.com/shopifycloud/app-bridge.js";
const REDIRECTS = ["location", "x-shopify-api-request-failure-reauthorize-url"];

/** Where the stand-in's admin is, and whose links lead to it. */
export type Hosts = { admin: string; shops: readonly LinkedShop[] };
export type LinkedShop = Pick<Shop, "domain" | "handle"> & { storefront: () => string };

/** Points what the app's libraries have hard-wired to Shopify's hosts at the stand-in: the App Bridge
 * script, links into the admin, and links to a storefront. All else is left as it is. */
export function rewriteText(text: string, { admin, shops }: Hosts): string {
  const ours = text
    .replaceAll(APP_BRIDGE, `${admin}/app-bridge.js`)
    .replaceAll("https://admin.shopify.com/store/", `${admin}/store/`);
  return shops.reduce(
    (result, { domain, handle, storefront }) =>
      result
        .replaceAll(`https://${domain}/admin/`, `${admin}/store/${handle}/`)
        .replaceAll(`https://${domain}`, storefront),
    ours,
  );
}

/** An answer's headers, likewise; and the frame of the stand-in's admin is let in. */
export function rewriteHeaders(headers: IncomingHttpHeaders, hosts: Hosts): IncomingHttpHeaders {
  const result = { ...headers };
  if (String(result.link ?? "").includes(APP_BRIDGE)) delete result.link; // a preload of the real one
  for (const name of REDIRECTS) {
    const value = result[name];
    if (typeof value === "string") result[name] = rewriteText(value, hosts);
  }
  const policy = result["content-security-policy"];
  if (typeof policy === "string")
    result["content-security-policy"] = policy.replace(
      "frame-ancestors ",
      `frame-ancestors ${hosts.admin} `,
    );
  return result;
}

/** Whether an answer is text that may name Shopify's hosts: pages, scripts and the pages' data. */
export const isRewritable = ({ "content-type": type }: IncomingHttpHeaders): boolean =>
  /^(text\/html|(text|application)\/javascript|application\/json)\b/.test(type ?? "");
