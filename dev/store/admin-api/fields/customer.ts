import type { Customer } from "../../commerce/model";
import { customerTotals } from "../../commerce/customers";
import { gid, toSeconds } from "../gid";
import { orderListing, visibleOrders } from "../listings/orders";
import { paged } from "../lists/connection";
import { moneyV2 } from "../money";
import type { Node, ShopScope } from "../scope";
import { metafieldFields } from "./metafields";

/** dev:api/admin-graphql/2026-07/objects/Customer */
export function customerNode(scope: ShopScope, customer: Customer): Node {
  const { shop, nodes } = scope;
  const id = gid("Customer", customer.id);
  const { firstName, lastName, email, acceptsMarketing, tags } = customer;
  const orders = scope.orders.ofCustomer(customer.id);
  const last = orders.at(-1);
  return {
    ...{ __typename: "Customer", id, legacyResourceId: String(customer.id) },
    ...{ firstName, lastName, displayName: `${firstName} ${lastName}`.trim(), tags, note: null },
    createdAt: toSeconds(customer.createdAt),
    updatedAt: toSeconds(customer.updatedAt),
    defaultEmailAddress: {
      ...{ emailAddress: email, validFormat: true },
      marketingState: acceptsMarketing ? "SUBSCRIBED" : "NOT_SUBSCRIBED",
    },
    ...{ email, state: "ENABLED", locale: shop.locale, verifiedEmail: true, taxExempt: false },
    dataSaleOptOut: false,
    numberOfOrders: String(orders.length),
    amountSpent: () => moneyV2(customerTotals(orders, customer.id).spentMinor, shop.currency),
    lastOrder: () => (last ? nodes.order(last) : null),
    orders: paged(
      () => visibleOrders(scope).filter(({ customerId }) => customerId === customer.id),
      orderListing(nodes, () => email),
    ),
    ...metafieldFields(scope, id),
  };
}
