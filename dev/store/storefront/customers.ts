/** Two people with an account in every shop, so that identity and privacy have something to show. */
export type Customer = { id: number; name: string; email: string; ordersCount: number };

export const CUSTOMERS: readonly Customer[] = [
  { id: 7_001_000_001, name: "Ana Lindqvist", email: "ana@example.com", ordersCount: 3 },
  { id: 7_001_000_002, name: "Bo Okafor", email: "bo@example.com", ordersCount: 0 },
];

/** @param id as the account cookie has it */
export const customerOf = (id: string | undefined): Customer | undefined =>
  CUSTOMERS.find((customer) => String(customer.id) === id);
