import type { z } from "zod";
import { isErased } from "~/events/erased";
import { erasedIn } from "~/events/erased.server";
import { append, makeRoom } from "~/events/log.server";
import { verifiedRow } from "~/events/verified";
import {
  parsePayload,
  type WebhookHandler,
  type WebhookHandlers,
} from "~/shopify/webhook-delivery.server";
import { TOLD_BY, type Told } from "./told";

/** Each becomes one entry of the log, whose folds make tables of it: nothing is decided here. */
export const COMMERCE_WEBHOOKS: WebhookHandlers = Object.fromEntries(
  Object.entries(TOLD_BY).map(([topic, body]) => [topic, entering(body)]),
);

function entering(body: z.ZodType<Told | null>): WebhookHandler {
  return async ({ db, log }, delivery) => {
    const receivedAt = new Date();
    const { topic, shopId, domain, webhookId, triggeredAt } = delivery;
    const told = parsePayload(body, delivery);
    if (!told) return log.info({ topic, shop: domain }, "left to the order's own webhook");
    if (isErased(await erasedIn(db, shopId), told))
      return log.info({ topic, shop: domain }, "left out what is of an erased customer");
    const { at, ...about } = told;
    const row = verifiedRow({
      ...{ ...about, eventId: `webhook-${webhookId}`, source: "webhook", name: topic },
      ...{ occurredAt: at ?? triggeredAt ?? receivedAt, receivedAt },
    });
    await makeRoom(db, [row]);
    await append(db, shopId, [row]);
  };
}
