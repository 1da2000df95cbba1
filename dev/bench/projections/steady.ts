import { setTimeout as sleep } from "node:timers/promises";
import { append, ensurePartitions } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import type { Database } from "~/platform/db.server";
import { SECOND, weekOf } from "~/platform/time";
import { chance } from "../../chance";
import { Histogram } from "../../load/histogram";
import { spread, whole, type Line } from "../ingest/table";
import { oneVisit } from "./journeys";

const TICK_MS = 100;
/** A shopper does something about every ten seconds. */
const SECONDS_BETWEEN = 10;

/** Writes events into the log at a rate, as shoppers who are all there at once would cause them, and
 * looks how long each takes from its commit into its tables.
 * @param about.rate events a second, of all shops together */
export async function foldSteadily(
  db: Database,
  about: { rate: number; seconds: number },
): Promise<Line[]> {
  await ensurePartitions(db, new Date());
  const shops = await db.shop.findMany({ select: { id: true } });
  const shoppers = shops.map(({ id }) => ({
    id,
    visits: shoppersOf(id, about.rate / shops.length),
  }));
  const waits = new Histogram();
  const watching: Promise<void>[] = [];
  const started = performance.now();
  let sent = 0;
  for (let tick = 1; tick <= (about.seconds * SECOND) / TICK_MS; tick++) {
    const due = Math.floor((about.rate * tick * TICK_MS) / SECOND) - sent;
    const { id, visits } = shoppers[tick % shoppers.length] ?? NOBODY;
    const events = Array.from({ length: due }, () => visits());
    await append(db, id, events);
    sent += events.length;
    const last = events.findLast(({ name }) => name === "page_viewed");
    if (last) watching.push(watch(db, { shopId: id, eventId: last.eventId }, waits));
    await sleep(Math.max(0, started + tick * TICK_MS - performance.now()));
  }
  const seconds = (performance.now() - started) / SECOND;
  await Promise.all(watching);
  return [
    ["steady: events a second", whole(sent / seconds)],
    ["steady: from commit to table", spread(waits)],
  ];
}

const NOBODY = {
  id: 0,
  visits: (): never => {
    throw new Error("there is no shop");
  },
};

/** The next event of a shop whose shoppers take turns. */
function shoppersOf(shopId: number, rate: number): () => LogEvent {
  const luck = chance(`shoppers of ${shopId}`);
  const count = Math.ceil(rate * SECONDS_BETWEEN);
  const visits: LogEvent[][] = Array.from({ length: count }, () => []);
  let turn = 0;
  return () => {
    const place = turn++ % count;
    const visit = visits[place]?.length
      ? visits[place]
      : oneVisit(luck, `steady-${shopId}-${luck.between(1, count * 20)}`, 0);
    visits[place] = visit.slice(1);
    const now = new Date();
    const [event] = visit;
    if (!event) throw new Error("a visit has no event");
    return { ...event, occurredAt: now, receivedAt: now, week: weekOf(now) };
  };
}

async function watch(
  db: Database,
  shopId_eventId: { shopId: number; eventId: string },
  waits: Histogram,
): Promise<void> {
  const since = performance.now();
  while (!(await db.pageView.findUnique({ where: { shopId_eventId }, select: { shopId: true } })))
    await sleep(20);
  waits.record(performance.now() - since);
}
