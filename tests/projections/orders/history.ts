import fc from "fast-check";
import { Order, OrderRefund, type OrderInput } from "~/events/orders";
import { orderRead } from "~/events/verified";
import type { VerifiedEntry } from "~/projections/orders/entry";
import { minutes, NOON } from "../../factories";

/** An order for two mugs and a pot, 60 euros in all; a test states only what it is about. */
export const order = (about: Partial<OrderInput> = {}): Order =>
  Order.parse({
    ...{ id: "900", name: "#1001", currencyCode: "EUR", customerId: "7" },
    ...{ createdAt: NOON.toISOString(), updatedAt: NOON.toISOString() },
    ...{ checkoutToken: "checkout", cartToken: "cart" },
    ...{ totalPrice: "60.00", subtotalPrice: "55.00", totalShippingPrice: "5.00" },
    ...{ totalTax: "9.58", totalDiscounts: "5.00" },
    lineItems: [
      { id: "1", productId: "11", variantId: "111", title: "Mug", quantity: 2, price: "15.00" },
      { id: "2", productId: "12", title: "Pot", quantity: 1, price: "30.00", totalDiscount: 5 },
    ],
    ...about,
  });

export const refundInput = (id: string, at: Date, quantity = 1) => ({
  ...{ id, createdAt: at.toISOString(), totalRefunded: 15 * quantity },
  lineItems: [{ lineItemId: "1", quantity, subtotal: 15 * quantity }],
});

type Delivery = Partial<Omit<VerifiedEntry, "data" | "occurredAt">>;
let sequence = 0;

/** An order's state as a webhook tells it. */
export const told = (state: Order, about: Delivery = {}): VerifiedEntry => ({
  ...{ eventId: `webhook-${++sequence}`, name: "orders/updated", source: "webhook" },
  ...{ occurredAt: new Date(state.updatedAt), receivedAt: new Date(state.updatedAt), data: state },
  ...about,
});

/** The same state as a backfill, or an import, reads it. */
export const read = (state: Order, receivedAt: Date, source: "backfill" | "import" = "backfill") =>
  orderRead(state, { source, receivedAt });

/** A refund by itself. */
export const refunded = (refund: ReturnType<typeof refundInput>, about: Delivery = {}) => ({
  ...{ eventId: `webhook-${++sequence}`, name: "refunds/create", source: "webhook" },
  ...{ occurredAt: new Date(refund.createdAt), receivedAt: new Date(refund.createdAt) },
  data: OrderRefund.parse({ ...refund, orderId: "900", currencyCode: "EUR" }),
  ...about,
});

export type History = {
  /** Every state of the order, and every refund by itself, as they came about. */
  entries: VerifiedEntry[];
  newest: Order;
  refundIds: string[];
};

type Step = { kind: "refund" | "cancel" | "touch"; wait: number; isLost: boolean };
const step = fc.record({
  kind: fc.constantFrom("refund" as const, "cancel" as const, "touch" as const),
  wait: fc.integer({ min: 0, max: 3 }),
  isLost: fc.boolean(),
});
const sources = fc.constantFrom("webhook", "backfill", "import");

/** What can happen to an order, told by any way or lost on it; its last state is always told. */
export const histories: fc.Arbitrary<History> = fc
  .record({ steps: fc.array(step, { maxLength: 6 }), test: fc.boolean(), source: sources })
  .map(({ steps, test, source }) => live(steps, { test, source }));

function live(steps: readonly Step[], { test, source }: { test: boolean; source: string }) {
  const refunds: ReturnType<typeof refundInput>[] = [];
  let seconds = 0;
  let state = order({ test });
  let cancelledAt: string | null = null;
  const entries = [told(state, { source })];
  steps.forEach(({ kind, wait, isLost }, i) => {
    seconds += wait;
    const at = minutes(seconds / 60);
    const refund = refundInput(String(8 + i), at);
    if (kind === "refund") refunds.push(refund);
    if (kind === "cancel") cancelledAt ??= at.toISOString();
    state = order({ test, cancelledAt, updatedAt: at.toISOString(), refunds: [...refunds] });
    if (kind === "refund") entries.push(refunded(refund, { source }));
    if (!isLost) entries.push(told(state, { source }));
  });
  entries.push(told(state, { source }));
  return { entries, newest: state, refundIds: refunds.map(({ id }) => id) };
}
