import type { Customer, Order } from "./model";
import { refundedMinor } from "./orders";

const OPENED = "2025-02-03T09:00:00.000Z";

/** Two people with an account in every shop, so that identity and privacy have something to show. */
export const DEMO_CUSTOMERS: readonly Customer[] = [
  account(7_001_000_001, "Ana", "Lindqvist"),
  account(7_001_000_002, "Bo", "Okafor"),
];

function account(id: number, firstName: string, lastName: string): Customer {
  return {
    ...{ id, firstName, lastName, email: `${firstName.toLowerCase()}@example.com` },
    ...{ createdAt: OPENED, updatedAt: OPENED, countryCode: "DE" },
    ...{ acceptsMarketing: false, tags: [] },
  };
}

/** What a customer has bought: Shopify counts cancelled orders too, and takes refunds off the amount. */
export function customerTotals(
  orders: readonly Order[],
  customerId: number,
): { ordersCount: number; spentMinor: number; lastOrderId: number | null } {
  const own = orders.filter((order) => order.customerId === customerId);
  return {
    ordersCount: own.length,
    spentMinor: own.reduce((sum, order) => sum + order.totalMinor - refundedMinor(order), 0),
    lastOrderId: own.at(-1)?.id ?? null,
  };
}
