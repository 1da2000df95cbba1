import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { closedFolder } from "~/platform/embedded-postgres-home.server";
import {
  removeEmbeddedPostgres,
  sharedBuffers,
  startEmbeddedPostgres,
} from "~/platform/embedded-postgres.server";
import { temporaryFolder } from "../folders";

const PROGRAM = new URL("./holds-a-database.ts", import.meta.url).pathname;

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ answer: unknown }>(question);
  await client.end();
  return rows[0]?.answer;
}

/** Another process that holds a database in the folder, and has told us that it is up. */
async function holder(folder: string) {
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const kill = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { pid: child.pid, kill };
}

test.each([
  { gigabytes: 0.25, taken: "128MB" },
  { gigabytes: 4, taken: "1024MB" },
  { gigabytes: 64, taken: "2048MB" },
])("of $gigabytes GB $taken are for buffers", ({ gigabytes, taken }) => {
  expect(sharedBuffers(gigabytes * 2 ** 30)).toBe(taken);
});

test("data outlives a stop and a start", async () => {
  await using folder = await temporaryFolder();
  const first = await startEmbeddedPostgres(folder.path);
  await ask(first.url, "create table kept as select 7 as answer");
  await first.stop();

  const second = await startEmbeddedPostgres(folder.path);

  expect(await ask(second.url, "select answer from kept")).toBe(7);
  expect(await ask(second.url, "select current_setting('server_version_num') as answer")).toMatch(
    /^18/,
  );
  await second.stop();
});

test("a server that a killed process left running is taken over", async () => {
  await using folder = await temporaryFolder();
  const { kill } = await holder(folder.path);
  await kill();

  const next = await startEmbeddedPostgres(folder.path);

  expect(await ask(next.url, "select 1 as answer")).toBe(1);
  await next.stop();
});

test("a lock whose server is gone, its number now another process's, is cleared", async () => {
  await using folder = await temporaryFolder();
  await (await startEmbeddedPostgres(folder.path)).stop();
  const lock = path.join(folder.path, "data", "postmaster.pid");
  await writeFile(lock, `${process.pid}\n${path.dirname(lock)}\n`);

  const next = await startEmbeddedPostgres(folder.path);

  expect(await ask(next.url, "select 1 as answer")).toBe(1);
  await next.stop();
});

test("a folder that a living process holds is refused, by that process's number", async () => {
  await using folder = await temporaryFolder();
  const { pid, kill } = await holder(folder.path);

  await expect(startEmbeddedPostgres(folder.path)).rejects.toThrow(`in use by process ${pid}`);
  await expect(removeEmbeddedPostgres(folder.path)).rejects.toThrow(`in use by process ${pid}`);

  await kill();
  await removeEmbeddedPostgres(folder.path);
  await expect(stat(path.join(folder.path, "data"))).rejects.toThrow("ENOENT");
});

test("a creation that was cut short is begun anew", async () => {
  await using folder = await temporaryFolder();
  await mkdir(path.join(folder.path, "data.new"));
  await writeFile(path.join(folder.path, "data.new", "half"), "made");

  const server = await startEmbeddedPostgres(folder.path);

  expect(await ask(server.url, "select 1 as answer")).toBe(1);
  await server.stop();
});

describe("a folder that is closed to other users", () => {
  test("is recognised on the way to a place below it", async () => {
    await using folder = await temporaryFolder();
    await chmod(folder.path, 0o700);

    expect(await closedFolder(path.join(folder.path, "a", "b"))).toBe(folder.path);
    expect(await closedFolder("/")).toBeUndefined();
  });

  test.runIf(process.getuid?.() === 0)(
    "is left for the system's place when we are root",
    async () => {
      await using folder = await temporaryFolder();
      await chmod(folder.path, 0o700);
      const asked = path.join(folder.path, "postgres");

      const server = await startEmbeddedPostgres(asked);

      expect(server.home).not.toBe(asked);
      expect(await ask(server.url, "select 1 as answer")).toBe(1);
      await server.stop();
      await removeEmbeddedPostgres(asked);
      await expect(stat(server.home)).rejects.toThrow("ENOENT");
    },
  );
});

test("a folder that cannot be written is named, and nothing is left running", async () => {
  await using folder = await temporaryFolder();
  const inTheWay = path.join(folder.path, "file");
  await writeFile(inTheWay, "not a folder");

  await expect(startEmbeddedPostgres(path.join(inTheWay, "postgres"))).rejects.toThrow(
    /database folder .*file\/postgres cannot be written/,
  );
  expect(await readFile(inTheWay, "utf8")).toBe("not a folder");
  await rm(inTheWay);
});
