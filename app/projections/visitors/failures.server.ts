import type { Sql } from "~/platform/sql.server";
import { noteFailures } from "../tables.server";
import { summarizeVisitors } from "./summarize.server";

/** Makes visitors' tables anew. One whose past nothing can be made of is set aside, and the others go on.
 * @param make another way of making them, for tests */
export async function summarize(
  sql: Sql,
  shopId: number,
  visitorIds: readonly string[],
  make = summarizeVisitors,
): Promise<void> {
  await sql.run(
    `delete from fold_failures
     where shop_id = $1::int and failed_table = 'visitors' and session_id = any($2::text[])`,
    [shopId, visitorIds],
  );
  const failed = await attempt(sql, () => make(sql, shopId, visitorIds));
  if (failed === undefined) return;
  for (const visitorId of visitorIds) {
    const error = await attempt(sql, () => make(sql, shopId, [visitorId]));
    const about = { shopId, sessionId: visitorId, clientId: "", failedTable: "visitors" };
    if (error !== undefined)
      await noteFailures(sql, [{ ...about, startedAt: new Date(0), error: error.slice(0, 1_000) }]);
  }
}

/** Does work of which nothing is left when it throws.
 * @returns what it threw */
async function attempt(sql: Sql, work: () => Promise<void>): Promise<string | undefined> {
  await sql.run("savepoint attempt");
  try {
    await work();
    return undefined;
  } catch (error) {
    await sql.run("rollback to savepoint attempt");
    return String(error);
  }
}
