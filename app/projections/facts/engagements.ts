import type { CustomEventName, KeptCustomData } from "~/events/custom-events";
import { customOf } from "../data";
import { EVENT_COLUMNS, eventRow, type EventRow, type Fact } from "../fact";
import type { TimelineEvent } from "../visit";

export type EngagementRow = EventRow & {
  engagedAt: Date;
  kind: string;
  method: string | null;
  productId: string | null;
  productHandle: string | null;
  quantity: number | null;
  dwellMs: number | null;
};
type Told = Partial<
  Pick<EngagementRow, "method" | "productId" | "productHandle" | "quantity" | "dwellMs">
>;

/** How each kind of engagement is read: what it was about, and how it was done. */
const KINDS = new Map<string, (event: TimelineEvent) => Told | null>([
  kind("pixelnova:product_hovered", (fields) => fields),
  kind("pixelnova:image_viewed", aboutProduct),
  kind("pixelnova:image_zoomed", aboutProduct),
  kind("pixelnova:filter_applied", ({ filter, value }) => ({
    method: value ? `${filter}=${value}` : filter,
  })),
  kind("pixelnova:sort_changed", ({ sortBy }) => ({ method: sortBy })),
  kind("pixelnova:wishlist_added", aboutProduct),
  kind("pixelnova:wishlist_removed", aboutProduct),
  kind("pixelnova:shared", (fields) => fields),
  kind("pixelnova:qr_scanned", ({ code, ...of }) => ({ method: code, ...of })),
  kind("pixelnova:group_viewed", aboutGroup),
  kind("pixelnova:group_join_clicked", aboutGroup),
  kind("pixelnova:group_joined", aboutGroup),
  kind("pixelnova:group_quantity_changed", aboutGroup),
]);

function kind<Name extends CustomEventName>(
  name: Name,
  read: (fields: KeptCustomData[Name]) => Told,
): [string, (event: TimelineEvent) => Told | null] {
  return [
    name,
    (event) => {
      const fields = customOf(event, name);
      return fields && read(fields);
    },
  ];
}

function aboutProduct({ productId, productHandle }: Told): Told {
  return { productId, productHandle };
}

function aboutGroup({ groupId, ...of }: KeptCustomData["pixelnova:group_viewed"]): Told {
  return { method: groupId, ...of };
}

/** One thing that a shopper did beside looking at pages and buying. */
export const engagements: Fact<EngagementRow> = {
  table: "engagements",
  version: 1,
  at: "engagedAt",
  columns: {
    ...EVENT_COLUMNS,
    engagedAt: "timestamptz",
    kind: "text",
    method: "text",
    productId: "bigint",
    productHandle: "text",
    quantity: "int",
    dwellMs: "int",
  },
  fold: (visit) =>
    visit.events.flatMap((event) => {
      const told = KINDS.get(event.name)?.(event);
      if (!told) return [];
      return {
        ...eventRow(visit, event),
        engagedAt: event.occurredAt,
        kind: event.name.slice("pixelnova:".length),
        method: told.method ?? null,
        productId: told.productId ?? null,
        productHandle: told.productHandle ?? null,
        quantity: told.quantity ?? null,
        dwellMs: told.dwellMs ?? null,
      };
    }),
};
