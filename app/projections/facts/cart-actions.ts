import { dataOf } from "../data";
import { EVENT_COLUMNS, eventRow, oncePerVisit, type EventRow, type Fact } from "../fact";
import type { TimelineEvent } from "../visit";

export type CartActionRow = EventRow & {
  actedAt: Date;
  kind: "added" | "removed";
  productId: string | null;
  variantId: string | null;
  quantity: number;
  valueMinor: number | null;
  currency: string | null;
};

/** One line put into a cart, or taken out. */
export const cartActions: Fact<CartActionRow> = {
  table: "cart_actions",
  version: 3,
  at: "actedAt",
  columns: {
    ...EVENT_COLUMNS,
    actedAt: "timestamptz",
    kind: "text",
    productId: "bigint",
    variantId: "bigint",
    quantity: "int",
    valueMinor: "bigint",
    currency: "text",
  },
  fold: oncePerVisit((visit) =>
    visit.events.flatMap((event) => {
      const line = lineOf(event);
      if (!line) return [];
      const { merchandise, quantity, cost } = line;
      return {
        ...eventRow(visit, event),
        actedAt: event.occurredAt,
        kind: event.name === "product_added_to_cart" ? ("added" as const) : ("removed" as const),
        productId: merchandise.product.id ?? null,
        variantId: merchandise.id ?? null,
        quantity,
        valueMinor: cost?.totalAmount?.amountMinor ?? null,
        currency: cost?.totalAmount?.currencyCode ?? null,
      };
    }),
  ),
};

const lineOf = (event: TimelineEvent) =>
  (dataOf(event, "product_added_to_cart") ?? dataOf(event, "product_removed_from_cart"))?.cartLine;
