import type { Sql } from "~/platform/sql.server";

/** Whom Shopify means: a customer, and orders of theirs, whose events may not name the customer. */
export type Person = {
  customerId: bigint;
  orderIds: readonly string[];
  /** What their e-mail address is found by; none when Shopify did not name it. */
  contactMarks?: readonly string[];
};
/** What Shopify asks about a person; `requestId` is the webhook's id. */
export type PersonRequest = Person & { requestId: string };
/** A person with the browsers on which they were identified, as a customer or by an order that came of a
 * checkout there, and all that is known of their orders. */
export type KnownPerson = Person & { clientIds: string[] };

/** Of a checkout that became an order; what is verified of an order has its id in a column. */
const ORDER_ID = "coalesce(order_id::text, payload #>> '{data,checkout,order,id}')";

/** The shop, the customer, their orders and their browsers, as `$1` to `$4`. */
export const parametersOf = (shopId: number, person: KnownPerson): unknown[] => [
  shopId,
  person.customerId,
  person.orderIds,
  person.clientIds,
];

/** Finds the person's browsers, and the orders that Shopify did not name. */
export async function findClients(sql: Sql, shopId: number, person: Person): Promise<KnownPerson> {
  const orders = await sql.rows<{ orderId: string }>(
    `select distinct ${ORDER_ID} as "orderId" from pixel_events
     where shop_id = $1::int and customer_id = $2::bigint and ${ORDER_ID} is not null`,
    [shopId, person.customerId],
  );
  const orderIds = [...new Set([...person.orderIds, ...orders.map(({ orderId }) => orderId)])];
  const clients = await sql.rows<{ clientId: string }>(
    `select client_id as "clientId" from pixel_events
     where shop_id = $1::int and customer_id = $2::bigint and client_id is not null
     union
     select client_id from pixel_events
     where shop_id = $1::int and client_id is not null
       and (${ORDER_ID} = any($3::text[]) or payload #>> '{data,checkout,token}' in (
         select payload #>> '{data,checkoutToken}' from pixel_events
         where shop_id = $1::int and order_id = any($3::bigint[])))`,
    [shopId, person.customerId, orderIds],
  );
  return { ...person, orderIds, clientIds: clients.map(({ clientId }) => clientId) };
}

/** True for rows with the person's name, and for the nameless ones of their browsers. What another
 * customer did on the same browser is not theirs. */
export const BELONGS = `
  (customer_id = $2::bigint or (customer_id is null and client_id = any($4::text[])))`;

/** The same for events, which may also belong to one of the person's orders. Export and erasure both
 * go by this one rule. */
export const IS_EVENT_OF = `(${BELONGS} or ${ORDER_ID} = any($3::text[]))`;
