import type { Order, OrderLine, Refund } from "../../commerce/model";
import { currentQuantity, refundedMinor } from "../../commerce/orders";
import { indexOf } from "../catalog-index";
import { gid, toSeconds, toSecondsOrNull } from "../gid";
import { paged } from "../lists/connection";
import { moneyBag } from "../money";
import type { Node, ShopScope } from "../scope";
import { journeyNode } from "./customer-journey";
import { metafieldFields } from "./metafields";

/** dev:api/admin-graphql/2026-07/objects/Order */
export function orderNode(scope: ShopScope, order: Order): Node {
  const id = gid("Order", order.id);
  const customer =
    order.customerId === null ? undefined : scope.commerce.customer(order.customerId);
  return {
    ...{ __typename: "Order", id, legacyResourceId: String(order.id), name: order.name },
    ...{ number: order.number, test: order.test, sourceName: "web", note: null, tags: [] },
    ...{ confirmed: true, closed: false, closedAt: null, edited: false, taxesIncluded: true },
    createdAt: toSeconds(order.createdAt),
    processedAt: toSeconds(order.createdAt),
    updatedAt: toSeconds(order.updatedAt),
    cancelledAt: toSecondsOrNull(order.cancelledAt),
    cancelReason: order.cancelReason,
    ...{ cartToken: order.cartToken, checkoutToken: order.checkoutToken },
    ...{ currencyCode: order.currency, presentmentCurrencyCode: order.currency },
    displayFinancialStatus: order.financialStatus,
    displayFulfillmentStatus: order.cancelledAt ? "UNFULFILLED" : "FULFILLED",
    ...{ fullyPaid: order.financialStatus === "PAID", unpaid: false },
    discountCode: order.discounts[0]?.code ?? null,
    discountCodes: order.discounts.map(({ code }) => code),
    ...moneyFields(order),
    customAttributes: order.noteAttributes.map(toAttribute),
    customer: () => (customer ? scope.nodes.customer(customer) : null),
    ...{ email: customer?.email ?? null, phone: null },
    customerAcceptsMarketing: customer?.acceptsMarketing ?? false,
    customerLocale: scope.shop.locale,
    customerJourneySummary: () => journeyNode(scope, order),
    lineItems: paged(() => order.lines, {
      id: (line) => line.id,
      node: (line) => lineNode(scope, order, line),
    }),
    refunds: ({ first }: { first?: number | null }) =>
      order.refunds.slice(0, first ?? undefined).map((refund) => refundNode(scope, order, refund)),
    ...metafieldFields(scope, id),
  };
}

function moneyFields(order: Order) {
  const left = order.totalMinor - refundedMinor(order);
  const bag = (minor: number) => moneyBag(minor, order.currency);
  return {
    ...{ totalPriceSet: bag(order.totalMinor), originalTotalPriceSet: bag(order.totalMinor) },
    currentTotalPriceSet: bag(left),
    ...{ subtotalPriceSet: bag(order.subtotalMinor), totalTaxSet: bag(order.taxMinor) },
    totalDiscountsSet: bag(order.totalDiscountMinor),
    totalShippingPriceSet: bag(order.shippingMinor),
    ...{ totalRefundedSet: bag(refundedMinor(order)), totalReceivedSet: bag(order.totalMinor) },
    ...{ netPaymentSet: bag(left), totalOutstandingSet: bag(0) },
  };
}

const toAttribute = ({ name, value }: { name: string; value: string }) => ({ key: name, value });

const lineTotal = ({ priceMinor, quantity }: OrderLine) => priceMinor * quantity;

/** dev:api/admin-graphql/2026-07/objects/LineItem */
function lineNode(scope: ShopScope, order: Order, line: OrderLine): Node {
  const index = () => indexOf(scope.catalog);
  const bag = (minor: number) => moneyBag(minor, order.currency);
  const left = currentQuantity(order, line);
  const name = line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`;
  return {
    ...{ __typename: "LineItem", id: gid("LineItem", line.id), title: line.title, name },
    ...{ variantTitle: line.variantTitle, sku: line.sku, vendor: line.vendor },
    ...{ quantity: line.quantity, currentQuantity: left, refundableQuantity: left },
    ...{ isGiftCard: false, requiresShipping: true, taxable: true, sellingPlan: null },
    originalUnitPriceSet: bag(line.priceMinor),
    originalTotalSet: bag(lineTotal(line)),
    totalDiscountSet: bag(line.discountMinor),
    /** Discounts by a code for the whole order count only when asked for; the stand-in has no others. */
    discountedTotalSet: ({ withCodeDiscounts }: { withCodeDiscounts?: boolean | null }) =>
      bag(lineTotal(line) - (withCodeDiscounts ? line.discountMinor : 0)),
    customAttributes: line.properties.map(toAttribute),
    product: () => {
      const product = index().products.get(line.productId);
      return product ? scope.nodes.product(product) : null;
    },
    variant: () => {
      const variant = index().variants.get(line.variantId);
      return variant ? scope.nodes.variant(variant) : null;
    },
  };
}

/** dev:api/admin-graphql/2026-07/objects/Refund */
export function refundNode(scope: ShopScope, order: Order, refund: Refund): Node {
  const lineOf = (id: number) => order.lines.find((line) => line.id === id);
  return {
    ...{ __typename: "Refund", id: gid("Refund", refund.id) },
    ...{ legacyResourceId: String(refund.id), note: refund.note },
    createdAt: toSeconds(refund.createdAt),
    processedAt: toSeconds(refund.createdAt),
    updatedAt: toSeconds(refund.createdAt),
    totalRefundedSet: moneyBag(refund.amountMinor, order.currency),
    order: () => scope.nodes.order(order),
    refundLineItems: paged(() => refund.lines, {
      id: ({ id }) => id,
      node: ({ id, orderLineId, quantity, subtotalMinor }) => {
        const line = lineOf(orderLineId);
        return {
          ...{ id: gid("RefundLineItem", id), quantity, restocked: refund.restock },
          restockType: refund.restock ? "RETURN" : "NO_RESTOCK",
          priceSet: moneyBag(line?.priceMinor ?? 0, order.currency),
          subtotalSet: moneyBag(subtotalMinor, order.currency),
          lineItem: () => line && lineNode(scope, order, line),
        };
      },
    }),
  };
}
