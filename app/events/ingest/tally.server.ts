import type { Db } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { HOUR, SECOND } from "~/platform/time";
import type { Rejection } from "../sift";

/** Who sent something: a shop, from where, and with which of its keys. */
export type Sender = { shopId: number; origin: string; key: "current" | "previous" };

type Count = Sender & { hour: Date; outcome: string; events: number };
type Sample = Omit<Rejection, "id"> & {
  shopId: number;
  refusedAt: Date;
  requestId: string;
  eventId: string | null;
  name: string | null;
};

const WRITE_EVERY = 5 * SECOND;
/** Examples of one reason that are kept of a shop between two writes, and of all shops together. */
const SAMPLES_OF_REASON = 3;
const SAMPLES_AT_MOST = 1_000;
/** Origins that are told apart; what else comes is "other". */
const ORIGINS_AT_MOST = 1_000;
const MESSAGE_LENGTH = 300;

/** Counts, by shop and hour, what was taken and why the rest was not, with examples for the merchant.
 * Kept in memory for a few seconds and written together: a process that is killed loses the last of
 * these counts, and none of the events that they count. */
export class Tally {
  private counts = new Map<string, Count>();
  private samples: Sample[] = [];
  private sampled = new Map<string, number>();
  private readonly origins = new Set<string>();
  private writing = Promise.resolve();
  private readonly timer = setInterval(() => void this.write(), WRITE_EVERY);

  constructor(
    private readonly db: Db,
    private readonly log: Log,
  ) {}

  count(sender: Sender, outcome: string, events: number, at: Date): void {
    const origin = this.known(sender.origin);
    const hour = new Date(Math.floor(at.getTime() / HOUR) * HOUR);
    const id = `${sender.shopId} ${hour.getTime()} ${outcome} ${origin} ${sender.key}`;
    const found = this.counts.get(id);
    if (found) found.events += events;
    else this.counts.set(id, { ...sender, origin, hour, outcome, events });
  }

  /** Anybody can send any origin; what is not known yet is only told apart while there is room. */
  private known(origin: string): string {
    if (this.origins.has(origin)) return origin;
    if (this.origins.size >= ORIGINS_AT_MOST) return "other";
    this.origins.add(origin);
    return origin;
  }

  /** Keeps an example of a refusal, if there are not enough of its kind already. */
  sample(
    about: Pick<Sample, "shopId" | "refusedAt" | "requestId" | "name">,
    { id, index, reason, message }: Rejection,
  ): void {
    const kind = `${about.shopId} ${reason}`;
    const taken = this.sampled.get(kind) ?? 0;
    if (taken >= SAMPLES_OF_REASON || this.samples.length >= SAMPLES_AT_MOST) return;
    this.sampled.set(kind, taken + 1);
    this.samples.push({
      ...{ ...about, index, reason },
      message: storable(message).slice(0, MESSAGE_LENGTH),
      eventId: id && storable(id),
      name: about.name && storable(about.name).slice(0, 64),
    });
  }

  write(): Promise<void> {
    const [counts, samples] = [[...this.counts.values()], this.samples];
    this.counts = new Map();
    this.samples = [];
    this.sampled = new Map();
    this.writing = this.writing
      .then(() => writeCounts(this.db, counts))
      .then(() => writeSamples(this.db, samples))
      .catch((error: unknown) => {
        this.log.warn({ err: error }, "counts of what came in could not be written and are lost");
      });
    return this.writing;
  }

  stop(): Promise<void> {
    clearInterval(this.timer);
    return this.write();
  }
}

const storable = (text: string) => text.replace(/[\0\ud800-\udfff]/gu, "");

async function writeCounts(db: Db, counts: readonly Count[]): Promise<void> {
  if (counts.length === 0) return;
  await db.$executeRaw`
    insert into ingest_counts (shop_id, hour, outcome, origin, key, events)
    select "shopId", hour, outcome, origin, key, events
    from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as counted(
      "shopId" int, hour timestamptz, outcome text, origin text, key text, events bigint)
    order by 1, 2, 3, 4, 5 -- several processes take the rows' locks in one order
    on conflict (shop_id, hour, outcome, origin, key)
      do update set events = ingest_counts.events + excluded.events`;
}

async function writeSamples(db: Db, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  await db.$executeRaw`
    insert into ingest_refusals (shop_id, refused_at, request_id, index, reason, event_id, name, message)
    select "shopId", "refusedAt", "requestId", index, reason, "eventId", name, message
    from jsonb_to_recordset(${JSON.stringify(samples)}::jsonb) as sample(
      "shopId" int, "refusedAt" timestamptz, "requestId" uuid, index int, reason text,
      "eventId" text, name text, message text)
    on conflict do nothing`;
}
