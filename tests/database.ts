import { setTimeout as sleep } from "node:timers/promises";
import { test as base } from "vitest";
import { openDatabase, type Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { cloneDatabase, PATIENCE } from "./server";

/** A pool ends when its last connection is given back, which one that a test forgot never is. */
async function disconnect(db: Database): Promise<void> {
  const inUse = await Promise.race([db.$disconnect(), sleep(PATIENCE, "some", { ref: false })]);
  if (inUse) throw new Error(`connections are in use ${PATIENCE} ms after the last test`);
}

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
      await disconnect(db);
    },
    { scope: "file" },
  ],
});
