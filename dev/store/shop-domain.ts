import type { HonoRequest } from "hono";

/** The shop a request was meant for: network.mjs keeps the host that it was sent to. */
export const shopDomain = (request: HonoRequest): string =>
  request.header("x-forwarded-host") ?? request.header("host") ?? "";
