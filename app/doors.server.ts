import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import { createWindows, limitHeaders } from "./platform/windows";

const MINUTE_SECONDS = 60;

type Asked = { method: string; path: string };

/** Doors that anybody can knock at, each with what one caller may ask in a minute. Events have limits of
 * their own, by shop and browser; webhooks are let in by their signature, and Shopify sends as many as
 * there are. */
const DOORS = [
  { name: "schedulers", limit: 10, isFor: ({ path }: Asked) => path.startsWith("/api/sync") },
  // Shopify passes on what all shops' shoppers ask, signed: those behind it have limits of their own.
  { name: "the app proxy", limit: 6_000, isFor: ({ path }: Asked) => path.startsWith("/proxy/") },
  { name: "sign-in and changes", limit: 60, isFor: isSensitive },
  { name: "reads", limit: 1_200, isFor: () => true },
] as const;
const UNLIMITED = ["/webhooks", "/healthz", "/readyz"];

function isSensitive({ method, path }: Asked): boolean {
  return path.startsWith("/auth") || method !== "GET";
}

/** Refuses callers who ask more than their share, with 429 and the standard headers.
 * @param trustProxy whether every connection comes from a proxy */
export function limitCallers(trustProxy: boolean): MiddlewareHandler<{ Bindings: HttpBindings }> {
  const doors = DOORS.map((door) => ({
    ...door,
    spend: createWindows({ count: door.limit, seconds: MINUTE_SECONDS }),
  }));
  return async (c, next) => {
    const { method, path } = c.req;
    if (UNLIMITED.includes(path)) return next();
    const door = doors.find(({ isFor }) => isFor({ method, path }));
    const address = c.env.incoming.socket.remoteAddress;
    const caller = callerOf(address, c.req.header("x-forwarded-for"), trustProxy);
    const allowance = door?.spend(caller, 1, Date.now());
    if (!allowance || allowance.isAllowed) return next();
    return c.json(
      { code: "too_many", message: `more requests than ${allowance.limit} a minute` },
      { status: 429, headers: limitHeaders(allowance) },
    );
  };
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** Who asks: the connection's other end, or, behind a proxy that is trusted or on this machine, the address
 * that it saw, which is the last that the header names. Kept for a minute, in memory alone. */
export function callerOf(address = "", forwardedFor = "", trustProxy = false): string {
  const seenByProxy = forwardedFor.split(",").at(-1)?.trim();
  return ((trustProxy || LOOPBACK.test(address)) && seenByProxy) || address;
}
