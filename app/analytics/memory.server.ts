import type { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { inSnapshot } from "~/platform/sql.server";

/** Settings of a transaction that reads many facts: what is put together of them fits into memory, and other processes
 * help to find them, as many as the server has them, though they hand over many. */
export const ROOMY = `
  set local work_mem = '64MB'; set local parallel_tuple_cost = 0.01;
  set local max_parallel_workers_per_gather to default`;

/** Asks something that puts many rows together: with room for them in memory, and never by looking each row up in a
 * list, which a planner chooses that takes many rows for few. */
export const askWithMemory = <Row extends object>(
  { pool }: Database,
  { text, values }: Prisma.Sql,
): Promise<Row[]> =>
  inSnapshot(pool, async (sql) => {
    await sql.run(`${ROOMY}; set local enable_nestloop = off`);
    return sql.rows<Row>(text, values);
  });
