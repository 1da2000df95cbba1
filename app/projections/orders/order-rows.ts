import type { Order } from "~/events/orders";
import { groupBy } from "~/platform/group-by";
import { withinInt } from "../fact";

type LineItem = Order["lineItems"][number];
type Refund = Order["refunds"][number];

/** What is verified of an order; which session it came of is found elsewhere. Money in minor units of
 * the shop's currency. */
export type OrderRow = {
  orderId: string;
  name: string | null;
  placedAt: Date;
  updatedAt: Date;
  cancelledAt: Date | null;
  cancelReason: string | null;
  isTest: boolean;
  customerId: string | null;
  checkoutToken: string | null;
  cartToken: string | null;
  currency: string;
  totalMinor: number;
  subtotalMinor: number;
  discountMinor: number;
  taxMinor: number;
  shippingMinor: number;
  refundedMinor: number;
  revenueMinor: number;
  itemCount: number;
  hasDiscountCode: boolean;
  source: string;
  firstReceivedAt: Date;
};

export type OrderItemRow = {
  orderId: string;
  lineItemId: string;
  placedAt: Date;
  productId: string | null;
  variantId: string | null;
  title: string | null;
  sku: string | null;
  vendor: string | null;
  quantity: number;
  refundedQuantity: number;
  priceMinor: number;
  discountMinor: number;
};

export type RefundRow = {
  orderId: string;
  refundId: string;
  refundedAt: Date;
  totalMinor: number;
  itemCount: number;
};

/** What came back of one line in one refund; money before tax. */
export type RefundItemRow = {
  orderId: string;
  refundId: string;
  lineItemId: string;
  refundedAt: Date;
  quantity: number;
  subtotalMinor: number;
};

type Told = Omit<OrderRow, "source" | "firstReceivedAt">;

export function orderRow(order: Order, refunds: readonly Refund[]): Told {
  const totalMinor = order.totalPrice.amountMinor;
  const refundedMinor = sum(refunds.map(({ totalRefunded }) => totalRefunded.amountMinor));
  const isVoid = order.test || Boolean(order.cancelledAt);
  return {
    ...{ orderId: order.id, name: order.name ?? null, isTest: order.test },
    ...{ placedAt: new Date(order.createdAt), updatedAt: new Date(order.updatedAt) },
    cancelledAt: order.cancelledAt ? new Date(order.cancelledAt) : null,
    cancelReason: order.cancelReason ?? null,
    customerId: order.customerId ?? null,
    checkoutToken: order.checkoutToken ?? null,
    cartToken: order.cartToken ?? null,
    ...{ currency: order.currencyCode, totalMinor, refundedMinor },
    subtotalMinor: order.subtotalPrice.amountMinor,
    discountMinor: order.totalDiscounts.amountMinor,
    taxMinor: order.totalTax.amountMinor,
    shippingMinor: order.totalShippingPrice.amountMinor,
    revenueMinor: isVoid ? 0 : totalMinor - refundedMinor,
    itemCount: sum(order.lineItems.map(({ quantity }) => quantity)),
    hasDiscountCode: order.hasDiscountCode,
  };
}

export const itemRow = (
  order: Order,
  line: LineItem,
  refunds: readonly Refund[],
): OrderItemRow => ({
  ...{ orderId: order.id, lineItemId: line.id, placedAt: new Date(order.createdAt) },
  ...{ productId: line.productId ?? null, variantId: line.variantId ?? null },
  ...{ title: line.title ?? null, sku: line.sku ?? null, vendor: line.vendor ?? null },
  quantity: line.quantity,
  refundedQuantity: withinInt(givenBack(line, refunds)),
  ...{ priceMinor: line.price.amountMinor, discountMinor: line.totalDiscount.amountMinor },
});

const givenBack = ({ id }: LineItem, refunds: readonly Refund[]): number =>
  sum(
    refunds
      .flatMap(({ lineItems }) => lineItems)
      .filter(({ lineItemId }) => lineItemId === id)
      .map(({ quantity }) => quantity),
  );

export const refundRow = (orderId: string, refund: Refund): RefundRow => ({
  ...{ orderId, refundId: refund.id, refundedAt: new Date(refund.createdAt) },
  totalMinor: refund.totalRefunded.amountMinor,
  itemCount: sum(refund.lineItems.map(({ quantity }) => quantity)),
});

/** A refund's lines; of one that is told of more than once in it, the sum. */
export const refundItemRows = (orderId: string, refund: Refund): RefundItemRow[] =>
  [...groupBy(refund.lineItems, ({ lineItemId }) => lineItemId)].map(([lineItemId, parts]) => ({
    ...{ orderId, refundId: refund.id, lineItemId, refundedAt: new Date(refund.createdAt) },
    quantity: withinInt(sum(parts.map(({ quantity }) => quantity))),
    subtotalMinor: sum(parts.map(({ subtotal }) => subtotal.amountMinor)),
  }));

/** However much is told of: a sum still has to fit. */
const sum = (numbers: readonly number[]): number =>
  Math.min(
    numbers.reduce((all, one) => all + one, 0),
    Number.MAX_SAFE_INTEGER,
  );
