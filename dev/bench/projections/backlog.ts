import { setTimeout as sleep } from "node:timers/promises";
import { append, ensurePartitions } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import type { Database } from "~/platform/db.server";
import { SECOND } from "~/platform/time";
import { groupsBehind } from "~/projections/claims.server";
import { foldBacklog } from "~/projections/status.server";
import { LoadApp } from "../../load/app";
import { cpuOf, watchMemory } from "../../load/processes";
import { megabytes, whole, type Line } from "../ingest/table";
import { journeys } from "./journeys";

const AT_ONCE = 5_000;
const LOOK_MS = 300;

/** What folding a part of the log took. */
type Part = { events: number; seconds: number; workerUs: number; databaseUs: number };
type Backlog = { events: number; parts: number; database: { url: string; pid: number } };

/** Fills the log in parts and lets one worker, in a process of its own, fold each: what an event costs as
 * the log grows. */
export async function foldInParts(
  db: Database,
  { events, parts, database }: Backlog,
): Promise<Line[]> {
  const shops = await db.shop.findMany({ select: { id: true } });
  await ensurePartitions(db, new Date());
  const done: Part[] = [];
  const memory: number[] = [];
  for (let part = 0; part < parts; part++) {
    await fill(db, shops, { count: events / parts, seed: `part-${part}` });
    const worker = await LoadApp.start({ DATABASE_URL: database.url, ROLE: "all" });
    const most = watchMemory(worker.pid);
    done.push(await watchFolding(db, { worker: worker.pid, database: database.pid }));
    memory.push(most());
    await worker.stop();
  }
  return [...linesOf(done), ["most memory of the worker", megabytes(Math.max(...memory))]];
}

async function fill(
  db: Database,
  shops: readonly { id: number }[],
  about: { count: number; seed: string },
): Promise<number> {
  let filled = 0;
  let waiting: LogEvent[] = [];
  const write = async () => {
    const shopId = shops[Math.floor(filled / AT_ONCE) % shops.length]?.id ?? 0;
    filled += await append(db, shopId, waiting);
    waiting = [];
  };
  for (const visit of journeys({ ...about, now: new Date() })) {
    waiting.push(...visit);
    if (waiting.length >= AT_ONCE) await write();
  }
  if (waiting.length > 0) await write();
  return filled;
}

/** Measures from now on, when the worker has begun, to when nothing is left. */
async function watchFolding(
  db: Database,
  pids: { worker: number; database: number },
): Promise<Part> {
  const look = async () => ({
    at: performance.now(),
    worker: await cpuOf(pids.worker),
    database: await cpuOf(pids.database),
  });
  const events = await foldBacklog(db);
  const first = await look();
  while ((await groupsBehind(db.pool)).length > 0) await sleep(LOOK_MS);
  const now = await look();
  return {
    events,
    seconds: (now.at - first.at) / SECOND,
    workerUs: (now.worker - first.worker) / events,
    databaseUs: (now.database - first.database) / events,
  };
}

function linesOf(parts: readonly Part[]): Line[] {
  const events = sum(parts.map((part) => part.events));
  const mean = (of: (part: Part) => number) => sum(parts.map((p) => of(p) * p.events)) / events;
  const growth = parts.map(
    ({ workerUs, databaseUs }) => `${Math.round(workerUs)} + ${Math.round(databaseUs)}`,
  );
  return [
    ["events folded from a backlog", whole(events)],
    ["events a second", whole(events / sum(parts.map(({ seconds }) => seconds)))],
    [
      "CPU µs an event",
      `worker ${mean((p) => p.workerUs).toFixed(1)}, database ${mean((p) => p.databaseUs).toFixed(1)}`,
    ],
    ["the same, part by part as the log grows", growth.join(", ")],
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
