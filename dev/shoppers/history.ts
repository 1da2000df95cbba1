import type { Order, OrderLine, Refund } from "../store/commerce/model";
import type { VisitEvent } from "./model";

/** A line of the history that another tool would have exported, in the form that the app imports.
 * Its events have true times, since an export's clocks were put right before. */
export const eventLine = ({ at, event }: VisitEvent): string =>
  JSON.stringify({ type: "event", ...event, timestamp: at });

export const orderLine = (order: Order): string =>
  JSON.stringify({
    type: "order",
    id: String(order.id),
    name: order.name,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason,
    test: order.test,
    customerId: order.customerId === null ? null : String(order.customerId),
    checkoutToken: order.checkoutToken,
    cartToken: order.cartToken,
    currencyCode: order.currency,
    totalPrice: decimal(order.totalMinor),
    subtotalPrice: decimal(order.subtotalMinor),
    totalDiscounts: decimal(order.totalDiscountMinor),
    totalTax: decimal(order.taxMinor),
    totalShippingPrice: decimal(order.shippingMinor),
    discountCodes: order.discounts.map(({ code }) => code),
    lineItems: order.lines.map(lineItem),
    refunds: order.refunds.map(refund),
  });

const lineItem = (line: OrderLine) => ({
  id: String(line.id),
  productId: String(line.productId),
  variantId: String(line.variantId),
  title: line.title,
  sku: line.sku,
  vendor: line.vendor,
  quantity: line.quantity,
  price: decimal(line.priceMinor),
  totalDiscount: decimal(line.discountMinor),
});

const refund = ({ id, createdAt, amountMinor, lines }: Refund) => ({
  id: String(id),
  createdAt,
  totalRefunded: decimal(amountMinor),
  lineItems: lines.map(({ orderLineId, quantity, subtotalMinor }) => ({
    lineItemId: String(orderLineId),
    quantity,
    subtotal: decimal(subtotalMinor),
  })),
});

/** As the Admin API writes amounts; the shops' currencies have cents. */
const decimal = (minor: number): string =>
  `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
