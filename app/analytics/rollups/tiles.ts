import { addDays, startOfDay } from "~/platform/calendar";
import { DAY, HOUR } from "~/platform/time";
import type { Period } from "../period";

/** How long spans are of which sums are kept. */
export type SpanUnit = "hour" | "day" | "week" | "fourWeeks";
/** Of a shop: an hour of one of its days, one of its days, seven from a Monday, or 28 from each fourth Monday. */
export type Span = { unit: SpanUnit; from: Date; to: Date };

export type SpanOfDays = Span & { unit: keyof typeof DAYS };

/** What answers for a period: spans whose sums are kept, and the stretches between them. */
export type Tiling = { tiles: Span[]; live: { from: Date; to: Date }[] };

export const spanKey = ({ unit, from }: Pick<Span, "unit" | "from">): string =>
  `${unit} ${from.getTime()}`;

/** How many days the longer ones have. */
const DAYS = { day: 1, week: 7, fourWeeks: 28 };

const spanOf = (unit: keyof typeof DAYS, first: string, timeZone: string): SpanOfDays => ({
  unit,
  from: startOfDay(first, timeZone),
  to: startOfDay(addDays(first, DAYS[unit]), timeZone),
});

export const dayOf = (day: string, timeZone: string): SpanOfDays => spanOf("day", day, timeZone);
export const weekOf = (monday: string, timeZone: string): SpanOfDays =>
  spanOf("week", monday, timeZone);

/** Those that begin with a day, the longest first. */
export function spansFrom(day: string, timeZone: string): SpanOfDays[] {
  const weeks = (Date.parse(day) - FIRST_MONDAY) / (7 * DAY);
  return [
    ...(weeks % 4 === 0 ? [spanOf("fourWeeks", day, timeZone)] : []),
    ...(Number.isInteger(weeks) ? [weekOf(day, timeZone)] : []),
    dayOf(day, timeZone),
  ];
}

const FIRST_MONDAY = Date.parse("1970-01-05");

/** 23, 24 or 25; the last one is cut short where clocks move by half an hour. */
export function hoursOf({ from, to }: Pick<Span, "from" | "to">): Span[] {
  const count = Math.ceil((to.getTime() - from.getTime()) / HOUR);
  const at = (hours: number) => new Date(Math.min(to.getTime(), from.getTime() + hours * HOUR));
  return Array.from({ length: count }, (_, n) => ({ unit: "hour", from: at(n), to: at(n + 1) }));
}

type Asked = {
  period: Pick<Period, "days" | "from" | "to" | "timeZone">;
  /** Moments that no span may reach over: where steps begin. */
  steps: readonly Date[];
  /** The keys of spans that are kept. */
  kept: readonly string[];
};

/** Covers a period with as few spans as are kept, none over a step's beginning or the period's end. */
export function tile({ period, steps, kept }: Asked): Tiling {
  const { days, timeZone, to } = period;
  const keys = new Set(kept);
  const begins = steps.map((step) => step.getTime());
  const isOfOneStep = (from: number, until: number) =>
    !begins.some((at) => from < at && at < until);
  const fits = (span: Span) =>
    span.to <= to && keys.has(spanKey(span)) && isOfOneStep(span.from.getTime(), span.to.getTime());
  const keptHours = kept.flatMap((key) => hourOf(key) ?? []);
  const tiling: Tiling = { tiles: [], live: [] };
  for (let index = 0; index < days.length;) {
    const day = days[index] ?? "";
    const span = spansFrom(day, timeZone).find(fits);
    if (span) tiling.tiles.push(span);
    else coverDay(dayOf(day, timeZone), { fits, keptHours, to, tiling });
    index += span ? DAYS[span.unit] : 1;
  }
  return tiling;
}

/** When a kept hour begins; null of another span's key. */
function hourOf(key: string): number | null {
  const [unit, from] = key.split(" ");
  return unit === "hour" ? Number(from) : null;
}

type Covering = {
  fits: (span: Span) => boolean;
  keptHours: readonly number[];
  /** Where the period ends. */
  to: Date;
  tiling: Tiling;
};

/** With its hours, where any of them is kept: most days that are not have none, and there may be many. */
function coverDay(day: Span, { fits, keptHours, to, tiling }: Covering): void {
  const [from, until] = [day.from.getTime(), day.to.getTime()];
  const hasHours = keptHours.some((at) => from <= at && at < until);
  for (const part of hasHours ? hoursOf(day) : [day]) {
    if (part.from >= to) return;
    if (fits(part)) tiling.tiles.push(part);
    else addLive(tiling.live, part.from, part.to < to ? part.to : to);
  }
}

/** Stretches that touch are one. */
function addLive(live: Tiling["live"], from: Date, to: Date): void {
  const last = live.at(-1);
  if (last && last.to.getTime() === from.getTime()) last.to = to;
  else live.push({ from, to });
}
