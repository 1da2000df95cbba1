import { appHandle } from "../../theme/files";
import { activeSubscriptions, subscriptionNode } from "../billing/subscriptions";
import { gid } from "../gid";
import { paged } from "../lists/connection";
import type { Node, ShopScope } from "../scope";
import { metafieldFields } from "./metafields";
import { APP_ID } from "./own-namespace";

/** The owner of app-data metafields. dev:apps/build/custom-data/ownership */
export const installationGid = (shopId: number): string => gid("AppInstallation", shopId);

/** The app in this shop, and what it may do there. */
export const appInstallationFields = (scope: ShopScope) => ({
  currentAppInstallation: () => appInstallationNode(scope),
});

export function appInstallationNode(scope: ShopScope): Node {
  const { shop, platform, scopes } = scope;
  const id = installationGid(shop.id);
  const subscriptions = () => platform.memory.state.appSubscriptions[shop.domain] ?? [];
  return {
    ...{ __typename: "AppInstallation", id },
    launchUrl: `https://${shop.domain}/admin/apps/${platform.app.apiKey}`,
    uninstallUrl: null,
    app: () => appNode(scope),
    accessScopes: () => scopes.map(accessScope),
    activeSubscriptions: () =>
      activeSubscriptions(scope).map((each) => subscriptionNode(scope, each)),
    allSubscriptions: paged(subscriptions, {
      id: (each) => each.id,
      node: (each) => subscriptionNode(scope, each),
    }),
    ...metafieldFields(scope, id),
  };
}

export const appNode = (scope: ShopScope): Node => ({
  ...{ __typename: "App", id: gid("App", APP_ID), handle: appHandle(scope.platform), title: "App" },
  ...{ apiKey: scope.platform.app.apiKey, embedded: true, published: true },
  requestedAccessScopes: () => scope.platform.app.scopes.map(accessScope),
});

const accessScope = (handle: string) => ({ handle, description: handle });
