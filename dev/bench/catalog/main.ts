/** What the catalogue costs, with PostgreSQL beside it: `npm run bench:catalog`. A file for each part.
 * `--variants 10000,100000` of what sizes; `--parts sync` only some parts. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Database } from "~/platform/db.server";
import { openDatabase } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { migrate } from "~/platform/migrate.server";
import { LoadDatabase } from "../../load/database";
import { printTable, type Line } from "../ingest/table";
import { measureMatching } from "./matching";
import { pagesPart } from "./pages";
import { measureSync } from "./sync";

type About = { variants: number; folder: string; databasePid: number };
type Part = (db: Database, about: About) => Promise<Line[]>;
const PARTS: Readonly<Record<string, Part>> = {
  sync: measureSync,
  pages: pagesPart(),
  matching: measureMatching,
};

const { values } = parseArgs({
  options: {
    variants: { type: "string", default: "10000,100000" },
    parts: { type: "string", default: Object.keys(PARTS).join(",") },
  },
});
const sizes = values.variants.split(",").map(Number);
const parts = values.parts.split(",").map((name) => {
  const part = PARTS[name];
  if (part) return part;
  throw new TypeError(`--parts wants some of ${Object.keys(PARTS).join(", ")}, got "${name}"`);
});

const folder = await mkdtemp(path.join(tmpdir(), "pixelnova-catalog-"));
await chmod(folder, 0o755); // the database may run as a user of its own
const database = await LoadDatabase.start(path.join(folder, "postgres"));
await migrate(database.url);
const db = openDatabase(database.url, createLog("error"));
try {
  const lines: Line[] = [];
  const databasePid = await database.pid();
  for (const variants of sizes)
    for (const part of parts) lines.push(...(await part(db, { variants, folder, databasePid })));
  printTable(lines);
} finally {
  await db.$disconnect();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
