import { randomUUID } from "node:crypto";
import pg from "pg";

export const TEMPLATE = "pixelnova_template";

/** How long a test waits for a connection, in milliseconds: all tests at once keep a machine busy. */
export const PATIENCE = 30_000;

/** The test server's connection string for one of its databases. */
export function databaseUrl(name: string): string {
  const server = process.env.TEST_DATABASE_SERVER;
  if (!server) throw new Error("TEST_DATABASE_SERVER is not set: run the tests through Vitest");
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

export const onServer = (...statements: string[]) => onDatabase("postgres", statements);

async function onDatabase(name: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(name) });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

type Throwaway = { url: string; drop: () => Promise<void> };

async function createDatabase(origin: string): Promise<Throwaway & { name: string }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(`create database ${name} template ${origin}`);
  return {
    name,
    url: databaseUrl(name),
    drop: () => onServer(`drop database ${name} with (force)`),
  };
}

/** A migrated database of its own: cloned from the template, dropped by the returned function. */
export const cloneDatabase = (): Promise<Throwaway> => createDatabase(TEMPLATE);

/** A database that holds nothing but what the statements make. */
export async function emptyDatabase(...statements: string[]): Promise<Throwaway> {
  const database = await createDatabase("template0");
  await onDatabase(database.name, statements);
  return database;
}
