import type { CustomEventName } from "~/events/custom-events";

const click = { element: "main>button#buy", relativeX: 0.25, relativeY: 1, viewportWidth: 390 };
const group = { groupId: "spring", productId: 7100000000001 };

/** Each known custom event as a theme may publish it, with every field that it has. */
export const CUSTOM_EXAMPLES: Record<CustomEventName, Record<string, string | number>> = {
  "pixelnova:page_engaged": { visibleMs: 12_000, scrollPercent: 80, firstInteractionMs: 900 },
  "pixelnova:element_clicked": { ...click, productId: "7100000000001", productHandle: "mug" },
  "pixelnova:rage_clicked": { ...click, clickCount: 4, productHandle: "mug" },
  "pixelnova:dead_clicked": { ...click, clickCount: 1, productHandle: "mug" },
  "pixelnova:product_hovered": { dwellMs: 1_500, productHandle: "mug" },
  "pixelnova:image_viewed": { position: 2, productId: 7 },
  "pixelnova:image_zoomed": { position: 1, productId: 7 },
  "pixelnova:filter_applied": { filter: "filter.v.option.color", value: "Red" },
  "pixelnova:sort_changed": { sortBy: "price-ascending" },
  "pixelnova:search_results_shown": { resultCount: 340 },
  "pixelnova:wishlist_added": { productId: 7, variantId: 70 },
  "pixelnova:wishlist_removed": { productId: 7, variantId: 70 },
  "pixelnova:shared": { method: "copy_link", productId: 7 },
  "pixelnova:qr_scanned": { code: "window", productId: 7 },
  "pixelnova:group_viewed": group,
  "pixelnova:group_join_clicked": group,
  "pixelnova:group_joined": { ...group, quantity: 1 },
  "pixelnova:group_quantity_changed": { ...group, quantity: 3 },
};
