import { z } from "zod";
import { OrderRefund, type OrderInput } from "~/events/orders";
import { id, moment, moneySet, shopAmount, sumOf, type MoneySet } from "./payload-parts";

/** A refund as an order's body carries it, and as the body of `refunds/create`. */
export const refundBody = z.object({
  id,
  created_at: moment,
  refund_line_items: z
    .array(z.object({ line_item_id: id, quantity: z.number(), subtotal_set: moneySet }))
    .default([]),
  order_adjustments: z.array(z.object({ amount_set: moneySet.nullish() })).default([]),
  transactions: z
    .array(
      z.object({ amount: z.string(), currency: z.string(), kind: z.string(), status: z.string() }),
    )
    .default([]),
});
type RefundBody = z.output<typeof refundBody>;
type RefundInput = NonNullable<OrderInput["refunds"]>[number];

/** A refund by itself. Null where it was paid in another currency and does not say at which rate: its
 * order's own body, which comes as well, does. */
export const RefundPayload = refundBody
  .extend({ order_id: id })
  .transform((body) => {
    const [set] = setsIn(body);
    const currencyCode = set?.shop_money.currency_code ?? body.transactions[0]?.currency;
    const refund = currencyCode === undefined ? null : toRefund(body, currencyCode, set);
    return refund && currencyCode ? { ...refund, orderId: body.order_id, currencyCode } : null;
  })
  .pipe(OrderRefund.nullable());

/** @param rate any amount in both currencies, by which one turns into the other
 * @returns null when the rate is needed and there is none */
export function toRefund(
  body: RefundBody,
  currencyCode: string,
  rate: MoneySet | undefined,
): RefundInput | null {
  const paid = body.transactions.filter(isPaidBack);
  const isForeign = paid.some(({ currency }) => currency !== currencyCode);
  const factor = isForeign ? factorOf(setsIn(body)[0] ?? rate) : 1;
  if (factor === null) return null;
  return {
    id: body.id,
    createdAt: body.created_at,
    totalRefunded: sumOf(paid.map(({ amount }) => amount)) * factor,
    lineItems: body.refund_line_items.map(({ line_item_id, quantity, subtotal_set }) => ({
      ...{ lineItemId: line_item_id, quantity, subtotal: shopAmount(subtotal_set) },
    })),
  };
}

const isPaidBack = ({ kind, status }: RefundBody["transactions"][number]): boolean =>
  kind === "refund" && status !== "failure" && status !== "error";

/** Amounts of a refund in both currencies, those first that are not nothing. */
const setsIn = ({ refund_line_items, order_adjustments }: RefundBody): MoneySet[] =>
  [
    ...refund_line_items.map(({ subtotal_set }) => subtotal_set),
    ...order_adjustments.flatMap(({ amount_set }) => amount_set ?? []),
  ].toSorted(
    (one, other) => Math.abs(Number(shopAmount(other))) - Math.abs(Number(shopAmount(one))),
  );

function factorOf(set: MoneySet | undefined): number | null {
  const presented = Number(set?.presentment_money?.amount ?? 0);
  return set && presented !== 0 ? Number(shopAmount(set)) / presented : null;
}
