import type { AlertKind } from "~/catalog/alerts/rules";

/** What the merchant reads for each kind of alert. */
export const ALERT_NAMES: Record<AlertKind, string> = {
  price_drop: "Price drop",
  back_in_stock: "Back in stock",
  new_arrival: "New arrival",
  low_stock: "Low stock",
};
