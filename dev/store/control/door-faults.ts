import { setTimeout as sleep } from "node:timers/promises";
import type { IncomingMessage } from "node:http";
import type { MiddlewareHandler } from "hono";
import { chance } from "../../chance";
import type { Door, DoorFaults } from "../faults";
import type { Platform } from "../platform";

const luck = chance("doors");

/** What happens to one request at a door. */
export type Mishap = {
  latencyMs: number;
  /** Where it is cut: before the other side has heard of it, or before its answer arrives. */
  cut: "request" | "answer" | null;
  isError: boolean;
  isDoubled: boolean;
};

/** Draws what happens to the next request at a door. */
export function mishapAt({ faults }: Platform, door: Door): Mishap {
  const at: DoorFaults = faults.doors[door];
  const isLost = at.outage || luck.happens(at.lostRequests);
  const isAnswerLost = luck.happens(at.lostAnswers);
  return {
    latencyMs: at.latencyMs,
    cut: isLost ? "request" : isAnswerLost ? "answer" : null,
    isError: luck.happens(at.errorRate),
    isDoubled: luck.happens(at.duplicates),
  };
}

/** Makes one of the stand-in's own doors as unreliable as its faults say. A cut connection is what a
 * client sees when a server vanishes. */
export const doorFaults =
  (platform: Platform, door: Door): MiddlewareHandler =>
  async (c, next) => {
    const { latencyMs, cut, isError, isDoubled } = mishapAt(platform, door);
    if (latencyMs > 0) await sleep(latencyMs);
    if (cut === "request") return hangUp(c.env);
    if (isError) return c.json({ errors: "Internal Server Error" }, 500);
    if (isDoubled) await repeat(c.req.raw.clone(), c.req.url);
    await next();
    if (cut === "answer") return hangUp(c.env);
  };

/** A request that arrives twice: the first of the two answers is nobody's. */
async function repeat(request: Request, url: string): Promise<void> {
  const headers = new Headers(request.headers);
  headers.set("x-repeated", "1");
  if (request.headers.has("x-repeated")) return;
  const { method } = request;
  const body = method === "GET" || method === "HEAD" ? undefined : await request.arrayBuffer();
  await fetch(url, { method, headers, body, redirect: "manual" }).then((answer) => answer.text());
}

function hangUp(env: unknown): Response {
  const { incoming } = env as { incoming?: IncomingMessage };
  incoming?.socket.destroy();
  return new Response(null, { status: 499 });
}
