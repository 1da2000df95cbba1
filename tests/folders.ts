import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder of its own that others may enter; gone when it goes out of scope. */
export async function temporaryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), "pixelnova-"));
  await chmod(folder, 0o755);
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
