import { parseArgs } from "node:util";
import { append, ensurePartitions } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import { openDatabase, type Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { catchUp } from "~/projections/worker.server";
import { buildIfStale } from "../../build";
import { cpuOf, watchMemory } from "../../load/processes";
import { startWorld } from "../../load/world";
import { megabytes, printTable, whole } from "../ingest/table";
import { journeys } from "./journeys";

/** How fast a backlog is folded, by one worker with PostgreSQL beside it. */
const SHOPS = 20;
const AT_ONCE = 5_000;

const { values } = parseArgs({ options: { events: { type: "string", default: "100000" } } });
const wanted = Number(values.events);
if (!(wanted > 0)) throw new TypeError(`--events wants a number above 0, got "${values.events}"`);

async function fill(db: Database, shopIds: readonly number[]): Promise<number> {
  await ensurePartitions(db, new Date());
  let filled = 0;
  let waiting: LogEvent[] = [];
  const write = async () => {
    const shopId = shopIds[Math.floor(filled / AT_ONCE) % shopIds.length] ?? 0;
    filled += await append(db, shopId, waiting);
    waiting = [];
  };
  for (const visit of journeys(wanted, new Date(), "projections")) {
    waiting.push(...visit);
    if (waiting.length >= AT_ONCE) await write();
  }
  if (waiting.length > 0) await write();
  return filled;
}

await buildIfStale();
const world = await startWorld({ environment: { ROLE: "web" } });
const db = openDatabase(world.database.url, createLog("error"));
try {
  const shops = await db.shop.findMany({ select: { id: true }, take: SHOPS });
  const events = await fill(
    db,
    shops.map(({ id }) => id),
  );
  const database = await world.database.pid();
  const before = { own: process.cpuUsage(), database: await cpuOf(database) };
  const memory = watchMemory(process.pid);
  const started = performance.now();
  await catchUp(db);
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before.own);
  printTable([
    ["events folded from a backlog", `${whole(events)} in ${seconds.toFixed(1)} s`],
    ["events a second", whole(events / seconds)],
    [
      "CPU µs an event",
      `worker ${((user + system) / events).toFixed(1)}, database ${(((await cpuOf(database)) - before.database) / events).toFixed(1)}`,
    ],
    ["most memory of the worker", megabytes(memory())],
    ["sessions", whole(await db.session.count())],
  ]);
} finally {
  await db.$disconnect();
  await world.end();
}
