import { z } from "zod";
import {
  parsePayload,
  type WebhookHandler,
  type WebhookHandlers,
} from "~/shopify/webhook-delivery.server";
import { requestCollection } from "./collection-refreshes.server";

const Payload = z.object({ id: z.number().int().positive() });

/** A hint: the collection is asked for again, with what is in it. */
const hint: WebhookHandler = async ({ db }, delivery) => {
  const { id } = parsePayload(Payload, delivery);
  const key = { shopId: delivery.shopId, collectionId: String(id) };
  await requestCollection(db, key, new Date());
};

export const COLLECTION_WEBHOOKS: WebhookHandlers = {
  "collections/create": hint,
  "collections/update": hint,
  "collections/delete": hint,
};
