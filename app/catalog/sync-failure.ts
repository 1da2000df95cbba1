import { AppError } from "~/platform/errors";

/** Ends a sync, with words for the merchant. */
export class SyncFailed extends AppError {
  readonly code = "sync_failed";
  readonly status = 502;
}

export const UNINSTALLED = "The app was uninstalled before the sync was done.";
export const NOT_GRANTED =
  "Shopify did not show the products: the app has to be granted read_products.";
export const NO_TOKEN =
  "Shopify no longer lets the app in: open the app once in Shopify's admin, then sync again.";
/** Unlike the others it is tried again: the next release may put it right. */
export const BROKEN = "Pixelnova itself failed; its log says why.";
