import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { access, chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { Misconfigured } from "./errors";
import { claimFolder, releaseFolder } from "./embedded-postgres-claim.server";
import { chooseHome, serverAccount, type Account } from "./embedded-postgres-home.server";
import { SECOND } from "./time";

const DATABASE = "pixelnova";
const START_LIMIT = 60 * SECOND;
const STOP_LIMIT = 20 * SECOND;

export type EmbeddedPostgres = {
  /** Connection string of the `pixelnova` database. */
  url: string;
  /** Where the data really is: the asked folder, or the system's where that one is out of reach. */
  home: string;
  stop: () => Promise<void>;
};

/** Starts a PostgreSQL of our own on loopback, on a free port unless `settings` name one, creating its data on first use.
 * @param folder holds the data, the password and the server's log; created if absent
 * @param settings server parameters on top of the defaults, for example `{ fsync: "off" }`
 * @throws {Misconfigured} the folder cannot be written or another process holds it */
export async function startEmbeddedPostgres(
  folder: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const account = serverAccount();
  const { home, binaries } = await chooseHome(path.resolve(folder), account);
  await makeFolder(home, account);
  await claimFolder(home);
  try {
    const password = await ensureCluster(home, binaries, account);
    const port = settings.port ? Number(settings.port) : await freePort();
    const server = launch({ home, binaries, account, port, settings });
    const url = (name: string) => addressOf(password, port, name);
    await untilReady(url("postgres"), server, home);
    await ensureDatabase(url("postgres"));
    return { url: url(DATABASE), home, stop: () => stop(server, home) };
  } catch (error) {
    await releaseFolder(home);
    throw error;
  }
}

/** Where the embedded PostgreSQL of a folder answers right now, for a second process to work on it;
 * undefined when it does not run. */
export async function runningPostgres(folder: string): Promise<string | undefined> {
  const { home } = await chooseHome(path.resolve(folder), serverAccount());
  const lock = await readFile(path.join(home, "data", "postmaster.pid"), "utf8").catch(() => "");
  const port = Number(lock.split("\n")[3]); // the lock's fourth line
  if (!port) return undefined;
  const password = await readFile(path.join(home, "password"), "utf8");
  const url = addressOf(password, port, DATABASE);
  return (await answers(url)) ? url : undefined;
}

const addressOf = (password: string, port: number, database: string) =>
  `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;

/** Deletes all data of the embedded PostgreSQL that belongs to a folder.
 * @throws {Misconfigured} a living process is using it */
export async function removeEmbeddedPostgres(folder: string): Promise<void> {
  const { home } = await chooseHome(path.resolve(folder), serverAccount());
  if (!(await exists(home))) return;
  await claimFolder(home);
  await rm(home, { recursive: true });
}

async function makeFolder(home: string, account: Account | undefined): Promise<void> {
  try {
    await mkdir(home, { recursive: true });
    if (account) await chown(home, account.uid, account.gid);
    const probe = path.join(home, "writable");
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new Misconfigured(
      `The database folder ${home} cannot be written (${error.code}). ` +
        "Make it writable for this user, or set DATA_FOLDER to a folder that is.",
    );
  }
}

const isDenied = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  "code" in error &&
  ["EACCES", "EPERM", "EROFS", "ENOTDIR"].includes(String(error.code));

/** Creates the cluster beside its final place, so that a run killed midway leaves nothing half-made. */
async function ensureCluster(
  home: string,
  binaries: string,
  account: Account | undefined,
): Promise<string> {
  const secret = path.join(home, "password");
  const data = path.join(home, "data");
  if (await exists(path.join(data, "PG_VERSION"))) return readFile(secret, "utf8");
  const draft = path.join(home, "data.new");
  await rm(draft, { recursive: true, force: true });
  await writeFile(secret, randomBytes(18).toString("base64url"), { mode: 0o600 });
  if (account) await chown(secret, account.uid, account.gid);
  run(path.join(binaries, "bin", "initdb"), account, [
    `--pgdata=${draft}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    `--pwfile=${secret}`,
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  ]);
  await rename(draft, data);
  await chmod(data, 0o700);
  return readFile(secret, "utf8");
}

function run(command: string, account: Account | undefined, options: string[]): void {
  try {
    execFileSync(command, options, { ...account, stdio: ["ignore", "ignore", "pipe"], cwd: "/" });
  } catch (error) {
    throw new Misconfigured(`${path.basename(command)} failed: ${String(error)}`);
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

type Launch = {
  home: string;
  binaries: string;
  account: Account | undefined;
  port: number;
  settings: Record<string, string>;
};

/** Detached, so that Ctrl-C in a terminal reaches us alone and we decide when the server stops. */
function launch({ home, binaries, account, port, settings }: Launch): ChildProcess {
  const output = openSync(path.join(home, "postgres.log"), "a");
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  const parameters = {
    ...{ listen_addresses: "127.0.0.1", unix_socket_directories: "" },
    ...{ shared_buffers: sharedBuffers(memory), ...settings },
  };
  const server = spawn(
    path.join(binaries, "bin", "postgres"),
    ["-D", path.join(home, "data"), "-p", String(port), ...flags(parameters)],
    { ...account, detached: true, stdio: ["ignore", output, output], cwd: "/" },
  );
  closeSync(output);
  server.unref();
  return server;
}

/** A quarter of the memory, as PostgreSQL's manual has it, and no more than all that is asked often fits into.
 * @param memory in bytes
 * @returns the setting shared_buffers */
export const sharedBuffers = (memory: number): string =>
  `${Math.min(2_048, Math.max(128, Math.floor(memory / 4 / 2 ** 20)))}MB`;

const flags = (parameters: Record<string, string>) =>
  Object.entries(parameters).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

async function untilReady(url: string, server: ChildProcess, home: string): Promise<void> {
  const deadline = Date.now() + START_LIMIT;
  while (!(await answers(url))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      const tail = (await readFile(path.join(home, "postgres.log"), "utf8")).split("\n").slice(-6);
      throw new Misconfigured(`PostgreSQL did not start; its log ends with:\n${tail.join("\n")}`);
    }
    await sleep(50);
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false; // not listening yet, or still starting up
  } finally {
    await client.end();
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = await client.query("select from pg_database where datname = $1", [DATABASE]);
  if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  await client.end();
}

async function stop(server: ChildProcess, home: string): Promise<void> {
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  if (server.exitCode === null && server.signalCode === null) {
    server.ref(); // from here on its end is worth waiting for
    server.kill("SIGINT"); // fast shutdown: sessions end, nothing committed is lost
    await Promise.race([
      gone,
      sleep(STOP_LIMIT, undefined, { ref: false }).then(() => server.kill("SIGKILL")),
    ]);
  }
  await releaseFolder(home);
}

/** Asks the system for a port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no TCP address was given");
  return address.port;
}
