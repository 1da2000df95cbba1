import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { chmod, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { WorldOptions } from "../../dev/load/world";

const MEGABYTES = 192;
const BLOCK = Buffer.alloc(1 << 20);

export type SmallDisk = {
  folder: string;
  unmount: () => void;
};

/** A small disk of its own, as root may have one; or why there is none. */
export async function mountSmallDisk(): Promise<SmallDisk | { reason: string }> {
  if (process.platform !== "linux") return { reason: "tmpfs is Linux's" };
  if (process.getuid?.() !== 0) return { reason: "only root may mount a small disk" };
  const folder = mkdtempSync(path.join(tmpdir(), "pixelnova-disk-"));
  try {
    const options = ["-t", "tmpfs", "-o", `size=${MEGABYTES}m`, "tmpfs", folder];
    execFileSync("mount", options, { stdio: "pipe" });
  } catch (error) {
    rmdirSync(folder);
    return { reason: `mount is refused: ${String(error)}` };
  }
  await chmod(folder, 0o755);
  const unmount = () => {
    execFileSync("umount", [folder]);
    rmdirSync(folder);
  };
  return { folder, unmount };
}

/** Puts a world's tables on the small disk; what the database writes ahead of them stays where it is. */
export const tablesOn = (disk: SmallDisk): NonNullable<WorldOptions["beforeApp"]> =>
  async function place(query, { home }) {
    const folder = path.join(disk.folder, "tables");
    mkdirSync(folder, { mode: 0o700 });
    const { uid, gid } = statSync(path.join(home, "data"));
    chownSync(folder, uid, gid);
    await query(`create tablespace small location '${folder}'`);
    await query("alter database pixelnova set default_tablespace = small");
  };

/** Fills a disk to its last byte; the returned function makes room again. */
export async function fill({ folder }: SmallDisk): Promise<() => Promise<void>> {
  const file = path.join(folder, "filler");
  const filler = await open(file, "w");
  try {
    for (;;) await filler.write(BLOCK);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    await filler.close();
  }
  return () => rm(file);
}
