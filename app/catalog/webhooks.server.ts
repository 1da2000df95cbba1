import { z } from "zod";
import {
  parsePayload,
  type WebhookHandler,
  type WebhookHandlers,
} from "~/shopify/webhook-delivery.server";
import { hint, notMirrored } from "./hints.server";

const id = z.number().int().positive().transform(String);
/** dev:api/webhooks/latest: of a product's body, only these are subscribed to. */
const ProductPayload = z.object({
  id,
  updated_at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullish(),
});
const DeletePayload = z.object({ id });
const InventoryPayload = z.object({ inventory_item_id: id });

const changed: WebhookHandler = async ({ db }, delivery) => {
  const { id, updated_at: updatedAt } = parsePayload(ProductPayload, delivery);
  const { shopId } = delivery;
  const ids = updatedAt ? await notMirrored(db, shopId, [{ id, updatedAt }]) : [id];
  await hint(db, shopId, ids, { reason: "webhook", now: new Date() });
};

/** Each says which product to ask for, and nothing of what it says is believed. */
export const CATALOG_WEBHOOKS: WebhookHandlers = {
  "products/create": changed,
  "products/update": changed,
  "products/delete": async ({ db }, delivery) => {
    const { id } = parsePayload(DeletePayload, delivery);
    await hint(db, delivery.shopId, [id], { reason: "webhook", now: new Date() });
  },
  "inventory_levels/update": async ({ db }, delivery) => {
    const { inventory_item_id: item } = parsePayload(InventoryPayload, delivery);
    const { shopId } = delivery;
    const variants = await db.variant.findMany({
      where: { shopId, inventoryItemId: BigInt(item) },
      select: { productId: true },
    });
    const ids = variants.map(({ productId }) => String(productId));
    await hint(db, shopId, ids, { reason: "webhook", now: new Date() });
  },
};
