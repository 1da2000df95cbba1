import path from "node:path";
import { build } from "esbuild";

/** Bundles a `*.client.ts` file of the stand-in for a browser. */
export async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, file)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles.map(({ text }) => text).join("\n");
}
