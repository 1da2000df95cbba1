import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";

/** Names work on kept answers among advisory locks. */
const LOCK = 7_301;

/** Works on what is kept of a shop, after whoever is at it.
 * @returns what the work does */
export const alone = <Result>(
  { pool }: Database,
  shopId: number,
  work: () => Promise<Result>,
): Promise<Result> =>
  inTransaction(pool, async (sql) => {
    await sql.run("select pg_advisory_xact_lock($1::int, $2::int)", [LOCK, shopId]);
    return work();
  });

/** The same, where nobody is at it.
 * @returns null where somebody is */
export const ifAlone = <Result>(
  { pool }: Database,
  shopId: number,
  work: () => Promise<Result>,
): Promise<Result | null> =>
  inTransaction(pool, async (sql) => {
    const [lock] = await sql.rows<{ taken: boolean }>(
      "select pg_try_advisory_xact_lock($1::int, $2::int) as taken",
      [LOCK, shopId],
    );
    return lock?.taken ? work() : null;
  });
