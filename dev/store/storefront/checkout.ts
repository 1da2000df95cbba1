import { randomUUID } from "node:crypto";
import type { Line } from "./cart";

export const DELIVERY = [
  { handle: "standard", title: "Standard, 3 to 5 days", priceMinor: 490 },
  { handle: "express", title: "Express, tomorrow", priceMinor: 1290 },
] as const;
export type DeliveryOption = (typeof DELIVERY)[number];

export type Checkout = {
  token: string;
  lines: Line[];
  delivery: DeliveryOption;
  orderId: number | null;
  /** Whether the thank-you page has been shown: `checkout_completed` happens there, once. */
  isThanked: boolean;
};
export type Checkouts = Map<string, Checkout>;

/** Freezes the cart's lines into a checkout of their own. */
export function startCheckout(checkouts: Checkouts, lines: readonly Line[]): Checkout {
  const checkout: Checkout = {
    token: randomUUID().replaceAll("-", ""),
    lines: lines.map((line) => ({ ...line })),
    delivery: DELIVERY[0],
    orderId: null,
    isThanked: false,
  };
  checkouts.set(checkout.token, checkout);
  return checkout;
}

/** @param handle of a delivery option; an unknown one means the first */
export const deliveryOf = (handle: unknown): DeliveryOption =>
  DELIVERY.find((option) => option.handle === handle) ?? DELIVERY[0];

/** Places the order; doing it again changes nothing. */
export function complete(checkout: Checkout, delivery: DeliveryOption, orderId: number): void {
  if (checkout.orderId !== null) return;
  checkout.delivery = delivery;
  checkout.orderId = orderId;
}
