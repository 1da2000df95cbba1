import { randomUUID } from "node:crypto";
import pg from "pg";

export const TEMPLATE = "pixelnova_template";

/** The test server's connection string for one of its databases. */
export function databaseUrl(name: string): string {
  const server = process.env.TEST_DATABASE_SERVER;
  if (!server) throw new Error("TEST_DATABASE_SERVER is not set: run the tests through Vitest");
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

export async function onServer(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl("postgres") });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A migrated database of its own: cloned from the template, dropped by the returned function. */
export async function cloneDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(`create database ${name} template ${TEMPLATE}`);
  return { url: databaseUrl(name), drop: () => onServer(`drop database ${name} with (force)`) };
}
