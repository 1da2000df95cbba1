import { at, count } from "./fields";
import { byteLength, EVENT_BYTES, PURCHASE } from "./keep";

/** Bodies of keepalive requests share 64 KB: two batches may be under way, of this page and the last. */
const BATCH_BYTES = 30_000;
const BACKLOG_EVENTS = 200;
const BACKLOG_BYTES = 100_000;

/** Something that waits: an event, or the number of events that were given up. */
export type Entry = {
  /** Its name in the storage. */
  key: string;
  /** What is worth least is given up first: the oldest, but those of a checkout later, purchases last. */
  worth: string;
  json: string;
  bytes: number;
  /** How many events that were given up this stands for; 0 for an event. */
  dropped: number;
  /** Whether it is on the shelf; null until that is known, and it may be sent. */
  kept: boolean | null;
  /** When a page claimed it last. */
  since: number;
};

export const keyOf = (id: string): string => `pixelnova:q:${id}`;

/** @returns null for what is neither an event nor a number, or too large for the server */
export function entryOf(key: string, value: unknown, json = JSON.stringify(value)): Entry | null {
  const dropped = count(value) || 0;
  const bytes = byteLength(json);
  if (bytes > EVENT_BYTES || (!dropped && keyOf(String(at(value, "id"))) !== key)) return null;
  const name = String(at(value, "name"));
  const rank = name === PURCHASE ? 2 : /^(checkout|payment)_/.test(name) ? 1 : 0;
  const worth = `${rank}${String(at(value, "timestamp"))}`;
  return { key, worth, json, bytes, dropped, kept: null, since: 0 };
}

/** What the storage holds for an event: who has claimed it, since when, and its JSON. Plain JSON is
 * nobody's. */
export function readClaim(value: string) {
  const [, tab, since, json = ""] = /^(?:([\w.]+) (\d+) )?([^]*)/.exec(value) || [];
  return { tab, since: Number(since || 0), json };
}

/** Reads what was found on the shelf. Other scripts can write there too, so it may be anything. */
export function leftoverOf(key: string, value: string): Entry | null {
  const { since, json } = readClaim(value);
  try {
    const entry = entryOf(key, JSON.parse(json), json);
    return entry && Object.assign(entry, { kept: true, since });
  } catch {
    return null;
  }
}

export const isEvent = ({ dropped }: Entry): boolean => !dropped;

/** The first event to give up when there are too many. */
export const surplus = (events: Entry[]): Entry | undefined =>
  events.length > BACKLOG_EVENTS || sum(events, "bytes") > BACKLOG_BYTES
    ? events.reduce((least, event) => (event.worth < least.worth ? event : least))
    : undefined;

export const sum = (entries: Entry[], what: "bytes" | "dropped"): number =>
  entries.reduce((total, entry) => total + entry[what], 0);

/** The first events that may be sent and fit into one request, and all numbers. */
export function nextBatch(waiting: Entry[], most: number): Entry[] {
  let room = BATCH_BYTES;
  const fits = ({ bytes }: Entry) => most-- > 0 && (room -= bytes + 1) >= 0;
  return waiting.filter((entry) => entry.kept !== null && (!isEvent(entry) || fits(entry)));
}
