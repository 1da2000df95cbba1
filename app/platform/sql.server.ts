import pg from "pg";

/** A transaction on a connection of its own, for work on many rows: what Prisma would add to each row
 * costs more than the row. `bigint` comes back as digits, `json` as what it says. */
export type Sql = {
  /** @param values for `$1` and on; lists go in as arrays */
  rows: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** Several statements at once have no values.
   * @returns how many rows were written */
  run: (text: string, values?: readonly unknown[]) => Promise<number>;
};

/** Does work in one transaction: all of it, or none when it throws. A connection on which anything
 * failed is not used again.
 * @param begin the statements that it begins with */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<Result>,
  begin = "begin",
): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(sqlOn(client));
    await client.query("commit");
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure); // a broken connection takes its transaction along
  }
}

/** Asks several things that see the same rows, each for a minute at most. No other processes help: for little work,
 * to start them takes more time than they save. */
export const inSnapshot = <Result>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> =>
  inTransaction(
    pool,
    work,
    `begin isolation level repeatable read read only; set local statement_timeout = '1min';
     set local max_parallel_workers_per_gather = 0`,
  );

/** Statements of one connection take turns, in the order in which they were asked for. */
function sqlOn(client: pg.ClientBase): Sql {
  let turn: Promise<unknown> = Promise.resolve();
  const ask = <Row extends object>(text: string, values: readonly unknown[] = []) => {
    const answer = turn.then(() => client.query<Row>({ text, values: [...values], types: TYPES }));
    turn = answer.catch(() => {}); // whoever asked is told; the next only waits
    return answer;
  };
  return {
    rows: async <Row extends object>(text: string, values?: readonly unknown[]) =>
      (await ask<Row>(text, values)).rows,
    run: async (text, values) => (await ask(text, values)).rowCount ?? 0,
  };
}

/** Has the transaction's statements find each row by an index. They look up few keys in tables that may
 * hold any number of rows, and PostgreSQL knows nothing yet of a week's new partition, or of what a
 * backlog has just written: it would rather read them whole. */
export const preferIndexes = (sql: Sql) =>
  sql.run(`select set_config(setting, 'off', true)
           from unnest('{enable_seqscan,enable_hashjoin,enable_mergejoin}'::text[]) as setting`);

/** Moments come as `2026-11-21 12:00:00.5+00`, since a session's zone is UTC; the driver's own reader
 * takes ten times as long, for zones and centuries that do not come. */
const momentOf = (text: string): Date =>
  text.endsWith("+00") ? new Date(`${text.replace(" ", "T").slice(0, -3)}Z`) : new Date(text);

const TYPES = new pg.TypeOverrides();
TYPES.setTypeParser(pg.types.builtins.TIMESTAMPTZ, momentOf);
