import { InvalidInput, TooLarge } from "~/platform/errors";
import { compile, UNFIT } from "../compile";
import { firstIssue } from "../steps";
import { PixelBatch } from "../vocabulary";

export const LIMITS = { bodyBytes: 64 * 1024, batchEvents: 50 };

const read = compile(PixelBatch);

/** Reads a body into a batch; the events in it are judged one by one, later.
 * @throws {InvalidInput} the body is no batch · {TooLarge} */
export function readBatch(body: string): PixelBatch {
  const raw = parseJson(body);
  const batch = read(raw);
  if (batch === UNFIT) throw new InvalidInput(`want {key, sentAt, events}, and ${whyUnfit(raw)}`);
  if (batch.events.length > LIMITS.batchEvents)
    throw new TooLarge(`a batch may have ${LIMITS.batchEvents} events, got ${batch.events.length}`);
  return batch;
}

function whyUnfit(raw: unknown): string {
  const { error } = PixelBatch.safeParse(raw);
  return firstIssue(error?.issues ?? []);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput(
      `the body is not JSON: it begins with ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
}

const TYPICAL_BYTES = 700;

/** What can be told of a body at a glance, a hundred times as fast as by reading it: enough to let it
 * wait in its shop's line, or to turn it away. A pixel writes its key first. Urgent are events of a
 * checkout, the purchase among them: they go before others when not all can be written. */
export function glance(body: Buffer) {
  const [, key = ""] =
    /^\s*\{\s*"key"\s*:\s*"([^"\\]{1,128})"/.exec(body.toString("latin1", 0, 200)) ?? [];
  return {
    key,
    size: Math.max(1, Math.ceil(body.length / TYPICAL_BYTES)),
    isUrgent: body.includes('"checkout_') || body.includes('"payment_'),
  };
}
