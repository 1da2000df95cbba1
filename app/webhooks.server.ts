import { ANNOTATION_WEBHOOKS } from "./analytics/annotations/webhooks.server";
import { COLLECTION_WEBHOOKS } from "./catalog/collection-webhooks.server";
import { wakeSync } from "./catalog/sync-state.server";
import { CATALOG_WEBHOOKS } from "./catalog/webhooks.server";
import { wakeBackfill } from "./commerce/backfill-state.server";
import { COMMERCE_WEBHOOKS } from "./commerce/webhooks.server";
import type { AppContext } from "./context";
import {
  answerDataRequest,
  redactCustomer,
  redactShop,
} from "./privacy/compliance-webhooks.server";
import { finishedOperation } from "./shopify/bulk-operation.server";
import { uninstall, updateScopes } from "./shopify/installation-webhooks.server";
import type { WebhookHandlers } from "./shopify/webhook-delivery.server";
import { takeWebhook } from "./shopify/webhooks.server";

/** What is done on each topic; shopify.app.toml subscribes to exactly these. */
export const WEBHOOK_HANDLERS: WebhookHandlers = {
  "app/uninstalled": uninstall,
  "app/scopes_update": updateScopes,
  "customers/data_request": answerDataRequest,
  "customers/redact": redactCustomer,
  "shop/redact": redactShop,
  "bulk_operations/finish": async ({ db }, delivery) => {
    const operationId = finishedOperation(delivery);
    await wakeBackfill(db, delivery.shopId, operationId);
    await wakeSync(db, delivery.shopId, operationId);
  },
  ...COMMERCE_WEBHOOKS,
  ...COLLECTION_WEBHOOKS,
  ...CATALOG_WEBHOOKS,
  ...ANNOTATION_WEBHOOKS,
};

/** The one entrance for every webhook that Shopify sends. */
export const receiveWebhook = (context: AppContext, request: Request): Promise<Response> =>
  takeWebhook(context, request, WEBHOOK_HANDLERS);
