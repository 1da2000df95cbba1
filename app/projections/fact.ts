import type { Columns } from "~/platform/columns";
import { rateOf } from "./sampling";
import type { TimelineEvent, Visit } from "./visit";

/** A table that visits fold into. Its columns are its row's fields, behind `shop_id`. */
export type Fact<Row extends object> = {
  table: string;
  /** Raised when the fold changes: shops whose table an earlier version filled get it made anew. */
  version: number;
  /** When a row happened: a timeline that is folded anew from a moment on replaces what is later. */
  at: keyof Row & string;
  columns: Columns<Row>;
  /** All rows of one visit. Pure. */
  fold: (visit: Visit) => Row[];
};

/** A fold that other folds build on: made once for each visit. */
export function oncePerVisit<Result>(fold: (visit: Visit) => Result): (visit: Visit) => Result {
  const made = new WeakMap<Visit, { result: Result }>();
  return (visit) => {
    const known = made.get(visit) ?? { result: fold(visit) };
    made.set(visit, known);
    return known.result;
  };
}

/** A whole number as a column of type `int` can hold it; of milliseconds those of 24 days, though a
 * session may last longer. */
export const withinInt = (value: number): number => Math.min(value, 2 ** 31 - 1);

/** What every row has that comes from one event. */
export type EventRow = {
  eventId: string;
  sessionId: string;
  clientId: string;
  isBot: boolean;
  sampleRate: number;
};

export const EVENT_COLUMNS = {
  eventId: "text",
  sessionId: "text",
  clientId: "text",
  isBot: "boolean",
  sampleRate: "real",
} as const;

export const eventRow = ({ events: [first], botRule }: Visit, event: TimelineEvent): EventRow => ({
  eventId: event.eventId,
  sessionId: first.eventId,
  clientId: event.clientId,
  isBot: botRule !== null,
  sampleRate: rateOf(event),
});
