/** How fast events become facts, by one worker with PostgreSQL beside it: `npm run bench:projections`.
 * `--events N` a backlog of so many, `--parts N` filled and folded in so many parts; `--rate N` events a
 * second for `--seconds N` afterwards, by a worker of its own. */
import { parseArgs } from "node:util";
import { openDatabase } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { buildIfStale } from "../../build";
import { LoadApp } from "../../load/app";
import { watchMemory } from "../../load/processes";
import { startWorld } from "../../load/world";
import { megabytes, printTable, type Line } from "../ingest/table";
import { foldInParts } from "./backlog";
import { foldSteadily } from "./steady";

const DEFAULTS = { events: 100_000, parts: 1, rate: 1_000, seconds: 30 };
type Option = keyof typeof DEFAULTS;

const { values } = parseArgs({
  options: Object.fromEntries(
    Object.keys(DEFAULTS).map((name) => [name, { type: "string" as const }]),
  ),
});

function numberOf(name: Option): number {
  const value = Number(values[name] ?? DEFAULTS[name]);
  if (value >= 0) return value;
  throw new TypeError(`--${name} wants a number from 0, got "${String(values[name])}"`);
}

await buildIfStale();
const world = await startWorld({ environment: { ROLE: "web" } });
const db = openDatabase(world.database.url, createLog("error"));
try {
  const lines: Line[] = await foldInParts(db, {
    ...{ events: numberOf("events"), parts: numberOf("parts") },
    database: { url: world.database.url, pid: await world.database.pid() },
  });
  if (numberOf("rate") > 0) {
    const worker = await LoadApp.start({ DATABASE_URL: world.database.url, ROLE: "all" });
    const memory = watchMemory(worker.pid);
    lines.push(
      ...(await foldSteadily(db, { rate: numberOf("rate"), seconds: numberOf("seconds") })),
    );
    lines.push(["steady: most memory of the worker", megabytes(memory())]);
    await worker.stop();
  }
  printTable(lines);
} finally {
  await db.$disconnect();
  await world.end();
}
