import { collectionNode } from "./fields/collection";
import { customerNode } from "./fields/customer";
import { inventoryItemNode } from "./fields/inventory";
import { orderNode } from "./fields/order";
import { productNode, variantNode } from "./fields/product";
import { indexOrders } from "./order-index";
import type { ShopScope } from "./scope";

/** Completes a scope with what leads from one node to the next: products know their collections,
 * collections their products. */
export function withNodes(bare: Omit<ShopScope, "nodes" | "orders">): ShopScope {
  const scope: ShopScope = {
    ...bare,
    orders: indexOrders(bare.commerce),
    nodes: {
      product: (product) => productNode(scope, product),
      variant: (variant) => variantNode(scope, variant),
      collection: (collection) => collectionNode(scope, collection),
      inventoryItem: (variant) => inventoryItemNode(scope, variant),
      order: (order) => orderNode(scope, order),
      customer: (customer) => customerNode(scope, customer),
    },
  };
  return scope;
}
