import { eraseSubscriptions } from "~/catalog/alerts/privacy.server";
import type { Db } from "~/platform/db.server";
import type { Sql } from "~/platform/sql.server";
import { refoldWholly } from "~/projections/change.server";
import { PROJECTED_TABLES } from "~/projections/rebuild-scope.server";
import { findClients, IS_EVENT_OF, parametersOf, type PersonRequest } from "./belongings.server";

/** Erases a person's events, makes everything that was folded of them anew from what is left, and
 * empties earlier exports of them. Safe to repeat.
 * @param sql a transaction: all of it happens, or nothing
 * @returns how many events there were */
export async function eraseCustomer(
  sql: Sql,
  shopId: number,
  request: PersonRequest,
): Promise<number> {
  const person = await findClients(sql, shopId, request);
  const { clientIds, orderIds, customerId } = person;
  const erased = await sql.run(
    `delete from pixel_events where shop_id = $1::int and ${IS_EVENT_OF}`,
    parametersOf(shopId, person),
  );
  await eraseSubscriptions(sql, shopId, {
    ...{ customerId, contactMarks: request.contactMarks ?? [] },
  });
  await sql.run("delete from identity_undos where shop_id = $1::int and customer_id = $2::bigint", [
    shopId,
    customerId,
  ]);
  await refoldWholly(sql, shopId, { clientIds, orderIds, customerIds: [String(customerId)] });
  await sql.run(
    `update privacy_requests set export = null
     where shop_id = $1::int and customer_id = $2::bigint`,
    [shopId, customerId],
  );
  await sql.run(
    `insert into privacy_requests (shop_id, request_id, topic, customer_id, order_ids, completed_at)
     values ($1::int, $2, 'customers/redact', $3::bigint, $4::bigint[], now())
     on conflict (shop_id, request_id) do nothing`,
    [shopId, request.requestId, customerId, orderIds],
  );
  return erased;
}

/** Tables whose rows do not go along with their shop's by themselves. */
const WITHOUT_REFERENCE = [
  ...["rollup_states", "session_changes", "session_days", "duration_days", "visitor_gaps"],
  ...["pixel_events", "ingest_counts", "ingest_refusals"],
  ...["staged_products", "staged_variants", "staged_collections", "staged_collection_products"],
];

/** Erases everything that is a shop's, and the shop. Call it within a transaction. */
export async function eraseShop(db: Db, shopId: number): Promise<void> {
  await db.$queryRaw`
    select from projection_checkpoints where shop_group = ${shopId}::int % 16 for update`;
  for (const table of [...WITHOUT_REFERENCE, ...PROJECTED_TABLES])
    await db.$executeRawUnsafe(`delete from ${table} where shop_id = $1::int`, shopId);
  await db.$executeRaw`delete from shops where id = ${shopId}::int`; // what hangs on it goes along
}
