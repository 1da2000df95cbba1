import type { Order, OrderRefund } from "~/events/orders";
import { compareNews, inOrderOfNews, type VerifiedEntry } from "./entry";
import {
  itemRow,
  orderRow,
  refundItemRows,
  refundRow,
  type OrderItemRow,
  type OrderRow,
  type RefundItemRow,
  type RefundRow,
} from "./order-rows";

type Refund = Order["refunds"][number];

export type FoldedOrder = {
  order: OrderRow;
  items: OrderItemRow[];
  refunds: RefundRow[];
  refundItems: RefundItemRow[];
};

/** Puts together what the log has of one order, in whatever order it came and however often: the state
 * with the newest `updatedAt`, and every refund that anything told of.
 * @param entries all entries with the order's id
 * @returns null while only refunds are known, and once it was deleted */
export function foldOrder(entries: readonly VerifiedEntry[]): FoldedOrder | null {
  const news = inOrderOfNews(entries);
  const newest = newestState(news);
  if (!newest || news.some(({ name }) => name === "orders/delete")) return null;
  const refunds = refundsIn(news);
  const order = { ...newest, lineItems: onceEach(newest.lineItems) };
  return {
    order: { ...orderRow(order, refunds), ...firstWord(news) },
    items: order.lineItems.map((line) => itemRow(order, line, refunds)),
    refunds: refunds.map((refund) => refundRow(order.id, refund)),
    refundItems: refunds.flatMap((refund) => refundItemRows(order.id, refund)),
  };
}

/** What was told twice of one line counts once. */
const onceEach = <Item extends { id: string }>(items: readonly Item[]): Item[] => [
  ...new Map(items.map((item) => [item.id, item])).values(),
];

const orderOf = (entry: VerifiedEntry): Order | null =>
  entry.name.startsWith("orders/") && entry.name !== "orders/delete" ? (entry.data as Order) : null;

/** Of two states of one second the one to which more has happened: refunds and cancellations stay. */
function newestState(news: readonly VerifiedEntry[]): Order | undefined {
  const states = news.flatMap((entry) => {
    const order = orderOf(entry);
    return order ? { entry, order } : [];
  });
  states.sort(
    (one, other) =>
      compareNews(one.entry, other.entry) || happenings(one.order) - happenings(other.order),
  );
  return states.at(-1)?.order;
}

const happenings = ({ refunds, cancelledAt }: Order): number =>
  refunds.length + (cancelledAt ? 1 : 0);

/** Every refund once, as the newest that tells of it has it; in the order of their ids. */
function refundsIn(news: readonly VerifiedEntry[]): Refund[] {
  const refunds = new Map<string, Refund>();
  for (const entry of news)
    for (const refund of orderOf(entry)?.refunds ?? loneRefund(entry))
      refunds.set(refund.id, refund);
  return [...refunds.values()].sort(byId);
}

const loneRefund = ({ name, data }: VerifiedEntry): Refund[] =>
  name === "refunds/create" ? [data as OrderRefund] : [];

const byId = (one: { id: string }, other: { id: string }): number =>
  one.id.length - other.id.length || (one.id < other.id ? -1 : 1);

/** What told of the order first, and when.
 * @param news at least one entry */
function firstWord(news: readonly VerifiedEntry[]): Pick<OrderRow, "source" | "firstReceivedAt"> {
  const first = news.reduce((one, other) => (isEarlier(other, one) ? other : one));
  return { source: first.source, firstReceivedAt: first.receivedAt };
}

const isEarlier = (one: VerifiedEntry, other: VerifiedEntry): boolean => {
  const wait = one.receivedAt.getTime() - other.receivedAt.getTime();
  return wait < 0 || (wait === 0 && one.eventId < other.eventId);
};
