import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "@prisma/client";
import type { Log } from "./log.server";

/** A connection, or a transaction on one: what every query function takes first. */
export type Db = PrismaClient | Prisma.TransactionClient;
/** The client itself, which can open transactions. */
export type Database = PrismaClient;

/** Opens a pool of connections; nothing is connected until the first query. */
export function openDatabase(connectionString: string, log: Log): Database {
  const adapter = new PrismaPg(
    { connectionString, max: 10, connectionTimeoutMillis: 3_000 },
    {
      // A stopped server ends idle connections with an error event; unheard, it would end us too.
      onPoolError: (error) =>
        log.warn({ reason: error.message }, "lost an idle database connection"),
      onConnectionError: (error) =>
        log.warn({ reason: error.message }, "lost a database connection"),
    },
  );
  return new PrismaClient({ adapter });
}
