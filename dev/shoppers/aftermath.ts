import type { Chance } from "../chance";
import type { CancelReason, Order } from "../store/commerce/model";
import { cancelOrder, refundOrder } from "../store/commerce/orders";
import { DAY, HOUR, iso, MINUTE } from "./calendar";
import type { Ids } from "./ids";

const CANCELLED = 0.02;
const REFUNDED = 0.062;

/** Something that happens to an order, at a moment in milliseconds since 1970. */
export type Change = { at: number; apply: (order: Order) => Order };

/** What becomes of an order: few are cancelled within two days; of some, a piece or everything comes
 * back within three weeks.
 * @param until nothing happens at or after it */
export function planAftermath(order: Order, until: number, luck: Chance, ids: Ids): Change[] {
  const placed = Date.parse(order.createdAt);
  const fate = luck.next();
  const changes: Change[] = [];
  if (fate < CANCELLED) changes.push(cancellation(placed, luck, ids));
  else if (fate < CANCELLED + REFUNDED) changes.push(...returns(order, placed, luck, ids));
  return changes.filter(({ at }) => at < until);
}

function cancellation(placed: number, luck: Chance, ids: Ids): Change {
  const at = placed + luck.between(20 * MINUTE, 40 * HOUR);
  const reason: CancelReason = luck.weighted({ CUSTOMER: 6, INVENTORY: 2, FRAUD: 1, OTHER: 1 });
  return { at, apply: (order) => cancelOrder(order, { reason, at: iso(at), ids: refundIds(ids) }) };
}

/** One piece comes back; in some cases the rest of the parcel follows days later, or all at once. */
function returns({ lines }: Order, placed: number, luck: Chance, ids: Ids): Change[] {
  const at = placed + luck.between(2 * DAY, 12 * DAY);
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const piece = lines[luck.between(0, lines.length - 1)];
  const rest = (at: number): Change => ({ at, apply: (order) => giveBack(order, at, ids) });
  if (!piece || pieces < 2 || luck.happens(0.2)) return [rest(at)];
  const one = [{ orderLineId: piece.id, quantity: 1 }];
  const first: Change = { at, apply: (order) => giveBack(order, at, ids, one) };
  return luck.happens(0.2) ? [first, rest(at + luck.between(DAY, 8 * DAY))] : [first];
}

/** @param lines which pieces come back; all that has not yet when there are none */
const giveBack = (
  order: Order,
  at: number,
  ids: Ids,
  lines?: { orderLineId: number; quantity: number }[],
): Order => refundOrder(order, { lines, at: iso(at), ids: refundIds(ids) });

const refundIds = (ids: Ids) => ({
  refund: () => ids.number("refund"),
  line: () => ids.number("refundLine"),
});
