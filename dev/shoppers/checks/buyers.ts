import type { Order, OrderLine } from "../../store/commerce/model";
import { counts } from "./journeys";
import { grouped, ratio, sum } from "./statistics";

/** From when, up to before when: milliseconds since 1970. */
type Span = { from: number; to: number };
const within = ({ from, to }: Span, at: string) => Date.parse(at) >= from && Date.parse(at) < to;

/** Revenue of a span by what orders have in common; refunds on their own day. */
export function revenueBy(orders: readonly Order[], span: Span, groupOf: (order: Order) => string) {
  const groups = grouped(orders.filter(counts), groupOf);
  return [...groups].flatMap(([of, own]) => {
    const placed = own.filter(({ createdAt }) => within(span, createdAt));
    const refunds = own
      .flatMap((order) => order.refunds)
      .filter(({ createdAt }) => within(span, createdAt));
    if (placed.length + refunds.length === 0) return [];
    const total = sum(placed.map(({ totalMinor }) => totalMinor));
    const discountMinor = sum(placed.map(({ totalDiscountMinor }) => totalDiscountMinor));
    const refundMinor = sum(refunds.map(({ amountMinor }) => amountMinor));
    const units = sum(placed.flatMap(({ lines }) => lines.map(({ quantity }) => quantity)));
    const each = ratio(total, placed.length);
    return {
      ...{ of, orders: placed.length, grossMinor: total + discountMinor, discountMinor },
      ...{ refundMinor, netMinor: total - refundMinor, units },
      taxMinor: sum(placed.map(({ taxMinor }) => taxMinor)),
      shippingMinor: sum(placed.map(({ shippingMinor }) => shippingMinor)),
      averageOrderMinor: each === null ? null : Math.round(each),
      unitsPerOrder: ratio(units, placed.length),
    };
  });
}

/** Whether an order is the first of its customer's that count. */
export function noveltyOf(orders: readonly Order[]): (order: Order) => string {
  const inTime = orders.filter(counts).toSorted((one, other) => timeOf(one) - timeOf(other));
  const firsts = new Map(inTime.toReversed().map((order) => [order.customerId, order.id]));
  return ({ id, customerId }) => {
    if (customerId === null) return "unknown";
    return firsts.get(customerId) === id ? "new" : "returning";
  };
}

const timeOf = ({ createdAt }: Order): number => Date.parse(createdAt);

/** What items brought by what they have in common; returns until now. */
export function itemsBy(orders: readonly Order[], span: Span, kindOf: (line: OrderLine) => string) {
  const lines = orders
    .filter((order) => counts(order) && within(span, order.createdAt))
    .flatMap(({ id, lines, refunds }) => lines.map((line) => ({ id, line, refunds })));
  const rows = [...grouped(lines, ({ line }) => kindOf(line))].map(([of, own]) => {
    const gross = sum(own.map(({ line }) => line.priceMinor * line.quantity));
    const discountMinor = sum(own.map(({ line }) => line.discountMinor));
    const returnedMinor = sum(own.map(returnedOf));
    return {
      ...{ of, orders: new Set(own.map(({ id }) => id)).size, grossMinor: gross, discountMinor },
      ...{ units: sum(own.map(({ line }) => line.quantity)), returnedMinor },
      netMinor: gross - discountMinor - returnedMinor,
    };
  });
  const all = sum(rows.map(({ netMinor }) => netMinor));
  return rows.map((row) => ({ ...row, netShare: all > 0 ? row.netMinor / all : null }));
}

function returnedOf({ line, refunds }: { line: OrderLine; refunds: Order["refunds"] }): number {
  const back = refunds
    .flatMap((refund) => refund.lines)
    .filter((own) => own.orderLineId === line.id);
  const pieces = sum(back.map(({ quantity }) => quantity));
  const paid = line.priceMinor * line.quantity - line.discountMinor;
  return Math.round((paid * pieces) / line.quantity);
}

/** What the groups of customers have together, by group, at a moment. */
export function trueGroups(orders: readonly Order[], at: number) {
  const real = orders.filter((order) => counts(order) && timeOf(order) < at);
  const known = real.filter(({ customerId }) => customerId !== null);
  const people = [...grouped(known, ({ customerId }) => String(customerId)).values()].map(
    (own) => ({
      ...{ orders: own.length, ago: (at - Math.max(...own.map(timeOf))) / 86_400_000 },
      revenueMinor: sum(own.map(revenueOf)),
    }),
  );
  const groups = grouped(people, (one) => {
    const less = people.filter(({ revenueMinor }) => revenueMinor < one.revenueMinor).length;
    return groupNameOf({ ...one, isTop: less >= 0.75 * people.length });
  });
  return new Map(
    [...groups].map(([group, own]) => [
      group,
      {
        ...{ customers: own.length, customerShare: own.length / people.length },
        orders: sum(own.map((each) => each.orders)),
        revenueMinor: sum(own.map((each) => each.revenueMinor)),
      },
    ]),
  );
}

const revenueOf = ({ totalMinor, refunds }: Order): number =>
  totalMinor - sum(refunds.map(({ amountMinor }) => amountMinor));

function groupNameOf({ ago, orders, isTop }: { ago: number; orders: number; isTop: boolean }) {
  if (ago > 365) return "Lost";
  if (ago > 90) return orders >= 3 || isTop ? "To win back" : "Slipping";
  if (orders >= 3) return isTop ? "Best" : "Loyal";
  if (isTop) return "Big spenders";
  return orders === 2 ? "Promising" : "New";
}
