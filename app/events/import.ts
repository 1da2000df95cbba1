import { DAY, MINUTE } from "~/platform/time";
import { isErased, type Erased } from "./erased";
import { Order } from "./orders";
import { eventRow, type LogEvent } from "./sift";
import { field, firstIssue, isStorable, pass, STEPS_OF_IMPORT } from "./steps";
import { orderRead, verifiedRow } from "./verified";

/** What a line is judged by besides itself. */
export type ImportRules = {
  receivedAt: Date;
  retentionDays: number;
  erased: Erased;
};

const FUTURE_TOLERANCE = 5 * MINUTE;

/** Reads a line of an import, `{"type": "event", …}` or `{"type": "order", …}`, into what the log
 * takes, or says why it does not. Times are taken as they are: an export's clocks are right. */
export function readLine(line: string, rules: ImportRules): LogEvent | { reason: string } {
  const raw = parseJson(line);
  if (raw === undefined) return { reason: "line: not JSON" };
  const type = field(raw, "type");
  if (type !== "event" && type !== "order") return { reason: 'type: want "event" or "order"' };
  const read = type === "event" ? readEvent(raw, rules) : readOrder(raw, rules);
  if ("reason" in read) return read;
  if (isErased(rules.erased, read)) return { reason: "customerId: erased on request" };
  return untimely(read.occurredAt, rules) ?? read;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readEvent(raw: unknown, { receivedAt }: ImportRules): LogEvent | { reason: string } {
  const passed = pass(raw, { receivedAt, clockOffset: 0, hasEscapes: true }, STEPS_OF_IMPORT);
  if ("reason" in passed) return { reason: passed.message };
  const occurredAt = new Date(passed.event.timestamp);
  return eventRow({ ...passed, occurredAt }, { source: "import", receivedAt });
}

/** The log notes what an order was at the moment of its last change, as Shopify's webhook of that
 * name would have. */
function readOrder(raw: unknown, { receivedAt }: ImportRules): LogEvent | { reason: string } {
  const parsed = Order.safeParse(raw);
  if (!parsed.success) return { reason: firstIssue(parsed.error.issues) };
  const order = parsed.data;
  if (!isStorable(order)) return { reason: "text: has a NUL character or half a surrogate pair" };
  return verifiedRow(orderRead(order, { source: "import", receivedAt }));
}

function untimely(occurredAt: Date, rules: ImportRules): { reason: string } | undefined {
  const age = rules.receivedAt.getTime() - occurredAt.getTime();
  if (age > rules.retentionDays * DAY)
    return { reason: `timestamp: older than the ${rules.retentionDays} days that are kept` };
  return age < -FUTURE_TOLERANCE ? { reason: "timestamp: in the future" } : undefined;
}
