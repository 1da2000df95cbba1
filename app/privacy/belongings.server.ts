import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";

/** Whom Shopify means: a customer, and orders of theirs, whose events may not name the customer. */
export type Person = { customerId: bigint; orderIds: readonly string[] };
/** What Shopify asks about a person; `requestId` is the webhook's id. */
export type PersonRequest = Person & { requestId: string };
/** A person with the browsers on which they were identified, as a customer or by an order. */
export type KnownPerson = Person & { clientIds: string[] };

/** Of a checkout that became an order, or of an order itself. */
const ORDER_ID = Prisma.sql`coalesce(order_id::text, payload #>> '{data,checkout,order,id}')`;

/** Finds the person's browsers, and the orders that Shopify did not name. */
export async function findClients(db: Db, shopId: number, asked: Person): Promise<KnownPerson> {
  const person = { ...asked, orderIds: await findOrders(db, shopId, asked) };
  const clients = await db.$queryRaw<{ clientId: string }[]>`
    select client_id as "clientId" from pixel_events
    where shop_id = ${shopId}::int and customer_id = ${person.customerId}::bigint
      and client_id is not null
    union
    select client_id from pixel_events
    where shop_id = ${shopId}::int and ${ORDER_ID} = any(${person.orderIds}::text[])
      and client_id is not null`;
  return { ...person, clientIds: clients.map(({ clientId }) => clientId) };
}

async function findOrders(db: Db, shopId: number, person: Person): Promise<string[]> {
  const orders = await db.$queryRaw<{ orderId: string }[]>`
    select distinct ${ORDER_ID} as "orderId" from pixel_events
    where shop_id = ${shopId}::int and customer_id = ${person.customerId}::bigint
      and ${ORDER_ID} is not null`;
  return [...new Set([...person.orderIds, ...orders.map(({ orderId }) => orderId)])];
}

/** True for rows with the person's name, and for the nameless ones of their browsers. What another
 * customer did on the same browser is not theirs. */
export const belongsTo = ({ customerId, clientIds }: KnownPerson): Prisma.Sql => Prisma.sql`
  (customer_id = ${customerId}::bigint
   or (customer_id is null and client_id = any(${clientIds}::text[])))`;

/** The same for events, which may also belong to one of the person's orders. Export and erasure both
 * go by this one rule. */
export const isEventOf = (person: KnownPerson): Prisma.Sql => Prisma.sql`
  (${belongsTo(person)} or ${ORDER_ID} = any(${person.orderIds}::text[]))`;
