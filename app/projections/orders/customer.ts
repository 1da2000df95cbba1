import type { Customer } from "~/events/orders";
import { inOrderOfNews, type VerifiedEntry } from "./entry";

export type CustomerRow = {
  customerId: string;
  createdAt: Date | null;
  updatedAt: Date;
  state: string | null;
};

/** What the log has of one customer, in whatever order it came: the state with the newest `updatedAt`.
 * @param entries all entries named `customers/…` with the customer's id
 * @returns null once they were deleted */
export function foldCustomer(entries: readonly VerifiedEntry[]): CustomerRow | null {
  const news = inOrderOfNews(entries);
  const newest = news.at(-1);
  if (!newest || news.some(({ name }) => name === "customers/delete")) return null;
  const customer = newest.data as Customer;
  return {
    customerId: customer.id,
    createdAt: customer.createdAt ? new Date(customer.createdAt) : null,
    updatedAt: new Date(customer.updatedAt),
    state: customer.state ?? null,
  };
}
