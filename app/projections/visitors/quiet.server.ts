import type pg from "pg";
import { inTransaction } from "~/platform/sql.server";
import { holdForChange } from "../claims.server";

/** Sets after how many quiet minutes a shop's carts count as abandoned, and has the carts that there are
 * made anew by that, soon.
 * @param minutes by `parseQuietMinutes` */
export const setQuietMinutes = (pool: pg.Pool, shopId: number, minutes: number): Promise<void> =>
  inTransaction(pool, async (sql) => {
    await holdForChange(sql, shopId);
    await sql.run("update shops set cart_quiet_minutes = $2 where id = $1", [shopId, minutes]);
    await sql.run(
      `insert into stale_visitors (shop_id, visitor_id)
       select distinct shop_id, visitor_id from carts where shop_id = $1 and visitor_id is not null
       on conflict (shop_id, visitor_id) do nothing`,
      [shopId],
    );
  });
