import type { Db } from "~/platform/db.server";
import type { Erased } from "./erased";

/** Everyone whom a shop's customers/redact webhooks have named. */
export async function erasedIn(db: Db, shopId: number): Promise<Erased> {
  const rows = await db.$queryRaw<{ customerId: string; orderIds: string[] }[]>`
    select customer_id::text as "customerId", order_ids::text[] as "orderIds"
    from privacy_requests where shop_id = ${shopId}::int and topic = 'customers/redact'`;
  return {
    customerIds: new Set(rows.map(({ customerId }) => customerId)),
    orderIds: new Set(rows.flatMap(({ orderIds }) => orderIds)),
  };
}
