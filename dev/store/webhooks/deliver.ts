import { createHmac, randomUUID } from "node:crypto";
import { API_VERSION } from "../../admin-schema/load";
import type { Platform } from "../platform";

const TIMEOUT_MS = 5_000; // dev:apps/build/webhooks: the whole answer within five seconds

export type WebhookOverrides = {
  /** The same for every retry of one delivery; what an app may deduplicate by. */
  webhookId?: string;
  triggeredAt?: Date;
  /** Signs with another secret, as a forger would. */
  secret?: string;
};
export type Delivery = { status: number; body: string };

/** Sends one webhook to the app and gives back its answer, or a 504 of its own when none came in
 * time; does not retry.
 * @param topic as in shopify.app.toml, such as `app/uninstalled` */
export async function deliver(
  { app, addresses, calls, now }: Platform,
  shop: string,
  topic: string,
  payload: unknown,
  { webhookId = randomUUID(), triggeredAt = now(), secret }: WebhookOverrides = {},
): Promise<Delivery> {
  const body = JSON.stringify(payload);
  calls.push({ kind: "webhook", shop, about: topic });
  const request = new Request(`${addresses.tunnel}/webhooks`, {
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
      "x-shopify-event-id": randomUUID(),
      "x-shopify-triggered-at": triggeredAt.toISOString(),
      "x-shopify-hmac-sha256": signature(body, secret ?? app.apiSecret),
    },
  });
  return send(request);
}

async function send(request: Request): Promise<Delivery> {
  try {
    const response = await fetch(request);
    return { status: response.status, body: await response.text() };
  } catch (error) {
    if (!(error instanceof Error && error.name === "TimeoutError")) throw error;
    return { status: 504, body: `no answer within ${TIMEOUT_MS / 1000} s` };
  }
}

const signature = (body: string, secret: string) =>
  createHmac("sha256", secret).update(body, "utf8").digest("base64");
