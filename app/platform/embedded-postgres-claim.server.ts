import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Misconfigured } from "./errors";
import { SECOND } from "./time";

/** A process by number and start, so that a number used again is not taken for the one before. */
type Owner = { pid: number; started: string };

/** A process that is being replaced may need this long to let go. */
const STOPPING_LIMIT = 5 * SECOND;

const ownerFile = (home: string) => path.join(home, "owner.json");
const lockFile = (home: string) => path.join(home, "data", "postmaster.pid");

/** Makes this process the folder's owner. A server that a killed run left behind is stopped first.
 * @throws {Misconfigured} another living process owns the folder */
export async function claimFolder(home: string): Promise<void> {
  const owner = await otherOwner(home);
  if (owner)
    throw new Misconfigured(
      `The database folder ${home} is in use by process ${owner.pid}. ` +
        "Stop that one, or set DATA_FOLDER to another folder.",
    );
  await stopOrphan(home);
  const self: Owner = { pid: process.pid, started: (await startOf(process.pid)) ?? "" };
  await writeFile(ownerFile(home), JSON.stringify(self));
}

/** The living process that owns the folder, if one still does after the time that stopping takes. */
async function otherOwner(home: string): Promise<Owner | undefined> {
  const deadline = Date.now() + STOPPING_LIMIT;
  for (;;) {
    const owner = await readOwner(home);
    const isAlive =
      owner && owner.pid !== process.pid && (await startOf(owner.pid)) === owner.started;
    if (!isAlive) return undefined;
    if (Date.now() > deadline) return owner;
    await sleep(100);
  }
}

export const releaseFolder = (home: string) => rm(ownerFile(home), { force: true });

async function readOwner(home: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(ownerFile(home), "utf8")) as Owner;
  } catch {
    return undefined; // never owned, or written only in part by a killed run
  }
}

/** When a living process started, in a form that only compares; undefined when there is none. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return undefined;
  }
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

/** Ends a server whose owner is gone, and clears a lock whose server is gone. */
async function stopOrphan(home: string): Promise<void> {
  const lock = await readFile(lockFile(home), "utf8").catch(() => undefined);
  if (lock === undefined) return;
  const pid = Number(lock.split("\n")[0]);
  if (await isServerOf(home, pid)) {
    process.kill(pid, "SIGINT");
    const deadline = Date.now() + 30 * SECOND;
    while ((await startOf(pid)) !== undefined) {
      if (Date.now() > deadline)
        throw new Misconfigured(
          `PostgreSQL process ${pid}, left by a killed run, does not stop: end it by hand.`,
        );
      await sleep(50);
    }
  }
  await rm(lockFile(home), { force: true });
}

async function isServerOf(home: string, pid: number): Promise<boolean> {
  if ((await startOf(pid)) === undefined) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  // Without /proc there is no telling; the number in a lock is then believed.
  return command === undefined || command.includes(path.join(home, "data"));
}
