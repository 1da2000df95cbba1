import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const PIXEL = fileURLToPath(new URL("../extensions/pixel", import.meta.url));

/** Bundles the web pixel as Shopify's CLI does when it deploys the extension.
 * @returns the file written and its size in bytes, as it is and gzipped */
export async function buildPixel(
  outFile = path.join(PIXEL, "dist/pixel.js"),
): Promise<{ file: string; bytes: number; gzipped: number }> {
  await build({
    stdin: { contents: `import "./src/index.ts";`, resolveDir: PIXEL, loader: "ts" },
    outfile: outFile,
    bundle: true,
    format: "iife",
    target: "es6",
    minify: true,
    legalComments: "none",
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    logLevel: "warning",
  });
  const code = await readFile(outFile);
  return { file: outFile, bytes: code.byteLength, gzipped: gzipSync(code).byteLength };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { file, bytes, gzipped } = await buildPixel();
  console.log(`${path.relative(process.cwd(), file)}: ${bytes} bytes, ${gzipped} gzipped`);
}
