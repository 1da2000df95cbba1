import type { Customer, Order } from "../../commerce/model";
import { refundedMinor } from "../../commerce/orders";
import { isGranted } from "../access";
import type { Listing } from "../lists/connection";
import { keyword, number, text, time } from "../lists/search";
import type { Nodes, ShopScope } from "../scope";

const DAY_MS = 24 * 3600 * 1000;
const DAYS_WITHOUT_ALL_ORDERS = 60;

/** The shop's orders that the token may see: `read_orders` shows the last 60 days.
 * dev:api/usage/access-scopes */
export function visibleOrders({ orders, scopes, platform }: ShopScope): readonly Order[] {
  if (isGranted(scopes, "read_all_orders")) return orders.all();
  const oldest = platform.now().getTime() - DAYS_WITHOUT_ALL_ORDERS * DAY_MS;
  return orders.all().filter(({ createdAt }) => Date.parse(createdAt) >= oldest);
}

const currentTotal = (order: Order) => (order.totalMinor - refundedMinor(order)) / 100;

/** The stand-in archives no order, so none is `closed`. */
const statusesOf = ({ cancelledAt }: Order) => [
  ...["any", "not_closed"],
  cancelledAt ? "cancelled" : "open",
];

/** dev:api/admin-graphql/2026-07/queries/orders */
export const orderListing = (
  nodes: Nodes,
  emailOf: (order: Order) => string | null,
): Listing<Order> => ({
  id: ({ id }) => id,
  node: nodes.order,
  filters: {
    default: text((order) => [order.name, emailOf(order)]),
    id: number(({ id }) => id),
    name: keyword(({ name, number }) => [name, String(number)]),
    created_at: time(({ createdAt }) => createdAt),
    processed_at: time(({ createdAt }) => createdAt),
    updated_at: time(({ updatedAt }) => updatedAt),
    status: keyword(statusesOf),
    financial_status: keyword(({ financialStatus }) => financialStatus),
    test: keyword(({ test }) => test),
    checkout_token: keyword(({ checkoutToken }) => checkoutToken),
    cart_token: keyword(({ cartToken }) => cartToken),
    customer_id: number(({ customerId }) => customerId),
    email: keyword(emailOf),
    sku: keyword(({ lines }) => lines.map(({ sku }) => sku)),
    discount_code: keyword(({ discounts }) => discounts[0]?.code ?? null),
    source_name: keyword(() => "web"),
    current_total_price: number(currentTotal),
  },
  sortKeys: {
    ID: ({ id }) => id,
    ORDER_NUMBER: ({ number }) => number,
    CREATED_AT: ({ createdAt }) => createdAt,
    PROCESSED_AT: ({ createdAt }) => createdAt,
    UPDATED_AT: ({ updatedAt }) => updatedAt,
    TOTAL_PRICE: ({ totalMinor }) => totalMinor,
    CURRENT_TOTAL_PRICE: currentTotal,
    FINANCIAL_STATUS: ({ financialStatus }) => financialStatus,
  },
});

/** dev:api/admin-graphql/2026-07/queries/customers */
export const customerListing = (nodes: Nodes): Listing<Customer> => ({
  id: ({ id }) => id,
  node: nodes.customer,
  filters: {
    default: text(({ email, firstName, lastName }) => [email, `${firstName} ${lastName}`]),
    id: number(({ id }) => id),
    email: text(({ email }) => email),
    first_name: keyword(({ firstName }) => firstName),
    last_name: keyword(({ lastName }) => lastName),
    country: keyword(({ countryCode }) => countryCode),
    tag: keyword(({ tags }) => tags),
    accepts_marketing: keyword(({ acceptsMarketing }) => acceptsMarketing),
    customer_date: time(({ createdAt }) => createdAt),
    updated_at: time(({ updatedAt }) => updatedAt),
  },
  sortKeys: {
    ID: ({ id }) => id,
    NAME: ({ firstName, lastName }) => `${lastName} ${firstName}`.toLowerCase(),
    CREATED_AT: ({ createdAt }) => createdAt,
    UPDATED_AT: ({ updatedAt }) => updatedAt,
  },
});
