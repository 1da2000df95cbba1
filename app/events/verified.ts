import { weekOf } from "~/platform/time";
import type { Order } from "./orders";
import type { LogEvent } from "./sift";

/** What Shopify itself has said of an order or a customer, or what an export of Shopify's says. */
export type Verified = {
  eventId: string;
  source: "webhook" | "backfill" | "import";
  /** The webhook's topic, such as `orders/updated`. */
  name: string;
  /** When what is told came about: an order's `updatedAt`. */
  occurredAt: Date;
  receivedAt: Date;
  customerId: string | null;
  orderId: string | null;
  /** The order, refund or customer. */
  data: object;
};

/** A row of the log that no browser sent. */
export const verifiedRow = ({ data, ...about }: Verified): LogEvent => ({
  ...about,
  ...{ clientId: null, seq: null, requestId: null },
  week: weekOf(about.occurredAt),
  payload: JSON.stringify({ data }),
});

/** An order as it was read at a time, as the webhook of that name would have told. However often the
 * same state is read, by whomever, it is in the log once. */
export function orderRead(order: Order, origin: Pick<Verified, "source" | "receivedAt">): Verified {
  const occurredAt = new Date(order.updatedAt);
  return {
    ...origin,
    eventId: `order-${order.id}-${occurredAt.toISOString()}`,
    name: "orders/updated",
    ...{ occurredAt, customerId: order.customerId ?? null, orderId: order.id, data: order },
  };
}
