import type { Sql } from "~/platform/sql.server";

/** Until the transaction ends nobody else writes what these shops' matches are. */
export async function takeMatchTurns(sql: Sql, shopIds: readonly number[]): Promise<void> {
  for (const shopId of [...shopIds].sort((a, b) => a - b))
    await sql.run("select pg_advisory_xact_lock(hashtext('pixelnova matches'), $1::int)", [shopId]);
}
