import type { z } from "zod";
import type { Verified } from "~/events/verified";
import { CustomerPayload, DeletionPayload } from "./customer-payload";
import { OrderPayload } from "./order-payload";
import { RefundPayload } from "./refund-payload";

/** What a webhook's body tells, without what the delivery itself does. */
export type Told = Pick<Verified, "customerId" | "orderId" | "data"> & {
  /** Null for what has no time of its own but its delivery's. */
  at: Date | null;
};

const order = OrderPayload.transform((data): Told => {
  const { id: orderId, customerId = null, updatedAt } = data;
  return { customerId, orderId, data, at: new Date(updatedAt) };
});

const refund = RefundPayload.transform(
  (data): Told | null =>
    data && { customerId: null, orderId: data.orderId, data, at: new Date(data.createdAt) },
);

const customer = CustomerPayload.transform((data): Told => {
  const { id: customerId, updatedAt } = data;
  return { customerId, orderId: null, data, at: new Date(updatedAt) };
});

/** How each topic's body is read; null tells nothing.
 *
 * `orders/edited` is not among them: its body is the edit, and `orders/updated` brings the order. */
export const TOLD_BY: Readonly<Record<string, z.ZodType<Told | null>>> = {
  "orders/create": order,
  "orders/paid": order,
  "orders/updated": order,
  "orders/fulfilled": order,
  "orders/cancelled": order,
  "orders/delete": DeletionPayload.transform((data): Told => ({
    customerId: null,
    orderId: data.id,
    data,
    at: null,
  })),
  "refunds/create": refund,
  "customers/create": customer,
  "customers/update": customer,
  "customers/enable": customer,
  "customers/disable": customer,
  "customers/delete": DeletionPayload.transform((data): Told => ({
    customerId: data.id,
    orderId: null,
    data,
    at: null,
  })),
};
