import type { Db } from "~/platform/db.server";
import type { Metrics } from "~/platform/metrics.server";
import { glance } from "./batch";
import { Committer, type CommitterOptions } from "./committer.server";
import { OVERLOADED } from "./errors";
import { Gate } from "./gate";
import { createGauges } from "./gauges.server";
import { createKeys, type KeyHolder } from "./keys.server";
import { createLedger, senderOf, type Request } from "./ledger.server";
import { createSpending, type EventLimits } from "./spending";
import { createStore, type IngestAnswer } from "./store.server";
import { Tally } from "./tally.server";

export type IngestOptions = CommitterOptions & {
  db: Db;
  metrics: Metrics;
  limits: EventLimits;
  /** How long a shop's key is remembered. */
  keysMs?: number;
};

/** Below this share there is room for everybody. */
const CROWDED = 0.25;
/** How much fuller than full the room may be for what is urgent; beyond, nothing is even read. */
const BRIM = 1.25;
/** The line at the gate for requests whose shop is not known. */
const NO_SHOP = 0;

/** The way from a request's body to rows in the log. */
export function createIngest(options: IngestOptions) {
  const { db, log } = options;
  const keys = createKeys(db, options.keysMs);
  const tally = new Tally(db, log);
  const gate: Gate = new Gate({
    isBlocked: () => committer.isFull(),
    onSlice: () => committer.flush(),
  });
  const gauges = createGauges(options.metrics, () => gate.load());
  const committer: Committer = new Committer({
    ...options,
    onWrite: (events, seconds) => gauges.sawWrite(events, seconds),
    isMoreComing: () => gate.load().waiting > 0,
    onRoom: () => gate.kick(),
  });
  const ledger = createLedger({ tally, gauges });
  const spend = createSpending(options.limits);
  const store = createStore({ keys, spend, committer, ledger });

  /** Takes one batch as the pixel sent it. One bad event never sinks its batch.
   * @throws {InvalidInput} the body is no batch · {TooLarge} · {Unauthorized} an unknown key ·
   * {TooMany} · {Overloaded} nothing of it is stored · {Unavailable} the database is away */
  async function take(body: Buffer, request: Request): Promise<IngestAnswer> {
    const { key, ...seen } = glance(body);
    const holder = keys.remembered(key) ?? (await holderOf(key));
    const arrival = { ...seen, shopId: holder?.shopId ?? NO_SHOP, bytes: body.length };
    return new Promise((done, fail) => {
      const work = () => void store(body, request).then(done, fail);
      const giveUp = () => {
        if (holder) countOverload(holder, seen.size, request);
        fail(OVERLOADED);
      };
      if (!gate.admit(arrival, { work, giveUp })) giveUp();
    });
  }

  /** Whether there is no room for a body, which is counted. `take` would say the same, at the price of
   * a promise: when thousands are refused it shows. */
  function turnsAway(body: Buffer, request: Request): boolean {
    gate.hurry();
    if (gate.load().share < CROWDED) return false;
    const { key, ...seen } = glance(body);
    const holder = keys.remembered(key);
    if (!holder || gate.hasRoomFor({ ...seen, shopId: holder.shopId, bytes: body.length }))
      return false;
    countOverload(holder, seen.size, request);
    return true;
  }

  function countOverload(holder: KeyHolder, events: number, request: Request): void {
    ledger.count(senderOf(holder, request), OVERLOADED.code, events, request.receivedAt);
  }

  /** Whose line a request waits in; what is wrong with its key is told when it has been read. */
  const holderOf = (key: string) => keys.find(key).catch(() => null);

  return {
    take,
    turnsAway,
    /** Whether there is no use in even reading another request. */
    isFull: () => gate.load().share >= BRIM,
    countRequest: gauges.countRequest,
    /** Writes the counts that are due now, which a reader would otherwise see some seconds later. */
    writeCounts: () => tally.write(),
    /** Answers what has been taken, then lets the database go. */
    async stop(): Promise<void> {
      await gate.stop();
      await committer.stop();
      await tally.stop();
    },
  };
}
export type Ingest = ReturnType<typeof createIngest>;
