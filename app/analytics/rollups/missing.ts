import { addDays, dayAt } from "~/platform/calendar";
import { DAY, HOUR } from "~/platform/time";
import { yearBefore } from "../comparison";
import { PRESET_DAYS } from "../period";
import { dayOf, hoursOf, spanKey, spansFrom, type Span } from "./tiles";

/** How far back answers are kept. */
const DAYS_KEPT = 400;
/** A span may be kept when it has been over for so long, and nobody who came in it is still there. */
export const SETTLED = HOUR;

/** The days of which hours are kept as well: a shop's today and yesterday. */
export const lastDays = (today: string): string[] => [today, addDays(today, -1)];

/** The days in whose midst a period ends that one until now is set against. */
export const comparedDays = (today: string): string[] => [
  ...Object.values(PRESET_DAYS)
    .filter(({ first, last }) => last === 0 && first > 0)
    .map(({ first }) => addDays(today, -first - 1)),
  yearBefore(today),
];

type Missing = {
  now: Date;
  /** The shop's first fact. */
  first: Date;
  timeZone: string;
  kept: ReadonlySet<string>;
  /** Days that are kept by the hour besides the last ones. */
  byHours: ReadonlySet<string>;
};

/** The spans that are over and not kept, from that with the first fact on: the latest days first, each after its
 * hours, longer spans after those that they consist of. */
export function missingSpans({ now, first, timeZone, kept, byHours }: Missing): Span[] {
  const today = dayAt(now, timeZone);
  const hasHours = new Set([...lastDays(today), ...byHours]);
  const earliest = Math.max(first.getTime(), now.getTime() - DAYS_KEPT * DAY);
  const since = dayAt(new Date(earliest), timeZone);
  const spans: Span[] = [];
  for (let day = today; day >= since; day = addDays(day, -1)) {
    if (hasHours.has(day)) spans.push(...hoursOf(dayOf(day, timeZone)).reverse());
    spans.push(...spansFrom(day, timeZone).reverse());
  }
  const canBeKept = ({ to }: Span) => to > first && to.getTime() + SETTLED <= now.getTime();
  return spans.filter((span) => canBeKept(span) && !kept.has(spanKey(span)));
}
