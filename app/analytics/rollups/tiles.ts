import { addDays, startOfDay } from "~/platform/calendar";
import { HOUR } from "~/platform/time";
import type { Period } from "../period";

/** How long spans are of which sums are kept. */
export type SpanUnit = "hour" | "day" | "week";
/** Of a shop: an hour of one of its days, one of its days, or seven from a Monday. */
export type Span = { unit: SpanUnit; from: Date; to: Date };

/** What answers for a period: spans whose sums are kept, and the stretches between them. */
export type Tiling = { tiles: Span[]; live: { from: Date; to: Date }[] };

export const spanKey = ({ unit, from }: Pick<Span, "unit" | "from">): string =>
  `${unit} ${from.getTime()}`;

export function dayOf(day: string, timeZone: string): Span {
  const from = startOfDay(day, timeZone);
  return { unit: "day", from, to: startOfDay(addDays(day, 1), timeZone) };
}

export function weekOf(monday: string, timeZone: string): Span {
  const from = startOfDay(monday, timeZone);
  return { unit: "week", from, to: startOfDay(addDays(monday, 7), timeZone) };
}

/** 23, 24 or 25; the last one is cut short where clocks move by half an hour. */
export function hoursOf({ from, to }: Pick<Span, "from" | "to">): Span[] {
  const count = Math.ceil((to.getTime() - from.getTime()) / HOUR);
  const at = (hours: number) => new Date(Math.min(to.getTime(), from.getTime() + hours * HOUR));
  return Array.from({ length: count }, (_, n) => ({ unit: "hour", from: at(n), to: at(n + 1) }));
}

export const isMonday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;

type Asked = {
  period: Pick<Period, "days" | "from" | "to" | "timeZone">;
  /** Moments that no span may reach over: where steps begin. */
  steps: readonly Date[];
  isKept: (span: Span) => boolean;
};

/** Covers a period with as few spans as are kept, none over a step's beginning or the period's end. */
export function tile({ period, steps, isKept }: Asked): Tiling {
  const { days, timeZone } = period;
  const fits = (span: Span) =>
    span.to <= period.to && isKept(span) && !steps.some((at) => at > span.from && at < span.to);
  const tiling: Tiling = { tiles: [], live: [] };
  for (let index = 0; index < days.length;) {
    const day = days[index] ?? "";
    const week = isMonday(day) ? weekOf(day, timeZone) : null;
    if (week && fits(week)) {
      tiling.tiles.push(week);
      index += 7;
    } else {
      coverDay(dayOf(day, timeZone), { fits, period, tiling });
      index += 1;
    }
  }
  return tiling;
}

type Covering = {
  fits: (span: Span) => boolean;
  period: Asked["period"];
  tiling: Tiling;
};

function coverDay(day: Span, { fits, period, tiling }: Covering): void {
  if (fits(day)) {
    tiling.tiles.push(day);
    return;
  }
  for (const hour of hoursOf(day)) {
    if (hour.from >= period.to) return;
    if (fits(hour)) tiling.tiles.push(hour);
    else addLive(tiling.live, hour.from, hour.to < period.to ? hour.to : period.to);
  }
}

/** Stretches that touch are one. */
function addLive(live: Tiling["live"], from: Date, to: Date): void {
  const last = live.at(-1);
  if (last && last.to.getTime() === from.getTime()) last.to = to;
  else live.push({ from, to });
}
