import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { History } from "../store/commerce/commerce";
import type { Order } from "../store/commerce/model";
import { eventLine, orderLine } from "./history";
import type { SimulatedDay, Visit, VisitEvent, WorldOptions } from "./model";
import { simulate } from "./simulate";

/** Where a world was written to, and how large it is. */
export type WorldFiles = {
  /** For the app's import command: one event or order per line, in the order of their times. */
  history: string;
  /** What really happened: `TruthLine`s. */
  truth: string;
  /** A `History` for the stand-in, so that its Admin API knows the same customers and orders. */
  commerce: string;
  visits: number;
  /** Of all visits; the history has those only that reached a tool. */
  events: number;
  orders: number;
};

/** First the options, then for each day its visits, followed by the orders to which nothing more
 * happens. Of an event there is its id, its name, its true time, and its fate. */
export type TruthLine =
  | ({ type: "world"; until: string } & Omit<WorldOptions, "until">)
  | ({ type: "visit"; events: TruthEvent[] } & Omit<Visit, "events">)
  | { type: "order"; order: Order };
export type TruthEvent = [id: string, name: string, at: string, fate: VisitEvent["fate"]];

/** Simulates a world and writes it down: the same bytes for the same options. In memory it keeps all
 * customers and orders, and of everything else one day. */
export async function writeWorld(options: WorldOptions, folder: string): Promise<WorldFiles> {
  await mkdir(folder, { recursive: true });
  const [history, truth, commerce] = ["history.jsonl", "truth.jsonl", "commerce.json"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const kept: History = { customers: [], orders: [] };
  const total = { visits: 0, events: 0, orders: 0 };
  const [historyFile, truthFile] = [createWriteStream(history), createWriteStream(truth)];
  const put = inOrder(historyFile);

  await write(truthFile, [JSON.stringify(worldLine(options))]);
  for (const day of simulate(options)) {
    await write(truthFile, truthLines(day));
    await put(historyLines(day));
    kept.customers.push(...day.customers);
    kept.orders.push(...day.settled);
    total.visits += day.visits.length;
    total.events += day.visits.reduce((sum, { events }) => sum + events.length, 0);
    total.orders += day.settled.length;
  }
  await put([]);
  kept.orders.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
  await Promise.all([
    ...[historyFile, truthFile].map((file) => once(file.end(), "finish")),
    writeFile(commerce, JSON.stringify(kept)),
  ]);
  return { history, truth, commerce, ...total };
}

type Timed = { at: string; line: string };

/** Writes days of lines in time order, although a day's last ones may be later than the next day's
 * first ones; no lines at all writes what is left. */
function inOrder(file: WriteStream): (lines: Timed[]) => Promise<void> {
  let waiting: Timed[] = [];
  return async (lines) => {
    const isNext = lines.toSorted(byTime)[0]?.at;
    const due = waiting.filter(({ at }) => isNext === undefined || at < isNext);
    waiting = [...waiting.slice(due.length), ...lines].sort(byTime);
    await write(
      file,
      due.map(({ line }) => line),
    );
  };
}

const byTime = (one: Timed, other: Timed) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0);

const historyLines = ({ visits, settled }: SimulatedDay): Timed[] => [
  ...visits.flatMap(({ events }) =>
    events
      .filter(({ fate }) => fate === "sent")
      .map((event) => ({ at: event.at, line: eventLine(event) })),
  ),
  ...settled.map((order) => ({ at: order.updatedAt, line: orderLine(order) })),
];

const worldLine = (options: WorldOptions): TruthLine => ({
  type: "world",
  ...options,
  until: options.until.toISOString(),
});

function truthLines({ visits, settled }: SimulatedDay): string[] {
  const lines: TruthLine[] = [
    ...visits.map((visit) => ({ type: "visit" as const, ...visit, events: truthEvents(visit) })),
    ...settled.map((order) => ({ type: "order" as const, order })),
  ];
  return lines.map((line) => JSON.stringify(line));
}

const truthEvents = ({ events }: Visit): TruthEvent[] =>
  events.map(({ event, at, fate }) => [event.id, event.name, at, fate]);

async function write(file: WriteStream, lines: readonly string[]): Promise<void> {
  if (lines.length > 0 && !file.write(`${lines.join("\n")}\n`)) await once(file, "drain");
}
