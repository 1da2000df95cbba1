import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "vitest";
import { migrate } from "~/platform/migrate.server";
import { pendingMigrations, readiness } from "~/platform/readiness.server";
import { ensurePartitions } from "~/events/log.server";
import { openDatabase, type Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { test } from "../database";
import { databaseUrl, emptyDatabase } from "../server";

/** What a table is to Prisma: its columns and what is unique in it. */
const shapeOf = (db: Database) => db.$queryRaw<{ table: string; part: string }[]>`
  select c.relname as "table", concat_ws(' ', attname, format_type(atttypid, atttypmod),
         case when attnotnull then 'not null' end) as part
  from pg_class c join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and not c.relispartition and c.relname <> '_prisma_migrations'
  union all
  select c.relname, replace(pg_get_indexdef(indexrelid), 'ON ONLY', 'ON')
  from pg_index join pg_class c on c.oid = indrelid
  where c.relnamespace = 'public'::regnamespace and not c.relispartition
    and c.relname <> '_prisma_migrations' and indexprs is null and indpred is null
  order by 1, 2`;

test("migrations and schema.prisma describe the same database", async ({ db }) => {
  const { stdout: schemaSql } = await promisify(execFile)(
    process.execPath,
    ["node_modules/prisma/build/index.js", "migrate", "diff", "--from-empty", "--script"].concat([
      "--to-schema-datamodel",
      "prisma/schema.prisma",
    ]),
    { env: { ...process.env, DATABASE_URL: databaseUrl("postgres") } },
  );
  const other = await emptyDatabase("create sequence pixel_events_position", schemaSql);
  const made = openDatabase(other.url, createLog("silent"));

  expect(await shapeOf(db)).toEqual(await shapeOf(made));
  await made.$disconnect();
  await other.drop();
});

test("migrating again changes nothing", async ({ db, dbUrl }) => {
  expect(await migrate(dbUrl)).toEqual([]);
  expect(await pendingMigrations(db)).toEqual([]);
});

test("a migration that was changed after it had been applied is refused by name", async ({
  db,
  dbUrl,
}) => {
  await db.$executeRaw`update _prisma_migrations set checksum = 'other'`;

  await expect(migrate(dbUrl)).rejects.toThrow(/20261121000000_init was changed/);
});

test("a database is ready once it is migrated and the log has a place for next week", async ({
  db,
}) => {
  expect(await readiness(db)).toEqual({ ready: false, missing: "a log partition for next week" });

  await ensurePartitions(db, new Date());

  expect(await readiness(db)).toEqual({ ready: true });
});

test("a database that lacks a migration, or cannot be reached, is not ready", async ({ db }) => {
  await db.$executeRaw`delete from _prisma_migrations`;
  expect(await readiness(db)).toMatchObject({
    ready: false,
    missing: expect.stringContaining("_init"),
  });

  const nowhere = openDatabase("postgresql://postgres@127.0.0.1:1/none", createLog("silent"));
  expect(await readiness(nowhere)).toMatchObject({
    ready: false,
    missing: expect.stringContaining("database"),
  });
});

test("every table that belongs to a shop leads its primary key with shop_id", async ({ db }) => {
  const tables = await db.$queryRaw<{ table: string; first: string; belongs: boolean }[]>`
    select c.relname as "table",
           (select attname from pg_attribute where attrelid = c.oid and attnum = i.indkey[0]) as first,
           exists (select from pg_attribute where attrelid = c.oid and attname = 'shop_id') as belongs
    from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;

  const ownKey = tables.filter(({ belongs }) => !belongs).map(({ table }) => table);
  expect(ownKey.sort()).toEqual(["_prisma_migrations", "projection_checkpoints", "shops"]);
  expect(tables.filter(({ belongs, first }) => belongs && first !== "shop_id")).toEqual([]);
  expect(tables.length).toBeGreaterThan(ownKey.length);
});
