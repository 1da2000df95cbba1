import { checkTypeAccess } from "../access";
import { subscriptionNodeOf } from "../billing/subscriptions";
import { bulkOperationNode } from "../bulk/fields";
import { indexOf } from "../catalog-index";
import { gid, parseGid } from "../gid";
import { visibleOrders } from "../listings/orders";
import type { Node, ShopScope } from "../scope";
import { appInstallationNode, appNode, installationGid } from "./app-installation";
import { locationId, locationNode } from "./inventory";
import { metafieldNode, metafieldsOf } from "./metafields";
import { metaobjectNode, metaobjectsOf } from "./metaobjects";
import { APP_ID } from "./own-namespace";
import { refundNode } from "./order";
import { shopNode } from "./shop";
import { themeNode } from "./themes";
import { webPixelNode } from "./web-pixel";
import { subscriptionsOf, webhookSubscriptionNode } from "./webhook-subscriptions";

/** Anything by its global id. dev:api/usage/gids */
export const nodeFields = (scope: ShopScope) => ({
  node: ({ id }: { id: string }) => accessible(scope, id, "node"),
  nodes: ({ ids }: { ids: string[] }) => ids.map((id) => accessible(scope, id, "nodes")),
  product: ({ id }: { id: string }) => nodeOfType(scope, "Product", id),
  productVariant: ({ id }: { id: string }) => nodeOfType(scope, "ProductVariant", id),
  collection: ({ id }: { id: string }) => nodeOfType(scope, "Collection", id),
  order: ({ id }: { id: string }) => nodeOfType(scope, "Order", id),
  customer: ({ id }: { id: string }) => nodeOfType(scope, "Customer", id),
});

const nodeOfType = (scope: ShopScope, type: string, id: string) =>
  parseGid(id)?.type === type ? nodeOf(scope, id) : null;

function accessible(scope: ShopScope, id: string, fieldName: string): Node | null {
  checkTypeAccess(scope.scopes, parseGid(id)?.type ?? "", fieldName);
  return nodeOf(scope, id);
}

/** The node with this global id; null when there is none in this shop. */
export function nodeOf(scope: ShopScope, text: string): Node | null {
  const found = parseGid(text);
  return found ? (FINDERS[found.type]?.(scope, found.id) ?? null) : null;
}

type Finder = (scope: ShopScope, id: number) => Node | null | undefined;

const byId = <Item extends { id: number }>(items: readonly Item[], id: number) =>
  items.find((each) => each.id === id);

/** Shows what was found. */
const shown = <Item>(found: Item | undefined, show: (item: Item) => Node) =>
  found === undefined ? null : show(found);

const indexIn = ({ catalog }: ShopScope) => indexOf(catalog);

const FINDERS: Record<string, Finder> = {
  Shop: (scope, id) => (id === scope.shop.id ? shopNode(scope) : null),
  App: (scope, id) => (id === APP_ID ? appNode(scope) : null),
  AppInstallation: (scope, id) =>
    gid("AppInstallation", id) === installationGid(scope.shop.id)
      ? appInstallationNode(scope)
      : null,
  AppSubscription: (scope, id) => subscriptionNodeOf(scope, id),
  BulkOperation: (scope, id) =>
    shown(scope.bulk.find(id), (each) => bulkOperationNode(scope, each)),
  Collection: (scope, id) => shown(indexIn(scope).collections.get(id), scope.nodes.collection),
  Customer: (scope, id) => shown(scope.commerce.customer(id), scope.nodes.customer),
  InventoryItem: (scope, id) => shown(indexIn(scope).stock.get(id), scope.nodes.inventoryItem),
  Location: (scope, id) => (id === locationId(scope) ? locationNode(scope) : null),
  Metafield: (scope, id) =>
    shown(byId(metafieldsOf(scope), id), (each) => metafieldNode(scope, each)),
  Metaobject: (scope, id) =>
    shown(byId(metaobjectsOf(scope), id), (each) => metaobjectNode(scope, each)),
  OnlineStoreTheme: (scope, id) => themeNode(scope, id),
  Order: (scope, id) => shown(byId(visibleOrders(scope), id), scope.nodes.order),
  Product: (scope, id) => shown(indexIn(scope).products.get(id), scope.nodes.product),
  ProductVariant: (scope, id) => shown(indexIn(scope).variants.get(id), scope.nodes.variant),
  Refund: (scope, id) => {
    const order = visibleOrders(scope).find(({ refunds }) => byId(refunds, id));
    const refund = order && byId(order.refunds, id);
    return refund ? refundNode(scope, order, refund) : null;
  },
  WebPixel: (scope, id) => webPixelNode(scope, gid("WebPixel", id)),
  WebhookSubscription: (scope, id) =>
    shown(byId(subscriptionsOf(scope), id), webhookSubscriptionNode),
};
