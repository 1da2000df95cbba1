import { z } from "zod";
import { Order, type OrderInput } from "~/events/orders";
import { words } from "./payload-parts";

const globalId = z.string().regex(/^gid:\/\/shopify\/\w+\/\d+/);
/** The digits at the end of Shopify's `gid://shopify/Order/123`. */
const digitsOf = (id: string): string => /\d+/.exec(id)?.[0] ?? "";
const gid = globalId.transform(digitsOf);
const money = z
  .object({ shopMoney: z.object({ amount: z.string() }) })
  .transform(({ shopMoney }) => shopMoney.amount);
const reference = z.object({ id: gid }).nullish();

const bulkLine = z.object({
  id: gid,
  title: words(512),
  sku: words(255),
  vendor: words(255),
  quantity: z.number(),
  originalUnitPriceSet: money,
  originalTotalSet: money,
  discountedTotalSet: money,
  product: reference,
  variant: reference,
});

/** A refund's line as REFUND_LINES answers it. */
export const refundLine = z
  .object({ quantity: z.number(), lineItem: z.object({ id: gid }), subtotalSet: money })
  .transform(({ quantity, lineItem, subtotalSet }) => {
    return { lineItemId: lineItem.id, quantity, subtotal: subtotalSet };
  });
type RefundLine = z.output<typeof refundLine>;

const bulkRefund = z.object({ id: globalId, createdAt: z.string(), totalRefundedSet: money });

const bulkOrder = z.object({
  id: gid,
  name: words(64),
  createdAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullish(),
  cancelReason: words(32),
  test: z.boolean(),
  cartToken: words(128),
  checkoutToken: words(128),
  currencyCode: z.string(),
  discountCodes: z.array(z.unknown()).default([]),
  customer: reference,
  totalPriceSet: money,
  subtotalPriceSet: money,
  totalDiscountsSet: money,
  totalTaxSet: money,
  totalShippingPriceSet: money,
  refunds: z.array(bulkRefund).default([]),
  lineItems: z.array(bulkLine),
});

/** An order as BULK_ORDERS brings it: its own line, with the lines of its items put into it. */
export type BulkOrder = z.input<typeof bulkOrder>;

/** A reader of such orders.
 * @param linesOf by a refund's global id, its lines, which a bulk query cannot bring */
export const bulkReader = (linesOf: ReadonlyMap<string, RefundLine[]>) =>
  bulkOrder
    .transform(({ lineItems, refunds, ...order }): OrderInput => ({
      ...{ id: order.id, name: order.name, test: order.test },
      ...{ createdAt: order.createdAt, updatedAt: order.updatedAt },
      ...{ cancelledAt: order.cancelledAt, cancelReason: order.cancelReason },
      ...{ cartToken: order.cartToken, checkoutToken: order.checkoutToken },
      ...{ customerId: order.customer?.id ?? null, currencyCode: order.currencyCode },
      totalPrice: order.totalPriceSet,
      subtotalPrice: order.subtotalPriceSet,
      totalDiscounts: order.totalDiscountsSet,
      totalTax: order.totalTaxSet,
      totalShippingPrice: order.totalShippingPriceSet,
      discountCodes: order.discountCodes.map(() => ""), // only whether there was one is kept
      lineItems: lineItems.map(toLineItem),
      refunds: refunds.map(({ id, createdAt, totalRefundedSet }) => ({
        ...{ id: digitsOf(id), createdAt, totalRefunded: totalRefundedSet },
        lineItems: linesOf.get(id) ?? [],
      })),
    }))
    .pipe(Order);

const toLineItem = (line: z.output<typeof bulkLine>): OrderInput["lineItems"][number] => ({
  ...{ id: line.id, title: line.title, sku: line.sku, vendor: line.vendor },
  ...{ productId: line.product?.id ?? null, variantId: line.variant?.id ?? null },
  ...{ quantity: line.quantity, price: line.originalUnitPriceSet },
  totalDiscount: Math.max(0, Number(line.originalTotalSet) - Number(line.discountedTotalSet)),
});
