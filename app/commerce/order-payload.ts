import { z } from "zod";
import { Order, type OrderInput } from "~/events/orders";
import { id, moment, moneySet, shopAmount, sumOf, words } from "./payload-parts";
import { refundBody, toRefund } from "./refund-payload";

const lineItem = z.object({
  id,
  product_id: id.nullish(),
  variant_id: id.nullish(),
  title: words(512),
  sku: words(255),
  vendor: words(255),
  quantity: z.number(),
  price_set: moneySet,
  discount_allocations: z.array(z.object({ amount_set: moneySet })).default([]),
});

/** What is read of an order's body; the rest, such as who it was sent to, is not. */
const orderBody = z.object({
  id,
  name: words(64),
  created_at: moment,
  updated_at: moment,
  cancelled_at: moment.nullish(),
  cancel_reason: words(32),
  test: z.boolean().default(false),
  customer: z.object({ id }).nullish(),
  checkout_token: words(128),
  cart_token: words(128),
  currency: z.string(),
  total_price_set: moneySet,
  subtotal_price_set: moneySet,
  total_discounts_set: moneySet,
  total_tax_set: moneySet,
  total_shipping_price_set: moneySet,
  discount_codes: z.array(z.unknown()).default([]),
  line_items: z.array(lineItem),
  refunds: z.array(refundBody).default([]),
});

/** The body of `orders/create` and its like: an order as it stands at `updated_at`, in amounts of the
 * shop's currency. */
export const OrderPayload = orderBody.transform(toOrder).pipe(Order);

function toOrder(body: z.output<typeof orderBody>): OrderInput {
  const { currency, total_price_set } = body;
  return {
    ...{ id: body.id, name: body.name, test: body.test },
    ...{ createdAt: body.created_at, updatedAt: body.updated_at, cancelledAt: body.cancelled_at },
    cancelReason: body.cancel_reason?.toUpperCase() ?? null, // as the Admin API writes it
    customerId: body.customer?.id ?? null,
    ...{ checkoutToken: body.checkout_token, cartToken: body.cart_token, currencyCode: currency },
    totalPrice: shopAmount(total_price_set),
    subtotalPrice: shopAmount(body.subtotal_price_set),
    totalDiscounts: shopAmount(body.total_discounts_set),
    totalTax: shopAmount(body.total_tax_set),
    totalShippingPrice: shopAmount(body.total_shipping_price_set),
    discountCodes: body.discount_codes.map(() => ""), // only whether there was one is kept
    lineItems: body.line_items.map(toLineItem),
    refunds: body.refunds.flatMap((refund) => toRefund(refund, currency, total_price_set) ?? []),
  };
}

const toLineItem = (line: z.output<typeof lineItem>): OrderInput["lineItems"][number] => ({
  ...{ id: line.id, productId: line.product_id ?? null, variantId: line.variant_id ?? null },
  ...{ title: line.title, sku: line.sku, vendor: line.vendor, quantity: line.quantity },
  price: shopAmount(line.price_set),
  /** `total_discount` leaves out this line's share of what was taken off the whole order. */
  totalDiscount: sumOf(line.discount_allocations.map(({ amount_set }) => shopAmount(amount_set))),
});
