import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { Misconfigured } from "./errors";

/** Where the migrations lie: the process is started in the folder that holds package.json. */
const FOLDER = path.resolve("prisma", "migrations");

/** The migrations that this build knows, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Applies every migration that the database lacks, each in a transaction of its own, and writes them
 * down as Prisma's own tool does. Processes that start together take turns.
 * @returns the names of those that were applied
 * @throws {Misconfigured} a migration fails, or one was changed after it had been applied */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('pixelnova migrations'))");
    await client.query(HISTORY);
    const applied = await readHistory(client);
    const pending: string[] = [];
    for (const name of await migrationNames()) {
      const sql = await readFile(path.join(FOLDER, name, "migration.sql"), "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      if (!applied.has(name)) {
        await apply(client, { name, sql, checksum });
        pending.push(name);
      } else if (applied.get(name) !== checksum)
        throw new Misconfigured(
          `Migration ${name} was changed after this database had applied it.`,
        );
    }
    return pending;
  } finally {
    await client.end(); // and with it the lock
  }
}

const HISTORY = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
    migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
    started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

async function readHistory(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from _prisma_migrations
     where finished_at is not null and rolled_back_at is null`,
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

type Migration = { name: string; sql: string; checksum: string };

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Misconfigured(`Migration ${name} failed: ${String(error)}`);
  }
}
