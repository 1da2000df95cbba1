import { createHmac } from "node:crypto";

/** Signs what the proxy adds and what the shopper sent: `key=value` pairs, values of one key joined
 * by commas, in the order of their bytes, with nothing between them. Hex.
 * dev:apps/build/online-store/app-proxies/authenticate-app-proxies */
export function signProxyQuery(query: URLSearchParams, secret: string): string {
  const keys = [...new Set(query.keys())].filter((key) => key !== "signature");
  const pairs = keys.map((key) => `${key}=${query.getAll(key).join(",")}`).sort();
  return createHmac("sha256", secret).update(pairs.join("")).digest("hex");
}
