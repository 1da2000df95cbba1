import { z } from "zod";
import { isErased } from "~/events/erased";
import { erasedIn } from "~/events/erased.server";
import { append, makeRoom } from "~/events/log.server";
import { verifiedRow, type Verified } from "~/events/verified";
import {
  parsePayload,
  type Delivery,
  type WebhookHandler,
  type WebhookHandlers,
} from "~/shopify/webhook-delivery.server";
import { wakeBackfill } from "./backfill-state.server";
import { CustomerPayload, DeletionPayload } from "./customer-payload";
import { OrderPayload } from "./order-payload";
import { RefundPayload } from "./refund-payload";

const FinishPayload = z.object({ admin_graphql_api_id: z.string() });

/** What a webhook's body tells, without what the delivery itself does. */
type Told = Pick<Verified, "customerId" | "orderId" | "data"> & { at: Date };

/** Each but the last becomes one entry of the log, whose folds make tables of it: nothing is decided
 * here.
 *
 * `orders/edited` is not among them: its body is the edit, and `orders/updated` brings the order. */
export const COMMERCE_WEBHOOKS: WebhookHandlers = {
  "orders/create": entering(OrderPayload, tellOrder),
  "orders/paid": entering(OrderPayload, tellOrder),
  "orders/updated": entering(OrderPayload, tellOrder),
  "orders/fulfilled": entering(OrderPayload, tellOrder),
  "orders/cancelled": entering(OrderPayload, tellOrder),
  "orders/delete": entering(DeletionPayload, (data, at) => {
    return { customerId: null, orderId: data.id, data, at };
  }),
  "refunds/create": entering(RefundPayload, tellRefund),
  "customers/create": entering(CustomerPayload, tellCustomer),
  "customers/update": entering(CustomerPayload, tellCustomer),
  "customers/enable": entering(CustomerPayload, tellCustomer),
  "customers/disable": entering(CustomerPayload, tellCustomer),
  "customers/delete": entering(DeletionPayload, (data, at) => {
    return { customerId: data.id, orderId: null, data, at };
  }),
  "bulk_operations/finish": async ({ db }, delivery) => {
    const { admin_graphql_api_id } = parsePayload(FinishPayload, delivery);
    await wakeBackfill(db, delivery.shopId, admin_graphql_api_id);
  },
};

function tellOrder(data: z.output<typeof OrderPayload>): Told {
  const { id: orderId, customerId = null, updatedAt } = data;
  return { customerId, orderId, data, at: new Date(updatedAt) };
}

function tellRefund(data: z.output<typeof RefundPayload>): Told | null {
  return data && { customerId: null, orderId: data.orderId, data, at: new Date(data.createdAt) };
}

function tellCustomer(data: z.output<typeof CustomerPayload>): Told {
  const { id: customerId, updatedAt } = data;
  return { customerId, orderId: null, data, at: new Date(updatedAt) };
}

/** @param tell gets the delivery's time, for what has none of its own; null tells nothing */
function entering<Payload>(
  schema: z.ZodType<Payload>,
  tell: (payload: Payload, triggeredAt: Date) => Told | null,
): WebhookHandler {
  return async ({ db, log }, delivery) => {
    const receivedAt = new Date();
    const told = tell(parsePayload(schema, delivery), delivery.triggeredAt ?? receivedAt);
    const { topic, shopId, domain } = delivery;
    if (!told) return log.info({ topic, shop: domain }, "left to the order's own webhook");
    if (isErased(await erasedIn(db, shopId), told))
      return log.info({ topic, shop: domain }, "left out what is of an erased customer");
    const row = verifiedRow(entryOf(delivery, told, receivedAt));
    await makeRoom(db, [row]);
    await append(db, shopId, [row]);
  };
}

const entryOf = (delivery: Delivery, { at, ...told }: Told, receivedAt: Date): Verified => ({
  ...told,
  eventId: `webhook-${delivery.webhookId}`,
  source: "webhook",
  name: delivery.topic,
  occurredAt: at,
  receivedAt,
});
