import { append, ensurePartitions } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import type { Database } from "~/platform/db.server";
import { catchUp } from "~/projections/worker.server";
import { cpuOf } from "../../load/processes";
import { megabytes, whole, type Line } from "../ingest/table";
import { journeys } from "./journeys";

const AT_ONCE = 5_000;

/** What folding a part of the log took. */
type Part = { events: number; seconds: number; workerUs: number; databaseUs: number };

/** Fills the log in parts and lets one worker fold each: what an event costs as the log grows. */
export async function foldBacklog(
  db: Database,
  { events, parts, database }: { events: number; parts: number; database: number },
): Promise<Line[]> {
  const shops = await db.shop.findMany({ select: { id: true } });
  await ensurePartitions(db, new Date());
  const done: Part[] = [];
  let memory = 0;
  for (let part = 0; part < parts; part++) {
    const filled = await fill(db, shops, { count: events / parts, seed: `part-${part}` });
    done.push(await foldPart(db, filled, database));
    memory = Math.max(memory, process.memoryUsage.rss());
  }
  return [...linesOf(done), ["memory of the worker", megabytes(memory)]];
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

async function foldPart(db: Database, events: number, database: number): Promise<Part> {
  const before = { own: process.cpuUsage(), database: await cpuOf(database) };
  const started = performance.now();
  await catchUp(db);
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before.own);
  const databaseUs = (await cpuOf(database)) - before.database;
  return { events, seconds, workerUs: (user + system) / events, databaseUs: databaseUs / events };
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
