import { clockOffset, occurrence } from "./clock";
import { schemaOf, type PixelEvent } from "./vocabulary";

/** An event as the log takes it. */
export type LogEvent = {
  eventId: string;
  source: "pixel" | "import";
  name: string;
  /** Null for what no browser sent. */
  clientId: string | null;
  customerId: string | null;
  seq: number | null;
  occurredAt: Date;
  receivedAt: Date;
  payload: { data: unknown; context?: unknown; consent?: unknown; sampleRate?: number };
};

/** Why one event of a batch was not taken: its place in the batch, its id if it had one. */
export type Rejection = { index: number; id: string | null; reason: string };

/** Parts a batch into what the log takes and what it refuses, each refusal with its reason. */
export function sift(batch: { sentAt: string; events: unknown[] }, receivedAt: Date) {
  const offset = clockOffset(new Date(batch.sentAt), receivedAt);
  const events: LogEvent[] = [];
  const rejections: Rejection[] = [];
  batch.events.forEach((raw, index) => {
    const judged = judge(raw, offset, receivedAt);
    if ("reason" in judged) rejections.push({ index, id: idOf(raw), reason: judged.reason });
    else events.push(judged);
  });
  return { events, rejections };
}

function judge(raw: unknown, offset: number, receivedAt: Date): LogEvent | { reason: string } {
  const parsed = parseEvent(raw);
  if ("reason" in parsed) return parsed;
  const { event } = parsed;
  const time = occurrence(new Date(event.timestamp), offset, receivedAt);
  return "reason" in time ? time : toLogEvent(event, { ...time, source: "pixel", receivedAt });
}

/** An event by its name's schema, with nothing in it that PostgreSQL could not hold. */
export function parseEvent(raw: unknown): { event: PixelEvent } | { reason: string } {
  const name = field(raw, "name");
  if (typeof name !== "string") return { reason: "name: missing" };
  const schema = schemaOf(name);
  if (!schema) return { reason: "name: not an event that is kept" };
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { reason: firstIssue(parsed.error.issues) };
  return isStorable(parsed.data) ? { event: parsed.data } : { reason: UNSTORABLE };
}

export const UNSTORABLE = "text: has a NUL character or half a surrogate pair";

export function toLogEvent(
  event: PixelEvent,
  arrival: Pick<LogEvent, "source" | "occurredAt" | "receivedAt">,
): LogEvent {
  const { data, context = null, consent = null, sampleRate } = event;
  return {
    eventId: event.id,
    name: event.name,
    clientId: event.clientId,
    customerId: event.customerId ?? null,
    seq: event.seq ?? null,
    ...arrival,
    payload: { data, context, consent, ...(sampleRate && sampleRate < 1 ? { sampleRate } : {}) },
  };
}

export const field = (raw: unknown, name: string): unknown =>
  typeof raw === "object" && raw !== null && Object.hasOwn(raw, name)
    ? (raw as Record<string, unknown>)[name]
    : undefined;

const idOf = (raw: unknown): string | null => {
  const id = field(raw, "id");
  return typeof id === "string" ? id.slice(0, 128) : null;
};

export const firstIssue = (issues: readonly { path: PropertyKey[]; message: string }[]): string => {
  const [issue] = issues;
  return issue ? `${issue.path.join(".") || "event"}: ${issue.message}` : "event: not as expected";
};

/** PostgreSQL's text can hold neither a NUL character nor half of a surrogate pair. */
export function isStorable(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\0") && !/\p{Surrogate}/u.test(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}
