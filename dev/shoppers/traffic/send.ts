import { setTimeout as sleep } from "node:timers/promises";
import type { Visit, VisitEvent } from "../model";
import { knockAt, network, type NetworkOptions, type Send } from "./network";

export type TrafficOptions = {
  endpoint: string;
  key: string;
  /** How many browsers send at once. */
  concurrency?: number;
  network?: NetworkOptions;
  /** After how many failures in a row a browser goes away with what it still has. */
  tries?: number;
  /** In place of a request to the endpoint. */
  send?: Send;
};

export type TrafficReport = {
  requests: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** Events whose browser tried again and again, and went away. */
  givenUp: number;
};

const BATCH_EVENTS = 25;
const BATCH_BYTES = 30 * 1024;
const TRIES = 8;
const FIRST_WAIT_MS = 20;

/** Sends what the pixel would have sent of some visits, as it would: by browser and in order, in
 * batches, again after a failure, with the browser's own clock. Visits of the last seven days can be
 * sent at once: the app puts wrong clocks right by the time of sending.
 *
 * An event that nobody could deliver becomes `lost` in the visit: the truth is what happened.
 * @throws {Error} the app refuses a batch as a whole */
export async function sendVisits(
  visits: readonly Visit[],
  {
    endpoint,
    key,
    concurrency = 4,
    network: way = {},
    tries = TRIES,
    send = knockAt(endpoint),
  }: TrafficOptions,
): Promise<TrafficReport> {
  const report = { requests: 0, accepted: 0, duplicate: 0, rejected: 0, givenUp: 0 };
  const count: Send = async (body) => {
    const answered = await send(body);
    report.requests++;
    report.accepted += answered?.answer?.accepted ?? 0;
    report.duplicate += answered?.answer?.duplicate ?? 0;
    report.rejected += answered?.answer?.rejected ?? 0;
    return answered;
  };
  const browsers = byBrowser(visits);
  const worker = async (lane: number) => {
    const seed = `${way.seed ?? "network"} ${lane}`;
    const line = network(count, { ...way, seed });
    for (let own = browsers.next(); !own.done; own = browsers.next())
      for (const visit of own.value)
        report.givenUp += await sendVisit(visit, { key, tries, send: line });
  };
  await Promise.all(Array.from({ length: concurrency }, (_, lane) => worker(lane)));
  return report;
}

function byBrowser(visits: readonly Visit[]): ArrayIterator<Visit[]> {
  const browsers = new Map<string, Visit[]>();
  for (const visit of visits) {
    const own = browsers.get(visit.clientId);
    if (own) own.push(visit);
    else browsers.set(visit.clientId, [visit]);
  }
  return [...browsers.values()].values();
}

/** @returns how many events were given up */
async function sendVisit(visit: Visit, way: Omit<Way, "clockErrorMs">): Promise<number> {
  const sent = visit.events.filter(({ fate }) => fate === "sent");
  let givenUp = 0;
  for (const batch of batches(sent)) {
    if (await deliver(batch, { ...way, clockErrorMs: visit.clockErrorMs })) continue;
    for (const event of batch) event.fate = "lost";
    givenUp += batch.length;
  }
  return givenUp;
}

type Way = { key: string; clockErrorMs: number; tries: number; send: Send };

/** Tries until there is an answer. @returns whether the app has the batch, as far as one can know */
async function deliver(batch: readonly VisitEvent[], way: Way): Promise<boolean> {
  const { key, clockErrorMs, tries, send } = way;
  for (let tried = 1; tried <= tries; tried++) {
    const sentAt = new Date(Date.now() + clockErrorMs).toISOString();
    const events = batch.map(({ event }) => event);
    const answered = await send(JSON.stringify({ key, sentAt, events }));
    if (answered?.status === 200) return true;
    if (answered && answered.status < 500 && answered.status !== 429)
      throw new Error(`the app refused a batch of ${batch.length} events with ${answered.status}`);
    await sleep(FIRST_WAIT_MS * 2 ** Math.min(tried, 6));
  }
  return false;
}

/** As the pixel cuts them: so many events, and so many bytes, at most. */
function batches(events: readonly VisitEvent[]): VisitEvent[][] {
  const cut: VisitEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = JSON.stringify(event.event).length;
    const current = cut.at(-1);
    if (current && current.length < BATCH_EVENTS && bytes + size < BATCH_BYTES) current.push(event);
    else {
      cut.push([event]);
      bytes = 0;
    }
    bytes += size;
  }
  return cut;
}
