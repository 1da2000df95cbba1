import type { Order } from "../../commerce/model";
import { gid, toSeconds } from "../gid";
import type { Node, ShopScope } from "../scope";

/** How the shopper came to the order. Shopify reads it from the visits that it saw itself; here it is
 * the landing page and the referrer of the visit that bought.
 * dev:api/admin-graphql/2026-07/objects/CustomerJourneySummary */
export function journeyNode(scope: ShopScope, order: Order): Node {
  const { customerId } = order;
  const visit = visitNode(scope, order);
  return {
    ...{ ready: true, firstVisit: visit, lastVisit: visit, daysToConversion: null },
    customerOrderIndex:
      customerId === null ? null : scope.orders.ofCustomer(customerId).indexOf(order),
  };
}

function visitNode(scope: ShopScope, order: Order): Node | null {
  if (order.landingSite === null) return null;
  const storefront = scope.platform.addresses.storefronts[scope.shop.domain] || "https://shop";
  const landing = new URL(order.landingSite, storefront);
  const utm = (name: string) => landing.searchParams.get(`utm_${name}`);
  const names = ["source", "medium", "campaign", "term", "content"];
  const hasUtm = names.some((name) => utm(name) !== null);
  return {
    ...{ __typename: "CustomerVisit", id: gid("CustomerVisit", order.id) },
    ...{ landingPage: landing.href, referrerUrl: order.referringSite },
    ...{ occurredAt: toSeconds(order.createdAt), source: sourceOf(order), sourceType: null },
    utmParameters: hasUtm ? Object.fromEntries(names.map((name) => [name, utm(name)])) : null,
  };
}

/** `direct`, `Google`, or the referrer's host. */
function sourceOf({ referringSite }: Order): string {
  if (!referringSite || !URL.canParse(referringSite)) return "direct";
  const { host } = new URL(referringSite);
  return /(^|\.)google\./.test(host) ? "Google" : host;
}
