import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@prisma/client";
import pg from "pg";
import { Unavailable } from "./errors";
import type { Log } from "./log.server";
import { SECOND } from "./time";

/** A connection, or a transaction on one: what query functions take first that may be part of one. */
export type Db = PrismaClient | Prisma.TransactionClient;
/** The client itself, which can open transactions, and the pool that its connections come from. */
export class Database extends PrismaClient {
  constructor(
    readonly pool: pg.Pool,
    log: Log,
  ) {
    const adapter = new PrismaPg(pool, {
      disposeExternalPool: true,
      onConnectionError: (error) =>
        log.warn({ reason: error.message }, "lost a database connection"),
    });
    super({ adapter });
  }
}

/** Opens a pool of connections; nothing is connected until the first query.
 * @param waitMs how long a query waits for a connection before it fails */
export function openDatabase(
  connectionString: string,
  log: Log,
  waitMs: number = 3 * SECOND,
): Database {
  const pool = new pg.Pool({
    connectionString,
    // The adapter sends dates without an offset, so the session's zone must be the one they are in.
    // Statements are short: compiling one would cost more than running it.
    options: "-c TimeZone=UTC -c jit=off",
    max: 10,
    connectionTimeoutMillis: waitMs,
  });
  // A stopped server ends idle connections with an error event; unheard, it would end us too.
  pool.on("error", (error) =>
    log.warn({ reason: error.message }, "lost an idle database connection"),
  );
  // The pool hears of its idle connections alone; one in use that breaks would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return new Database(pool, log);
}

/** Codes of Prisma for a server that cannot be reached, is full, or went away in mid-query. */
const UNREACHABLE = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2037"]);

/** Runs database work; a database that cannot be reached becomes an expected failure.
 * @throws {Unavailable} */
export async function whenReachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUnreachable(error)) throw new Unavailable("the database cannot be reached right now");
    throw error;
  }
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return UNREACHABLE.has(error.code);
}
