import type { Order } from "~/events/orders";
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

/** However much is told of: a sum still has to fit. */
const sum = (numbers: readonly number[]): number =>
  Math.min(
    numbers.reduce((all, one) => all + one, 0),
    Number.MAX_SAFE_INTEGER,
  );
