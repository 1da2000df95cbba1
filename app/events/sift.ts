import { DAY, weekOf } from "~/platform/time";
import { clockOffset } from "./clock";
import { field, pass, type Draft, type Reason } from "./steps";

/** An event as the log takes it. */
export type LogEvent = {
  eventId: string;
  source: "pixel" | "webhook" | "backfill" | "import";
  name: string;
  /** Null for what no browser sent. */
  clientId: string | null;
  customerId: string | null;
  seq: number | null;
  occurredAt: Date;
  receivedAt: Date;
  /** The Monday of the partition, YYYY-MM-DD. */
  week: string;
  /** JSON: `context`, `data`, `consent`, and `sampleRate` where it is below 1. */
  payload: string;
  /** The request that brought it, a UUID. */
  requestId: string | null;
  /** The order that Shopify tells of; null for what a browser sent. */
  orderId: string | null;
};

/** Why one event of a batch was not taken: its place in the batch, its id if it had one. */
export type Rejection = { index: number; id: string | null; reason: Reason; message: string };

type Batch = { sentAt: string; events: readonly unknown[] };
type Receipt = { receivedAt: Date; requestId: string | null; hasEscapes: boolean };

/** Parts a batch into what the log takes and what it refuses, each refusal with its reason. */
export function sift(batch: Batch, { receivedAt, requestId, hasEscapes }: Receipt) {
  const offset = clockOffset(new Date(batch.sentAt), receivedAt);
  const arrival = { receivedAt, clockOffset: offset, hasEscapes };
  const events: LogEvent[] = [];
  const rejections: Rejection[] = [];
  batch.events.forEach((raw, index) => {
    const passed = pass(raw, arrival);
    if ("reason" in passed) rejections.push({ index, id: idOf(raw), ...passed });
    else events.push(eventRow(passed, { receivedAt, requestId }));
  });
  return { events, rejections };
}

type Origin = Pick<LogEvent, "receivedAt"> & Partial<Pick<LogEvent, "source" | "requestId">>;

/** A row of the log, from an event that has passed. */
export function eventRow(draft: Draft, { receivedAt, source = "pixel", requestId = null }: Origin) {
  const { event, occurredAt, payload } = draft;
  const row: LogEvent = {
    eventId: event.id,
    source,
    name: event.name,
    clientId: event.clientId,
    customerId: event.customerId ?? null,
    seq: event.seq ?? null,
    occurredAt,
    receivedAt,
    week: partitionOf(new Date(event.timestamp), occurredAt, receivedAt),
    payload,
    requestId,
    orderId: null,
  };
  return row;
}

/** A repeated event must find its first copy, which lies in the same week's partition. Its own time
 * never changes; the time put right does, by as much as its two deliveries were measured apart. Only
 * a browser more than weeks off, for whose time there is no partition, is filed by the time put right. */
function partitionOf(timestamp: Date, occurredAt: Date, receivedAt: Date): string {
  const ahead = timestamp.getTime() - receivedAt.getTime();
  return weekOf(ahead > -14 * DAY && ahead < 42 * DAY ? timestamp : occurredAt);
}

const idOf = (raw: unknown): string | null => {
  const id = field(raw, "id");
  return typeof id === "string" ? id.slice(0, 128) : null;
};
