import type { Commerce } from "../../store/commerce/commerce";
import type { Order } from "../../store/commerce/model";
import { refundedMinor } from "../../store/commerce/orders";
import { orderPayload, refundPayload } from "../../store/webhooks/happenings";

export type OrderWebhook = { topic: string; at: string; payload: object };

/** What Shopify tells an app of an order from the beginning to what it has become, as it stood each
 * time; oldest first. */
export function webhooksOf(commerce: Commerce, order: Order): OrderWebhook[] {
  const told = (topic: string, at: string): OrderWebhook => {
    return { topic, at, payload: orderPayload(commerce, stateAt(order, at)) };
  };
  const { createdAt, cancelledAt, refunds } = order;
  return [
    ...[told("orders/create", createdAt), told("orders/paid", createdAt)],
    ...(cancelledAt === null ? [] : [told("orders/cancelled", cancelledAt)]),
    ...refunds.flatMap((refund) => [
      { topic: "refunds/create", at: refund.createdAt, payload: refundPayload(order, refund) },
      told("orders/updated", refund.createdAt),
    ]),
  ].sort((one, other) => one.at.localeCompare(other.at));
}

/** An order as it stood at an earlier moment. */
function stateAt(order: Order, at: string): Order {
  const refunds = order.refunds.filter(({ createdAt }) => createdAt <= at);
  const isCancelled = order.cancelledAt !== null && order.cancelledAt <= at;
  const isRefunded = refundedMinor({ refunds }) >= order.totalMinor;
  const partly = refunds.length > 0 ? "PARTIALLY_REFUNDED" : "PAID";
  return {
    ...{ ...order, refunds, updatedAt: at, financialStatus: isRefunded ? "REFUNDED" : partly },
    cancelledAt: isCancelled ? order.cancelledAt : null,
    cancelReason: isCancelled ? order.cancelReason : null,
  };
}
