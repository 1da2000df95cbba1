import type pg from "pg";

/** A transaction on a connection of its own, for work on many rows: what Prisma would add to each row
 * costs more than the row. `bigint` comes back as digits, `json` as what it says. */
export type Sql = {
  /** @param values for `$1` and on; lists go in as arrays */
  rows: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** @returns how many rows were written */
  run: (text: string, values?: readonly unknown[]) => Promise<number>;
};

/** Does work in one transaction: all of it, or none when it throws. A connection on which anything
 * failed is not used again. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query("begin");
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

const sqlOn = (client: pg.ClientBase): Sql => ({
  async rows<Row extends object>(text: string, values: readonly unknown[] = []) {
    return (await client.query<Row>(text, [...values])).rows;
  },
  async run(text, values = []) {
    return (await client.query(text, [...values])).rowCount ?? 0;
  },
});
