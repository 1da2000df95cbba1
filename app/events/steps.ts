import { occurrence } from "./clock";
import { compile, UNFIT } from "./compile";
import { schemaOf, type EventSchema, type PixelEvent } from "./vocabulary";

/** Why an event was not taken, as it is counted; docs/events.md says what each means. */
export const REASONS = [
  "not_an_event",
  "unknown_name",
  "invalid_field",
  "unstorable_text",
  "too_large",
  "too_old",
  "in_the_future",
] as const;
export type Reason = (typeof REASONS)[number];
export type Refusal = { reason: Reason; message: string };

/** Longest payload of one event, as JSON in UTF-16 units. */
export const PAYLOAD_LIMIT = 16 * 1024;

/** What the steps know of the batch that an event came in. */
export type Arrival = {
  receivedAt: Date;
  /** How far the browser's clock was ahead of ours; milliseconds. */
  clockOffset: number;
  /** Whether any text of the batch was written with an escape, as all that is unstorable must be. */
  hasEscapes: boolean;
};

/** An event on its way from the request to the log: each step finds what the ones before it left. */
export type Draft = {
  readonly raw: unknown;
  name: string;
  schema: EventSchema;
  event: PixelEvent;
  occurredAt: Date;
  payload: string;
};

/** Passes a draft on, with what it has found out written into it, or says why it goes no further. */
export type Step = {
  name: string;
  run: (draft: Draft, arrival: Arrival) => Refusal | null;
};

/** The way of every event from a pixel's request to the log. */
export const STEPS: readonly Step[] = [
  { name: "is an event with a name", run: named },
  { name: "has a name that we take", run: known },
  { name: "has the fields of its name", run: shaped },
  { name: "has text that can be stored", run: storable },
  { name: "happened when it can have happened", run: timely },
  { name: "is not too large", run: bounded },
];

/** The way of an imported event: its times are judged by the import's own rules. */
export const STEPS_OF_IMPORT = STEPS.filter(({ run }) => run !== timely);

function named(draft: Draft): Refusal | null {
  const name = field(draft.raw, "name");
  if (typeof name !== "string") return refuse("not_an_event", "name: missing");
  draft.name = name;
  return null;
}

function known(draft: Draft): Refusal | null {
  const schema = schemaOf(draft.name);
  if (!schema) return refuse("unknown_name", "name: not an event that is kept");
  draft.schema = schema;
  return null;
}

function shaped(draft: Draft): Refusal | null {
  const event = readerOf(draft.schema)(draft.raw);
  if (event === UNFIT) return refuse("invalid_field", whyUnfit(draft));
  draft.event = event;
  return null;
}

function storable({ event }: Draft, { hasEscapes }: Arrival): Refusal | null {
  if (!hasEscapes || isStorable(event)) return null;
  return refuse("unstorable_text", "a text has a NUL character or half a surrogate pair");
}

function timely(draft: Draft, { receivedAt, clockOffset }: Arrival): Refusal | null {
  const time = occurrence(new Date(draft.event.timestamp), clockOffset, receivedAt);
  if ("reason" in time) return time;
  draft.occurredAt = time.occurredAt;
  return null;
}

function bounded(draft: Draft): Refusal | null {
  draft.payload = payloadOf(draft.event);
  if (draft.payload.length <= PAYLOAD_LIMIT) return null;
  const message = `an event may have ${PAYLOAD_LIMIT} characters, this one has ${draft.payload.length}`;
  return refuse("too_large", message);
}

const refuse = (reason: Reason, message: string): Refusal => ({ reason, message });

/** What the log keeps of an event beside its columns, as JSON. */
export function payloadOf({
  data,
  context = null,
  consent = null,
  sampleRate,
}: PixelEvent): string {
  const weight = sampleRate && sampleRate < 1 ? { sampleRate } : null;
  return JSON.stringify({ data, context, consent, ...weight });
}

type Reader = (raw: unknown) => PixelEvent | typeof UNFIT;
const readers = new Map<EventSchema, Reader>();

/** A schema's compiled reader, made when it is first needed. */
function readerOf(schema: EventSchema): Reader {
  const made: Reader = readers.get(schema) ?? compile<EventSchema>(schema);
  readers.set(schema, made);
  return made;
}

function whyUnfit({ schema, raw }: Draft): string {
  const { error } = schema.safeParse(raw);
  return firstIssue(error?.issues ?? []);
}

export const field = (raw: unknown, name: string): unknown =>
  typeof raw === "object" && raw !== null && Object.hasOwn(raw, name)
    ? (raw as Record<string, unknown>)[name]
    : undefined;

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

/** All fields from the start, which keeps every draft of one shape. */
const BLANK = { raw: null, name: "", schema: null, event: null, occurredAt: null, payload: "" };

/** Runs a draft through steps until one refuses it. */
export function pass(raw: unknown, arrival: Arrival, steps = STEPS): Draft | Refusal {
  const draft = { ...BLANK, raw } as unknown as Draft; // complete once the last step has run
  for (const { run } of steps) {
    const refusal = run(draft, arrival);
    if (refusal) return refusal;
  }
  return draft;
}
