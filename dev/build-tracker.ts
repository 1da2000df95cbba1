import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const EXTENSIONS = fileURLToPath(new URL("../extensions", import.meta.url));

/** Bundles the tracker into the theme extension's assets, which are deployed as they lie there.
 * @returns the file written and its size in bytes, as it is and gzipped */
export async function buildTracker(
  outFile = path.join(EXTENSIONS, "storefront/assets/tracker.js"),
): Promise<{ file: string; bytes: number; gzipped: number }> {
  await build({
    entryPoints: [path.join(EXTENSIONS, "tracker/tracker.ts")],
    outfile: outFile,
    bundle: true,
    format: "iife",
    target: "es2021",
    minify: true,
    legalComments: "none",
    tsconfigRaw: "{}", // without "use strict", which a browser's script has no use for
    logLevel: "warning",
  });
  const code = await readFile(outFile);
  return { file: outFile, bytes: code.byteLength, gzipped: gzipSync(code).byteLength };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { file, bytes, gzipped } = await buildTracker();
  console.log(`${path.relative(process.cwd(), file)}: ${bytes} bytes, ${gzipped} gzipped`);
}
