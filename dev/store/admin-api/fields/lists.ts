import { indexOf } from "../catalog-index";
import { collectionListing, productListing, variantListing } from "../listings/catalog";
import { customerListing, orderListing, visibleOrders } from "../listings/orders";
import { counted, paged } from "../lists/connection";
import type { ShopScope } from "../scope";

/** The lists at the root: what the shop sells, to whom, and what was ordered. */
export function listFields(scope: ShopScope) {
  const { commerce, catalog, nodes } = scope;
  const index = indexOf(catalog);
  const products = productListing(nodes, index);
  const orders = orderListing(nodes, ({ customerId }) =>
    customerId === null ? null : (commerce.customer(customerId)?.email ?? null),
  );
  const customers = customerListing(nodes);
  return {
    products: paged(() => catalog.products, products),
    productsCount: counted(() => catalog.products, products),
    productVariants: paged(() => [...index.variants.values()], variantListing(nodes, index)),
    collections: paged(() => catalog.collections, collectionListing(nodes)),
    orders: paged(() => visibleOrders(scope), orders),
    ordersCount: counted(() => visibleOrders(scope), orders),
    customers: paged(() => commerce.customers(), customers),
    customersCount: counted(() => commerce.customers(), customers),
  };
}
