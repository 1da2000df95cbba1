import type { Db } from "~/platform/db.server";
import { holdOffWorkers, refoldClients } from "~/projections/refold.server";
import { clearShop } from "~/projections/tables.server";
import { findClients, isEventOf, type PersonRequest } from "./belongings.server";

/** Erases a person's events, makes the sessions and page views of their browsers anew from what is
 * left, and empties earlier exports of them. Call it within a transaction. Safe to repeat.
 * @returns how many events there were */
export async function eraseCustomer(
  db: Db,
  shopId: number,
  request: PersonRequest,
): Promise<number> {
  const person = await findClients(db, shopId, request);
  const erased = await db.$executeRaw`
    delete from pixel_events where shop_id = ${shopId}::int and ${isEventOf(person)}`;
  await refoldClients(db, shopId, person.clientIds);
  await db.$executeRaw`
    update privacy_requests set export = null
    where shop_id = ${shopId}::int and customer_id = ${person.customerId}::bigint`;
  await db.$executeRaw`
    insert into privacy_requests (shop_id, request_id, topic, customer_id, order_ids, completed_at)
    values (${shopId}::int, ${request.requestId}, 'customers/redact',
            ${person.customerId}::bigint, ${person.orderIds}::text[]::bigint[], now())
    on conflict (shop_id, request_id) do nothing`;
  return erased;
}

/** Erases everything that is a shop's, and the shop. Call it within a transaction. */
export async function eraseShop(db: Db, shopId: number): Promise<void> {
  await holdOffWorkers(db, shopId);
  await clearShop(db, shopId);
  await db.$executeRaw`delete from pixel_events where shop_id = ${shopId}::int`;
  await db.$executeRaw`delete from ingest_counts where shop_id = ${shopId}::int`;
  await db.$executeRaw`delete from ingest_refusals where shop_id = ${shopId}::int`;
  await db.$executeRaw`delete from shops where id = ${shopId}::int`; // what hangs on it goes along
}
