import type { Kind } from "~/analytics/report";
import { formatMoney, minorUnits } from "~/platform/money";
import { DAY, HOUR, MINUTE, SECOND } from "~/platform/time";
import { longMoment } from "../moments";

/** What figures of a shop are written with. */
export type Writing = { currency: string | null; timeZone: string };

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** A value of a report's row, as JSON carries it. */
export type Figure = string | number | boolean | null | undefined;

/** A report's value as a person reads it: "1,234", "€12.90", "3 min 20 s"; a dash for what is not known. */
export function showFigure(value: Figure, kind: Kind, { currency, timeZone }: Writing): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "string") return kind === "moment" ? longMoment(value, timeZone) : value;
  return WRITERS[kind]?.(value, currency) ?? short.format(value);
}

/** A value beside an axis: without cents where there are none. */
export function showTick(value: number, kind: Kind, writing: Writing): string {
  const { currency } = writing;
  if (kind !== "money" || currency === null) return showFigure(value, kind, writing);
  const amount = value / 10 ** minorUnits(currency);
  if (!Number.isInteger(amount)) return showFigure(value, kind, writing);
  const format = { style: "currency", currency, maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat("en", format).format(amount);
}

const WRITERS: Partial<Record<Kind, (value: number, currency: string | null) => string>> = {
  count: (value) => whole.format(value),
  share: (value) => percent.format(value),
  duration: showDuration,
  money: (value, currency) =>
    currency === null
      ? whole.format(value)
      : formatMoney({ from: value, to: value }, currency, "en"),
};

/** "450 ms", "12 s", "3 min 20 s", "5 h 10 min", "12 d 3 h", from milliseconds. */
export function showDuration(ms: number): string {
  if (ms < SECOND) return `${whole.format(ms)} ms`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${seconds} s`;
  if (ms < HOUR) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (ms >= 2 * DAY) {
    const hours = Math.round(ms / HOUR);
    return `${whole.format(Math.floor(hours / 24))} d ${hours % 24} h`;
  }
  const minutes = Math.round(ms / MINUTE);
  return `${whole.format(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** How far a figure is from the one before, as "+12%"; null where there is nothing to set it against. */
export function showChange(now: number | null, before: number | null | undefined): string | null {
  if (now === null || before === null || before === undefined || before === 0) return null;
  const change = now / before - 1;
  return `${change >= 0 ? "+" : "−"}${percent.format(Math.abs(change))}`;
}
