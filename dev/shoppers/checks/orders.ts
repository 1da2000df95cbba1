import type { Order } from "../../store/commerce/model";
import { currentQuantity, refundedMinor } from "../../store/commerce/orders";
import type { Span } from "./expected";

/** An order, and who has told the app of it. */
export type TrueOrder = {
  order: Order;
  /** The browser that bought it, if its `checkout_completed` was delivered. */
  seenIn: string | null;
  /** A webhook of it arrived; else a backfill found it. */
  isHeard: boolean;
};

/** What the app must know of an order, whatever was late, lost or repeated on the way. */
export const expectedOrder = ({ order, seenIn, isHeard }: TrueOrder) => ({
  orderId: String(order.id),
  ...{ totalMinor: order.totalMinor, refundedMinor: refundedMinor(order) },
  revenueMinor: isVoid(order) ? 0 : order.totalMinor - refundedMinor(order),
  isCancelled: order.cancelledAt !== null,
  items: order.lines.map((line) => ({
    ...{ lineItemId: String(line.id), productId: String(line.productId), quantity: line.quantity },
    refundedQuantity: line.quantity - currentQuantity(order, line),
    ...{ priceMinor: line.priceMinor, discountMinor: line.discountMinor },
  })),
  refunds: order.refunds.map(({ id, amountMinor, lines }) => ({
    ...{ refundId: String(id), totalMinor: amountMinor },
    itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  })),
  source: isHeard ? "webhook" : "backfill",
  clientId: seenIn,
});

const isVoid = ({ test, cancelledAt }: Order): boolean => test || cancelledAt !== null;

/** What became of the orders that were placed in a period.
 * @param reach since when the pixel can have seen anything, in milliseconds since 1970 */
export function expectedCapture(orders: readonly TrueOrder[], span: Span, reach: number) {
  const placed = orders.filter(
    ({ order }) => !order.test && within(span, Date.parse(order.createdAt)),
  );
  const fates = { seen: 0, webhook: 0, backfill: 0, import: 0, before: 0 };
  for (const each of placed) fates[fateOf(each, reach)]++;
  const reachable = placed.length - fates.before;
  return { ...fates, all: placed.length, rate: reachable === 0 ? null : fates.seen / reachable };
}

const within = ({ from, to }: Span, at: number): boolean => at >= from && at < to;

function fateOf({ order, seenIn, isHeard }: TrueOrder, reach: number) {
  if (seenIn !== null) return "seen";
  if (Date.parse(order.createdAt) < reach) return "before";
  return isHeard ? "webhook" : "backfill";
}
