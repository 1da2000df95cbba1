import { readBatch } from "~/events/ingest/batch";
import { isAppError } from "~/platform/errors";
import { bulkReader } from "~/commerce/bulk-order";
import { TOLD_BY } from "~/commerce/told";
import { readLine } from "~/events/import";
import { sift, type LogEvent } from "~/events/sift";
import { orderRead, verifiedRow } from "~/events/verified";
import type { Chance } from "../../dev/chance";
import type { Json } from "./batch";
import { spoilText, spoilTree } from "./mutations";
import * as sound from "./tellings";

/** A spoiled document, and what of it got through the door that it came to. */
export type Document = { number: number; door: string; text: string; passed: LogEvent[] };

type Door = { kind: string; make: (luck: Chance, at: string) => Json; read: Reader };
type Reader = (text: string, about: About) => LogEvent[];
type About = { id: string; now: Date };

const pixel: Reader = (text, { now: receivedAt }) => {
  const receipt = { receivedAt, requestId: null, hasEscapes: text.includes("\\u") };
  return sift(readBatch(text), receipt).events;
};

const importing: Reader = (text, { now: receivedAt }) => {
  const erased = { customerIds: new Set<string>(), orderIds: new Set<string>() };
  const read = readLine(text, { receivedAt, retentionDays: 400, erased });
  return "reason" in read ? [] : [read];
};

const webhook =
  (topic: string): Reader =>
  (text, { id, now: receivedAt }) => {
    const told = TOLD_BY[topic]?.safeParse(parsed(text)).data;
    if (!told) return [];
    const { at, ...about } = told;
    const origin = { eventId: `webhook-${id}`, name: topic, source: "webhook" as const };
    return [verifiedRow({ ...about, ...origin, occurredAt: at ?? receivedAt, receivedAt })];
  };

const backfill: Reader = (text, { now: receivedAt }) => {
  const order = bulkReader(new Map()).safeParse(parsed(text)).data;
  return order ? [verifiedRow(orderRead(order, { source: "backfill", receivedAt }))] : [];
};

const batchOf = (luck: Chance, at: string): Json => ({
  ...{ key: "key", sentAt: at, dropped: 0 },
  events: Array.from({ length: luck.between(1, 3) }, () => sound.someEvent(luck, at)),
});

const DOORS: [Door, ...Door[]] = [
  { kind: "pixel", make: batchOf, read: pixel },
  { kind: "pixel", make: batchOf, read: pixel },
  { kind: "import of an event", make: sound.eventLine, read: importing },
  { kind: "import of an order", make: sound.orderLine, read: importing },
  { kind: "backfill", make: sound.bulkOrder, read: backfill },
  { kind: "orders/updated", make: sound.orderBody, read: webhook("orders/updated") },
  { kind: "refunds/create", make: sound.refundBody, read: webhook("refunds/create") },
  { kind: "customers/update", make: sound.customerBody, read: webhook("customers/update") },
];

/** Spoils a document and brings it to its door, which takes it or refuses it with a reason.
 * @throws whatever a door throws at besides */
export function bring(number: number, luck: Chance, now: Date): Document {
  const { kind: door, make, read } = luck.pick(DOORS);
  const at = new Date(now.getTime() - luck.between(0, 9_000) * 1_000).toISOString();
  const made = structuredClone(make(luck, at));
  const isText = luck.happens(0.1);
  const text = isText ? spoilText(JSON.stringify(made), luck) : spoilTree(made, luck);
  const document = { number, door, text, passed: [] as LogEvent[] };
  try {
    document.passed = read(text, { id: String(number), now });
  } catch (error) {
    if (!isAppError(error)) throw new Error(shown(document), { cause: error });
  }
  return document;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The beginning of a document, with how it is made again. */
export const shown = ({ number, door, text }: Omit<Document, "passed">) =>
  `document ${number}, ${door}: ${text.slice(0, 2_000)}`;
