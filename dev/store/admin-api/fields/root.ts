import { billingMutations } from "../billing/mutations";
import { bulkFields } from "../bulk/fields";
import type { Node, ShopScope } from "../scope";
import { appInstallationFields } from "./app-installation";
import { inventoryFields } from "./inventory";
import { listFields } from "./lists";
import { metafieldMutations } from "./metafield-mutations";
import { metaobjectFields } from "./metaobjects";
import { nodeFields } from "./node";
import { privacyFields } from "./privacy";
import { shopFields } from "./shop";
import { themeFields } from "./themes";
import { webPixelFields } from "./web-pixel";
import { webhookSubscriptionFields } from "./webhook-subscriptions";

/** All queries and mutations that the stand-in answers. */
export const rootFields = (scope: ShopScope): Node => ({
  ...nodeFields(scope),
  ...listFields(scope),
  ...shopFields(scope),
  ...appInstallationFields(scope),
  ...inventoryFields(scope),
  ...themeFields(scope),
  ...privacyFields(scope),
  ...metaobjectFields(scope),
  ...metafieldMutations(scope),
  ...webPixelFields(scope),
  ...webhookSubscriptionFields(scope),
  ...billingMutations(scope),
  ...bulkFields(scope, rootFields),
});
