import type { Db } from "~/platform/db.server";
import { isAppError } from "~/platform/errors";
import type { Metrics } from "~/platform/metrics.server";
import { sift, type LogEvent, type Rejection } from "../sift";
import { glance, isUrgent, readBatch } from "./batch";
import { Committer, type CommitterOptions } from "./committer.server";
import { Overloaded } from "./errors";
import { createGauges } from "./gauges.server";
import { createKeys } from "./keys.server";
import { createLedger, type Request } from "./ledger.server";
import { createSpending, type EventLimits } from "./spending";
import { Tally, type Sender } from "./tally.server";

/** What became of a batch; `accepted` events are on disk. */
export type IngestAnswer = {
  accepted: number;
  duplicate: number;
  rejected: number;
  rejections: Rejection[];
};

export type IngestOptions = CommitterOptions & {
  db: Db;
  metrics: Metrics;
  limits: EventLimits;
  /** How long a shop's key is remembered. */
  keysMs?: number;
};

/** From here on it is worth a glance whether a request has a chance. */
const CROWDED = 0.25;
/** How much fuller than full the room may be for what is urgent; beyond, nothing is even read. */
const BRIM = 1.25;

/** The way from a request's body to rows in the log. */
export function createIngest(options: IngestOptions) {
  const { db, log } = options;
  const keys = createKeys(db, options.keysMs);
  const tally = new Tally(db, log);
  const committer = new Committer({
    ...options,
    onWrite: (events, seconds) => gauges.sawWrite(events, seconds),
  });
  const gauges = createGauges(options.metrics, () => committer.load());
  const ledger = createLedger({ tally, gauges });
  const spend = createSpending(options.limits);

  /** Takes one batch as the pixel sent it. One bad event never sinks its batch.
   * @throws {InvalidInput} the body is no batch · {TooLarge} · {Unauthorized} an unknown key ·
   * {TooMany} · {Overloaded} nothing of it is stored · {Unavailable} the database is away */
  async function take(body: Buffer, request: Request): Promise<IngestAnswer> {
    if (committer.load().share > CROWDED && !hasRoomFor(body)) throw new Overloaded();
    const text = body.toString("utf8");
    const batch = readBatch(text);
    const { shopId, isPrevious } = await keys.find(batch.key);
    const sender: Sender = {
      shopId,
      origin: request.origin,
      key: isPrevious ? "previous" : "current",
    };
    try {
      spend(shopId, batch.events, request.receivedAt.getTime());
      const { events, rejections } = sift(batch, { ...request, hasEscapes: text.includes("\\u") });
      const accepted = await store(shopId, events);
      const duplicate = events.length - accepted;
      ledger.note(sender, request, { batch, accepted, duplicate, rejections });
      return { accepted, duplicate, rejected: rejections.length, rejections };
    } catch (error) {
      if (isAppError(error))
        ledger.count(sender, error.code, batch.events.length, request.receivedAt);
      throw error;
    }
  }

  /** Whether a body that has not been read yet would be let in. */
  function hasRoomFor(body: Buffer): boolean {
    const { key, events, isUrgent } = glance(body);
    const holder = keys.remembered(key);
    return holder === null || committer.hasRoomFor(holder.shopId, events, isUrgent);
  }

  async function store(shopId: number, events: readonly LogEvent[]): Promise<number> {
    if (events.length === 0) return 0;
    const rows = events.map((event) => Object.assign(event, { shopId }));
    const urgent = events.some(({ name }) => isUrgent(name));
    const { isNew } = await committer.commit(shopId, rows, urgent);
    return isNew.reduce((sum, each) => sum + Number(each), 0);
  }

  return {
    take,
    /** Whether there is no use in even reading another request. */
    isFull: () => committer.load().share >= BRIM,
    countRequest: gauges.countRequest,
    /** Writes the counts that are due now, which a reader would otherwise see some seconds later. */
    writeCounts: () => tally.write(),
    /** Answers what has been taken, then lets the database go. */
    async stop(): Promise<void> {
      await committer.stop();
      await tally.stop();
    },
  };
}
export type Ingest = ReturnType<typeof createIngest>;
