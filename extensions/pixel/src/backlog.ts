import { at } from "./fields";
import { byteLength, EVENT_BYTES } from "./keep";

/** Bodies of keepalive requests share 64 KB: two batches may be under way, of this page and the last. */
const BATCH_BYTES = 30_000;
const BACKLOG_EVENTS = 200;
const BACKLOG_BYTES = 100_000;

/** An event that waits; `kept` once it is on the shelf, and may be sent. */
export type Entry = {
  id: string;
  name: string;
  time: string;
  json: string;
  bytes: number;
  kept: boolean;
};

/** @returns null for what is no event, or too large for the server */
export function entryOf(event: unknown, json: string, kept: boolean): Entry | null {
  const [id, name, time] = [at(event, "id"), at(event, "name"), at(event, "timestamp")];
  const bytes = byteLength(json);
  if (typeof id !== "string" || bytes > EVENT_BYTES) return null;
  return { id, name: String(name), time: String(time), json, bytes, kept };
}

/** Reads what was found on the shelf, oldest first. Other scripts can write there too, so it may be
 * anything. */
export const leftoversOf = (found: (string | null)[]): Entry[] =>
  found
    .map(parseEntry)
    .filter((entry) => entry !== null)
    .sort((a, b) => (a.time < b.time ? -1 : 1));

function parseEntry(json: string | null): Entry | null {
  try {
    return json === null ? null : entryOf(JSON.parse(json), json, true);
  } catch {
    return null;
  }
}

/** The first event to give up when there are too many: the oldest, but those of a checkout last. */
export const surplus = (waiting: Entry[]): Entry | undefined =>
  waiting.length > BACKLOG_EVENTS || sizeOf(waiting) > BACKLOG_BYTES
    ? waiting.find(({ name }) => !/^(checkout|payment)_/.test(name)) || waiting[0]
    : undefined;

const sizeOf = (entries: Entry[]): number => entries.reduce((sum, { bytes }) => sum + bytes, 0);

/** The first events that may be sent and fit into one request. */
export function nextBatch(waiting: Entry[], most: number): Entry[] {
  let room = BATCH_BYTES;
  const ready = waiting.filter(({ kept }) => kept).slice(0, most);
  const end = ready.findIndex(({ bytes }) => (room -= bytes + 1) < 0);
  return end < 0 ? ready : ready.slice(0, end);
}
