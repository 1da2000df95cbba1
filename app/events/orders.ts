import { z } from "zod";
import { toMinor } from "~/platform/money";
import { digits, text } from "./fields";

/** Shopify is of this century. */
const moment = z.iso.datetime({ offset: true }).startsWith("20", "want a time of this century");
const quantity = z.number().int().min(0).max(1_000_000);
/** As Shopify writes amounts, `"19.90"`, or as a number. */
const amount = z
  .union([z.number(), z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, "want a decimal amount")])
  .transform(Number)
  .pipe(z.number().min(0).max(1e12));

/** ISO 4217. */
const currencyCode = z.string().regex(/^[A-Z]{3}$/, "want an ISO 4217 code");

const refund = z.object({
  id: digits,
  createdAt: moment,
  totalRefunded: amount,
  lineItems: z
    .array(z.object({ lineItemId: digits, quantity, subtotal: amount }))
    .max(1_000)
    .default([]),
});

const lineItem = z.object({
  id: digits,
  productId: digits.nullish(),
  variantId: digits.nullish(),
  title: text(512),
  sku: text(255),
  vendor: text(255),
  quantity,
  price: amount,
  totalDiscount: amount.default(0),
});

/** An order as it stands at `updatedAt`, by the names of Shopify's Admin API. Whom it was sent to, and
 * what was noted on it, has no place here. */
export const Order = z
  .object({
    id: digits,
    name: text(64),
    createdAt: moment,
    updatedAt: moment,
    cancelledAt: moment.nullish(),
    cancelReason: text(32),
    test: z.boolean().default(false),
    customerId: digits.nullish(),
    checkoutToken: text(128),
    cartToken: text(128),
    currencyCode,
    totalPrice: amount,
    subtotalPrice: amount,
    totalDiscounts: amount.default(0),
    totalTax: amount.default(0),
    totalShippingPrice: amount.default(0),
    discountCodes: z.array(z.string().max(255)).max(100).default([]),
    lineItems: z.array(lineItem).max(1_000),
    refunds: z.array(refund).max(1_000).default([]),
  })
  .transform(({ discountCodes, ...order }) => {
    const money = (value: number) => toMinor(value, order.currencyCode);
    return {
      ...order,
      hasDiscountCode: discountCodes.length > 0, // a code itself can name a person
      totalPrice: money(order.totalPrice),
      subtotalPrice: money(order.subtotalPrice),
      totalDiscounts: money(order.totalDiscounts),
      totalTax: money(order.totalTax),
      totalShippingPrice: money(order.totalShippingPrice),
      lineItems: order.lineItems.map((line) => ({
        ...line,
        price: money(line.price),
        totalDiscount: money(line.totalDiscount),
      })),
      refunds: order.refunds.map((refund) => inMinor(refund, order.currencyCode)),
    };
  });

/** A refund by itself, which may be heard of before its order is. */
export const OrderRefund = refund
  .extend({ orderId: digits, currencyCode })
  .transform((refund) => inMinor(refund, refund.currencyCode));

/** Whom the shop has an account of: when, and what became of it. Who they are has no place here. */
export const Customer = z.object({
  id: digits,
  createdAt: moment.nullish(),
  updatedAt: moment,
  state: text(32),
});

function inMinor<Amounts extends z.output<typeof refund>>(refund: Amounts, currencyCode: string) {
  const money = (value: number) => toMinor(value, currencyCode);
  return {
    ...refund,
    totalRefunded: money(refund.totalRefunded),
    lineItems: refund.lineItems.map((line) => ({ ...line, subtotal: money(line.subtotal) })),
  };
}

/** An order on its way in (amounts as decimals), and as the log keeps it (money in minor units). */
export type OrderInput = z.input<typeof Order>;
export type Order = z.output<typeof Order>;
export type OrderRefund = z.output<typeof OrderRefund>;
export type Customer = z.output<typeof Customer>;
