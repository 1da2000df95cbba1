import type { Database, Db } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { compareSpans } from "./comparing.server";

/** The sums that there are, each with what two of the same key must have in common, and beside it
 * (`…_anew`) a view that makes them from all sessions. */
const SUMS = {
  session_days: {
    key: "dimension, day, value",
    exact: ["row_count"],
    near: ["sessions", "first", "bounced", "converted", "page_views", "duration_ms"],
  },
  duration_days: { key: "dimension, day, value, bucket", exact: ["row_count"], near: [] },
  visitor_gaps: {
    key: "dimension, day, value, previous_day, sample_rate",
    exact: ["visitors"],
    near: [],
  },
} as const;

/** Compares a shop's sums with its sessions, at any time: one statement sees both as they were at one
 * moment. Sums of fractions may differ by a millionth, for they depend on their order.
 * @returns how many sums are wrong, missing or of nothing */
export async function differencesOf(db: Db, shopId: number): Promise<number> {
  let differences = 0;
  for (const [table, { key, exact, near }] of Object.entries(SUMS)) {
    const differs = [
      ...exact.map((one) => `coalesce(kept.${one}, 0) <> coalesce(anew.${one}, 0)`),
      ...near.map(
        (one) =>
          `abs(coalesce(kept.${one}, 0) - coalesce(anew.${one}, 0))
             > 1e-6 * greatest(1, abs(coalesce(anew.${one}, 0)))`,
      ),
    ];
    const [row] = await db.$queryRawUnsafe<{ count: number }[]>(
      `select count(*)::int as count
       from (select * from ${table} where shop_id = $1::int) as kept
       full join (select * from ${table}_anew where shop_id = $1::int) as anew using (${key})
       where ${differs.join(" or ")}`,
      shopId,
    );
    differences += row?.count ?? 0;
  }
  return differences;
}

/** Makes a shop's sums anew from all its sessions. Who writes its sessions waits meanwhile; who reads
 * its sums does not.
 * @param timeZone whose days they are; one that PostgreSQL knows */
export const fillRollups = ({ pool }: Database, shopId: number, timeZone: string) =>
  inTransaction(pool, async (sql) => {
    await sql.run("select from shops where id = $1::int for key share", [shopId]);
    await sql.run("insert into rollup_states (shop_id) values ($1::int) on conflict do nothing", [
      shopId,
    ]);
    await sql.run("select from rollup_states where shop_id = $1::int for update", [shopId]);
    await sql.run("select fill_rollups($1::int, $2::text)", [shopId, timeZone]);
  });

/** Compares a shop's sums and kept answers with its facts, and makes sums anew where there are none yet, where
 * the shop's days are others now, or where any of them is wrong; a wrong answer is forgotten.
 * @returns how many were wrong; 0 where there were none to compare */
export async function checkShop(db: Database, shopId: number, timeZone: string): Promise<number> {
  const state = await db.rollupState.findUnique({ where: { shopId } });
  const isFilled = state?.filledAt != null && state.timeZone === timeZone;
  const differences = isFilled ? await differencesOf(db, shopId) : 0;
  if (!isFilled || differences > 0) await fillRollups(db, shopId, timeZone);
  const wrong = differences + (await compareSpans(db, shopId));
  await db.$executeRaw`
    update rollup_states set checked_at = now(), differences = ${wrong}::int
    where shop_id = ${shopId}::int`;
  return wrong;
}
