import type pg from "pg";
import { inTransaction, preferIndexes, type Sql } from "~/platform/sql.server";

/** Where a shop's tables are made anew: a schema whose tables stand before the public ones. */
const schemaOf = (shopId: number): string => `rebuild_${shopId}`;

/** Makes empty tables like the public ones, and drops what an earlier attempt has left. */
export async function stage(sql: Sql, shopId: number, tables: readonly string[]): Promise<void> {
  const schema = schemaOf(shopId);
  await sql.run(`drop schema if exists ${schema} cascade`);
  await sql.run(`create schema ${schema}`);
  for (const table of tables)
    await sql.run(`create unlogged table ${schema}.${table} (like ${table} including all)`);
}

type Kept = {
  since: Date;
  /** Tables, each with the column that tells when a row happened. */
  kept: readonly { table: string; at: string }[];
  projections: readonly string[];
};

/** Copies onto the stage what cannot be made anew: rows from before the log, and what was set aside of
 * other projections. */
export async function copyKept(
  sql: Sql,
  shopId: number,
  { since, kept, projections }: Kept,
): Promise<void> {
  const schema = schemaOf(shopId);
  for (const { table, at } of kept)
    await sql.run(
      `insert into ${schema}.${table} select * from ${table} where shop_id = $1::int and ${at} < $2`,
      [shopId, since],
    );
  await sql.run(
    `insert into ${schema}.fold_failures select * from fold_failures
     where shop_id = $1::int and failed_table <> all($2::text[])`,
    [shopId, projections],
  );
}

/** A transaction in which the staged tables stand in for the public ones of the same names. */
export const inStaging = <Result>(
  pool: pg.Pool,
  shopId: number,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> =>
  inTransaction(pool, async (sql) => {
    await enterStaging(sql, shopId);
    await preferIndexes(sql);
    return work(sql);
  });

/** From here on the staged tables stand in for the public ones, until the transaction ends. */
export const enterStaging = (sql: Sql, shopId: number) =>
  sql.run(`set local search_path to ${schemaOf(shopId)}, public`);

/** Puts the staged rows in place of the shop's, and removes the stage. */
export async function unstage(sql: Sql, shopId: number, tables: readonly string[]): Promise<void> {
  await sql.run("set local search_path to public");
  for (const table of tables) {
    await sql.run(`delete from ${table} where shop_id = $1::int`, [shopId]);
    await sql.run(`insert into ${table} select * from ${schemaOf(shopId)}.${table}`);
  }
  await sql.run(NOTE_HOURS, [shopId]);
  await dropStage(sql, shopId);
}

/** No answer that is kept of the shop holds any more, whichever tables were made anew. */
const NOTE_HOURS = `
  select note_hours(array[$1::int], array[least(
    (select min(started_at) from sessions where shop_id = $1::int),
    (select min(placed_at) from orders where shop_id = $1::int))], array[now()])`;

export const dropStage = (sql: Sql, shopId: number) =>
  sql.run(`drop schema if exists ${schemaOf(shopId)} cascade`);
