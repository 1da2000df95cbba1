import type { Db } from "~/platform/db.server";

/** When a shop's facts begin; null where there are none. */
export async function firstMoment(db: Db, shopId: number): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ first: Date | null }[]>`
    select least((select min(started_at) from sessions where shop_id = ${shopId}::int),
                 (select min(placed_at) from orders where shop_id = ${shopId}::int)) as first`;
  return row?.first ?? null;
}
