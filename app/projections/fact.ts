import { rateOf } from "./sampling";
import type { TimelineEvent, Visit } from "./visit";

/** The types that columns have, as PostgreSQL names them. */
export type SqlType = "text" | "int" | "bigint" | "real" | "boolean" | "timestamptz" | "jsonb";

/** The columns of rows by their fields; a column is its field in snake_case. */
export type Columns<Row extends object> = { [Field in keyof Row & string]: SqlType };

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

/** `viewedAt` as a column: `viewed_at`. */
export const columnOf = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

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
