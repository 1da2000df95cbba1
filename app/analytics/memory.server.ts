import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import { MINUTE, SECOND } from "~/platform/time";

/** Settings of a transaction that reads many facts: what is put together of them fits into memory, and other processes
 * help to find them, though they hand over many. */
export const ROOMY = Prisma.sql`
  select set_config('work_mem', '64MB', true), set_config('parallel_tuple_cost', '0.01', true)`;

/** Asks something that puts many rows together: with room for them in memory, without compiling, and never by
 * looking each row up in a list, which a planner chooses that takes many rows for few. */
export function withMemory<Result>(db: Db, ask: (tx: Db) => Promise<Result>): Promise<Result> {
  if (!("$transaction" in db)) return ask(db);
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw(ROOMY);
      await tx.$executeRaw`
        select set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true)`;
      return ask(tx);
    },
    { maxWait: 10 * SECOND, timeout: MINUTE },
  );
}
