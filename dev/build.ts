import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { buildPixel } from "./build-pixel";
import { buildTracker } from "./build-tracker";

const SOURCES = [
  "app",
  "extensions",
  "prisma",
  "public",
  "package-lock.json",
  "vite.config.ts",
  "dev/build.ts",
  "dev/build-pixel.ts",
  "dev/build-tracker.ts",
];
const STAMP = "build/.sources";

/** Builds everything that production runs: the pixel, the tracker, the pages, the process and its commands. */
export async function buildAll(): Promise<void> {
  rmSync("build", { recursive: true, force: true });
  execFileSync(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    stdio: "pipe",
  });
  await buildPixel();
  await buildTracker();
  execFileSync(process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  await buildProcess();
  writeFileSync(STAMP, fingerprint());
}

/** Builds only if a source has changed since the last build. */
export async function buildIfStale(): Promise<void> {
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === fingerprint()) return;
  console.log("Building …");
  await buildAll();
}

/** The process and its commands, with packages left where npm put them. */
const buildProcess = () =>
  build({
    entryPoints: {
      main: "app/main.ts",
      "commands/backfill": "app/commands/backfill.ts",
      "commands/check-event": "app/commands/check-event.ts",
      "commands/import": "app/commands/import.ts",
      "commands/projections": "app/commands/projections.ts",
      "commands/rotate-keys": "app/commands/rotate-keys.ts",
      "commands/trace": "app/commands/trace.ts",
    },
    outdir: "build",
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });

function fingerprint(): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of SOURCES.flatMap(filesIn)) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

function filesIn(place: string): string[] {
  if (!existsSync(place)) return [];
  if (statSync(place).isDirectory())
    return readdirSync(place, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !file.includes(`${path.sep}dist${path.sep}`))
      .sort();
  return [place];
}

if (process.argv[1]?.endsWith("build.ts")) await buildAll();
