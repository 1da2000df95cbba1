import type { Db } from "./db.server";
import { migrationNames } from "./migrate.server";

/** Whether the process can do its work, and if not, what is missing. */
export type Readiness = { ready: true } | { ready: false; missing: string };

/** The database answers, every migration is applied, and next week's events have a place. */
export async function readiness(db: Db): Promise<Readiness> {
  try {
    const pending = await pendingMigrations(db);
    if (pending.length > 0) return { ready: false, missing: `migrations: ${pending.join(", ")}` };
    const [log] = await db.$queryRaw<{ open: boolean }[]>`
      select to_regclass('pixel_events_' || to_char(date_trunc('week', now() + interval '7 days'), 'YYYYMMDD'))
             is not null as open`;
    return log?.open ? { ready: true } : { ready: false, missing: "a log partition for next week" };
  } catch (error) {
    return {
      ready: false,
      missing: `the database: ${error instanceof Error ? error.name : "unknown"}`,
    };
  }
}

/** The migrations of this build that the database has not finished. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const [table] = await db.$queryRaw<{ exists: boolean }[]>`
    select to_regclass('_prisma_migrations') is not null as exists`;
  if (!table?.exists) return migrationNames();
  const applied = await db.$queryRaw<{ name: string }[]>`
    select migration_name as name from _prisma_migrations
    where finished_at is not null and rolled_back_at is null`;
  const names = new Set(applied.map(({ name }) => name));
  return (await migrationNames()).filter((name) => !names.has(name));
}
