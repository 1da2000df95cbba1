import { test as base } from "vitest";
import { openDatabase, type Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { cloneDatabase, PATIENCE } from "./server";

/** `test` with a `db` (and its `dbUrl`) that all tests of one file share and no other file sees. */
export const test = base.extend<{ $file: { dbUrl: string; db: Database } }>({
  dbUrl: [
    async ({}, use) => {
      const { url, drop } = await cloneDatabase();
      await use(url);
      await drop();
    },
    { scope: "file" },
  ],
  db: [
    async ({ dbUrl }, use) => {
      const db = openDatabase(dbUrl, createLog("silent"), PATIENCE);
      await use(db);
      await db.$disconnect();
    },
    { scope: "file" },
  ],
});
