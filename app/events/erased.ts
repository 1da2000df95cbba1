/** Customers who were erased on their request, and their orders: nothing of either comes back. */
export type Erased = { customerIds: ReadonlySet<string>; orderIds: ReadonlySet<string> };

export const isErased = (
  { customerIds, orderIds }: Erased,
  { customerId, orderId }: { customerId: string | null; orderId: string | null },
): boolean =>
  (customerId !== null && customerIds.has(customerId)) ||
  (orderId !== null && orderIds.has(orderId));
