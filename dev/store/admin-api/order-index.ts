import type { Commerce } from "../commerce/commerce";
import type { Order } from "../commerce/model";

/** The orders at the moment of the first look, and whose they are, without searching. */
export type OrderIndex = {
  /** Oldest first. */
  all: () => readonly Order[];
  ofCustomer: (customerId: number) => readonly Order[];
};

export function indexOrders(commerce: Commerce): OrderIndex {
  let orders: readonly Order[] | undefined;
  let byCustomer: Map<number, Order[]> | undefined;
  const all = () => (orders ??= commerce.orders());
  return {
    all,
    ofCustomer: (customerId) => (byCustomer ??= group(all())).get(customerId) ?? [],
  };
}

function group(orders: readonly Order[]): Map<number, Order[]> {
  const groups = new Map<number, Order[]>();
  for (const order of orders) {
    if (order.customerId === null) continue;
    const known = groups.get(order.customerId);
    if (known) known.push(order);
    else groups.set(order.customerId, [order]);
  }
  return groups;
}
