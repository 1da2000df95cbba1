import { createHmac, randomUUID } from "node:crypto";
import { API_VERSION } from "../../admin-schema/load";
import type { Platform } from "../platform";

const TIMEOUT_MS = 5_000; // dev:apps/build/webhooks: the whole answer within five seconds

export type WebhookOverrides = {
  /** The same for every retry of one delivery; what an app may deduplicate by. */
  webhookId?: string;
  /** The same for one event over several subscriptions. */
  eventId?: string;
  triggeredAt?: Date;
  /** Where the subscription wants it; the app's own door when left out. */
  uri?: string;
  /** The subscription's, where it has one. */
  name?: string | null;
  /** Signs with another secret, as a forger would. */
  secret?: string;
};
export type Delivery = { status: number; body: string };

/** Sends one webhook to the app and gives back its answer, or a 504 of its own when none came in
 * time; does not retry. dev:apps/build/webhooks
 * @param topic as in shopify.app.toml, such as `app/uninstalled` */
export function deliver(
  platform: Platform,
  shop: string,
  topic: string,
  payload: unknown,
  overrides: WebhookOverrides = {},
): Promise<Delivery> {
  const { app, addresses, calls, now } = platform;
  const { webhookId = randomUUID(), eventId = randomUUID(), triggeredAt = now() } = overrides;
  const { uri = `${addresses.tunnel}/webhooks`, name, secret = app.apiSecret } = overrides;
  const body = JSON.stringify(payload);
  calls.push({ kind: "webhook", shop, about: topic });
  const request = new Request(uri, {
    method: "POST",
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      "content-type": "application/json",
      "user-agent": "Shopify-Captain-Hook",
      "x-shopify-topic": topic,
      "x-shopify-shop-domain": shop,
      "x-shopify-api-version": API_VERSION,
      "x-shopify-webhook-id": webhookId,
      "x-shopify-event-id": eventId,
      "x-shopify-triggered-at": triggeredAt.toISOString(),
      "x-shopify-hmac-sha256": signature(body, secret),
      ...(name ? { "x-shopify-name": name } : {}),
    },
  });
  return send(request);
}

async function send(request: Request): Promise<Delivery> {
  try {
    const response = await fetch(request);
    return { status: response.status, body: await response.text() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "TimeoutError")
      return { status: 504, body: `no answer within ${TIMEOUT_MS / 1000} s` };
    return { status: 502, body: `no connection: ${error.message}` };
  }
}

const signature = (body: string, secret: string) =>
  createHmac("sha256", secret).update(body, "utf8").digest("base64");
