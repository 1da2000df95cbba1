import pg from "pg";
import type { Log } from "~/platform/log.server";
import { SECOND } from "~/platform/time";

/** Slower than any write of a server that works; the connection is given up with it. */
const WRITE_LIMIT = 20 * SECOND;

/** Connections for writes to the log, and for nothing else: they never wait behind a page's query. */
export function openPool(connectionString: string, max: number, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 3_000,
    query_timeout: WRITE_LIMIT,
    application_name: "pixelnova ingest",
  });
  pool.on("error", (error) => log.warn({ reason: error.message }, "lost a connection for ingest"));
  // The pool hears of its idle connections alone; one in use that breaks would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** A connection on which anything failed is not used again: what it would answer next is unclear. */
export async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>) {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

/** Classes of SQLSTATE for a server that is not there, is full, or is going away. */
const AWAY_CLASSES = ["08", "53", "57", "58", "XX"];

/** What is neither the server's own word nor a bug of ours comes from the connection. */
export function isAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError)
    return AWAY_CLASSES.includes(error.code?.slice(0, 2) ?? "");
  return !(error instanceof TypeError || error instanceof RangeError);
}
