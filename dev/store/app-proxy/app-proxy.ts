import { readFileSync } from "node:fs";
import { Hono, type Context } from "hono";
import { parse } from "smol-toml";
import { z } from "zod";
import type { Shop } from "../catalog/shops";
import type { AppProxy, Platform } from "../platform";
import { signProxyQuery } from "./signature";

const Configuration = z.object({
  app_proxy: z
    .object({
      url: z.string(),
      prefix: z.enum(["a", "apps", "community", "tools"]),
      subpath: z.string().regex(/^[\w-]{1,30}$/),
    })
    .optional(),
});

/** What the theme does for the proxy: it knows the customer, and renders what the app sends as Liquid. */
export type ProxyTheme = {
  customerId: (c: Context) => string | undefined;
  renderLiquid: (
    c: Context,
    liquid: string,
    status: number,
    layout: boolean,
  ) => Promise<Response> | Response;
};

/** Neither goes to the app nor comes from it: a proxied page has no cookies of its own.
 * dev:apps/build/online-store/app-proxies */
const NOT_SENT = ["cookie", "host", "connection", "content-length", "accept-encoding"];
const NOT_PASSED = [
  ...["set-cookie", "accept-patch", "accept-ranges", "connection", "date", "delta-base", "im"],
  ...["p3p", "pragma", "preference-applied", "proxy-authenticate", "public-key-pins", "server"],
  ...["service-worker-allowed", "trailer", "tk", "warning", "x-powered-by"],
  ...["content-encoding", "content-length", "transfer-encoding", "keep-alive"],
];
const LAYOUT_NONE = /\{%-?\s*layout\s+none\s*-?%\}/;
const TIMEOUT_MS = 10_000;

/** The app's place in the storefront, `/{prefix}/{subpath}/…`: nothing where the app has none. */
export function appProxy(platform: Platform, shop: Shop, theme: ProxyTheme): Hono {
  const routes = new Hono();
  const proxy = platform.app.proxy ?? configured(platform);
  if (!proxy) return routes;
  const prefix = `/${proxy.prefix}/${proxy.subpath}`;
  const answer = async (c: Context) => {
    if (!platform.memory.state.installations[shop.domain]) return c.notFound();
    platform.calls.push({ kind: "app proxy", shop: shop.domain, about: c.req.path });
    const asked = await ask(platform, c, { proxy, prefix, shop, customerId: theme.customerId(c) });
    return asked ? show(c, asked, theme) : c.html(UNREACHABLE, 502);
  };
  return routes.all(prefix, answer).all(`${prefix}/*`, answer);
}

function configured({ app }: Platform): AppProxy | undefined {
  return Configuration.parse(parse(readFileSync(app.configuration, "utf8"))).app_proxy;
}

type Asking = { proxy: AppProxy; prefix: string; shop: Shop; customerId: string | undefined };

/** Passes a shopper's request to the app; undefined when the app does not answer. */
async function ask(platform: Platform, c: Context, about: Asking): Promise<Response | undefined> {
  const { proxy, prefix, shop, customerId } = about;
  const incoming = new URL(c.req.url);
  const base = proxy.url.startsWith("/") ? platform.addresses.tunnel + proxy.url : proxy.url;
  const target = new URL(base.replace(/\/$/, "") + incoming.pathname.slice(prefix.length));
  const query = incoming.searchParams;
  query.set("shop", shop.domain);
  query.set("logged_in_customer_id", customerId ?? "");
  query.set("path_prefix", prefix);
  query.set("timestamp", String(Math.floor(Date.now() / 1_000))); // judged by the app's clock
  query.set("signature", signProxyQuery(query, platform.app.apiSecret));
  target.search = query.toString();
  const headers = new Headers(c.req.raw.headers);
  for (const name of NOT_SENT) headers.delete(name);
  headers.set("x-forwarded-host", shop.domain);
  headers.set("x-forwarded-for", "127.0.0.1");
  const { method } = c.req;
  const body = method === "GET" || method === "HEAD" ? undefined : await c.req.arrayBuffer();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(target, { method, headers, body, signal }).catch(() => undefined);
}

async function show(c: Context, answer: Response, theme: ProxyTheme): Promise<Response> {
  const type = answer.headers.get("content-type") ?? "";
  if (type.startsWith("application/liquid")) {
    const liquid = await answer.text();
    const hasLayout = !LAYOUT_NONE.test(liquid);
    return theme.renderLiquid(c, liquid.replace(LAYOUT_NONE, ""), answer.status, hasLayout);
  }
  const headers = new Headers(answer.headers);
  for (const name of NOT_PASSED) headers.delete(name);
  return new Response(answer.body, { status: answer.status, headers });
}

const UNREACHABLE = `<!doctype html><title>There is a problem</title>
<h1>There was a problem loading this page</h1><p>The app that makes it does not answer.</p>`;
