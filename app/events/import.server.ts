import type { Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { erasedIn } from "./erased.server";
import { readLine, type ImportRules } from "./import";
import type { NumberedLine } from "~/platform/lines.server";
import { append, makeRoom } from "./log.server";
import type { LogEvent } from "./sift";

export type Refusal = { line: number; reason: string };

export type ImportReport = {
  lines: number;
  accepted: number;
  /** In the log before, or twice in the file. */
  duplicate: number;
  refused: number;
  reasons: Record<string, number>;
};

export type ImportOptions = {
  shopId: number;
  receivedAt: Date;
  retentionDays: number;
  /** Judges every line and writes none. */
  isDryRun?: boolean;
  onRefusal?: (refusal: Refusal) => void;
  onProgress?: (report: ImportReport) => void;
};

const BATCH = 2_000;
/** One batch is read while another is written; more in flight gained nothing on two cores. */
const IN_FLIGHT = 2;
/** A file whose first lines are all unusable is not what it was taken for. */
const PATIENCE = 100;

/** Takes a file of events and orders into the log, line by line in bounded memory. One bad line sinks
 * nothing, and a line that the log has already is left alone: a broken import is simply run again.
 * @throws {InvalidInput} the first hundred lines are all unusable */
export async function importLines(
  db: Db,
  lines: AsyncIterable<NumberedLine>,
  options: ImportOptions,
): Promise<ImportReport> {
  const { shopId, receivedAt, retentionDays, isDryRun = false, onRefusal, onProgress } = options;
  const rules = { receivedAt, retentionDays, erased: await erasedIn(db, shopId) };
  const report: ImportReport = { lines: 0, accepted: 0, duplicate: 0, refused: 0, reasons: {} };
  const write = isDryRun ? countOnly : writerTo(db, shopId);
  const inFlight = new Set<Promise<void>>();
  let batch: LogEvent[] = [];

  const flush = async () => {
    const events = batch;
    batch = [];
    const writing = write(events).then((accepted) => {
      report.accepted += accepted;
      report.duplicate += events.length - accepted;
      inFlight.delete(writing);
      onProgress?.(report);
    });
    inFlight.add(writing);
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
  };

  for await (const { number, text } of lines) {
    if (text?.trim() === "") continue;
    report.lines++;
    const read = judge(text, rules);
    if ("reason" in read) {
      countRefusal(report, read.reason);
      onRefusal?.({ line: number, reason: read.reason });
    } else batch.push(read);
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await Promise.all(inFlight);
  return report;
}

/** @throws {InvalidInput} so far nothing could be used */
function countRefusal(report: ImportReport, reason: string): void {
  report.refused++;
  report.reasons[reason] = (report.reasons[reason] ?? 0) + 1;
  if (report.refused === PATIENCE && report.lines === PATIENCE)
    throw new InvalidInput(
      `none of the first ${PATIENCE} lines can be used; the last one: ${reason}`,
    );
}

const judge = (text: string | null, rules: ImportRules) =>
  text === null ? { reason: "line: longer than 1 MB" } : readLine(text, rules);

/** A dry run counts what the file has twice only where it is in one batch. */
const countOnly = (events: readonly LogEvent[]): Promise<number> =>
  Promise.resolve(new Set(events.map(({ eventId }) => eventId)).size);

/** Writes batches, and makes room for the weeks that they are the first to need. */
function writerTo(db: Db, shopId: number) {
  const weeks = new Set<string>();
  return async (events: readonly LogEvent[]): Promise<number> => {
    const missing = events.filter(({ week }) => !weeks.has(week));
    await makeRoom(db, missing);
    for (const { week } of missing) weeks.add(week);
    return append(db, shopId, events);
  };
}
