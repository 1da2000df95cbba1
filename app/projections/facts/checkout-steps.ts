import { checkoutOf, checkoutStepOf, type CheckoutStep } from "../data";
import { EVENT_COLUMNS, eventRow, type EventRow, type Fact } from "../fact";

export type CheckoutStepRow = EventRow & {
  reachedAt: Date;
  checkoutToken: string | null;
  step: CheckoutStep;
  orderId: string | null;
  itemCount: number;
  totalMinor: number | null;
  currency: string | null;
};

/** One step of a checkout, and what the checkout came to then. */
export const checkoutSteps: Fact<CheckoutStepRow> = {
  table: "checkout_steps",
  version: 3,
  at: "reachedAt",
  columns: {
    ...EVENT_COLUMNS,
    reachedAt: "timestamptz",
    checkoutToken: "text",
    step: "text",
    orderId: "bigint",
    itemCount: "bigint",
    totalMinor: "bigint",
    currency: "text",
  },
  fold: (visit) =>
    visit.events.flatMap((event) => {
      const step = checkoutStepOf(event);
      const checkout = checkoutOf(event);
      if (!step || !checkout) return [];
      return {
        ...eventRow(visit, event),
        reachedAt: event.occurredAt,
        checkoutToken: checkout.token ?? null,
        step,
        orderId: checkout.order?.id ?? null,
        itemCount: checkout.lineItems.reduce((sum, { quantity }) => sum + quantity, 0),
        totalMinor: checkout.totalPrice?.amountMinor ?? null,
        currency: checkout.totalPrice?.currencyCode ?? checkout.currencyCode ?? null,
      };
    }),
};
