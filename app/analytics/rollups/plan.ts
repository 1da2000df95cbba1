import { addDays, startOfDay } from "~/platform/calendar";
import { FILTER_NAMES, type Dimension } from "../filters";
import { stepsOf, type Period } from "../period";
import type { View } from "../view";

/** What sums are told apart by: `session_dimensions()` in the database. */
const SUMMED = new Set(["all", "channel", "device", "browser", "country", "visitor"]);

/** How a question is answered from sums of days. */
export type Plan = {
  /** By what the sums are told apart, and of which value alone; null for all of them. */
  dimension: Dimension | "all";
  value: string | null;
  /** Days that are summed, each YYYY-MM-DD, with what its numbers are of (null for each value by itself)
   * and with the first day of that. */
  days: { day: string; of: string | null; since: string }[];
  /** The day that the period ends in the midst of: its sessions are counted one by one. */
  rest: { from: Date; to: Date; of: string | null; since: Date };
};

/** Plans to answer from sums of days what is asked of sessions.
 * @param by what the rows are of
 * @returns null where only the sessions themselves can answer */
export function planOf(view: View, by: "all" | "step" | Dimension): Plan | null {
  const which = whichSums(view, by);
  if (!which || !SUMMED.has(which.dimension)) return null;
  if (by === "step" && view.unit === "hour") return null;
  const { period } = view;
  const groups = groupsOf(view, by);
  const { days, rest } = wholeDays(period);
  const groupAt = (day: string) => groups.findLast(({ since }) => since <= day) ?? groups[0];
  const last = groupAt(rest.day);
  return {
    ...which,
    days: days.flatMap((day) => ({ day, of: null, since: day, ...groupAt(day) })),
    rest: {
      ...{ from: rest.from, to: period.to, of: last?.of ?? null },
      since: startOfDay(last?.since ?? rest.day, period.timeZone),
    },
  };
}

/** Sums are told apart by one thing: no filter, or one alone. */
function whichSums({ filters }: View, by: "all" | "step" | Dimension) {
  const [filter, ...more] = FILTER_NAMES.filter((name) => filters[name] !== undefined);
  const parts = by === "all" || by === "step" ? null : by;
  if (!filter) return { dimension: parts ?? ("all" as const), value: null };
  if (more.length > 0 || (parts !== null && parts !== filter)) return null;
  return { dimension: filter, value: filters[filter] ?? null };
}

/** What the rows are of, oldest first, each with its first day. */
function groupsOf({ period, unit }: View, by: "all" | "step" | Dimension) {
  const [first = ""] = period.days;
  if (by !== "step") return [{ of: by === "all" ? "all" : null, since: first }];
  const days = new Map(
    period.days.map((day) => [startOfDay(day, period.timeZone).getTime(), day] as const),
  );
  return stepsOf(period, unit).map((start) => ({
    of: start.toISOString(),
    since: days.get(start.getTime()) ?? first,
  }));
}

/** The days that are over when the period is, and where those end. */
function wholeDays({ days, to, timeZone }: Period) {
  const ends = days.map((day) => startOfDay(addDays(day, 1), timeZone));
  const count = ends.filter((end) => end <= to).length;
  const from = ends[count - 1] ?? startOfDay(days[0] ?? "", timeZone);
  return { days: days.slice(0, count), rest: { day: days[count] ?? days.at(-1) ?? "", from } };
}
