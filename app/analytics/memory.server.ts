import type { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { inSnapshot } from "~/platform/sql.server";

/** Settings of a transaction that reads many facts: what is put together of them fits into memory, and other processes
 * help to find them, though they hand over many. */
export const ROOMY = `
  select set_config('work_mem', '64MB', true), set_config('parallel_tuple_cost', '0.01', true),
         set_config('max_parallel_workers_per_gather', '2', true)`;

/** Asks something that puts many rows together: with room for them in memory, and never by looking each row up in a
 * list, which a planner chooses that takes many rows for few. */
export const askWithMemory = <Row extends object>(
  { pool }: Database,
  { text, values }: Prisma.Sql,
): Promise<Row[]> =>
  inSnapshot(pool, async (sql) => {
    await sql.run(`${ROOMY}, set_config('enable_nestloop', 'off', true)`);
    return sql.rows<Row>(text, values);
  });
