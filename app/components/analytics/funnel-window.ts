/** What a window is told in, and how many minutes one has; the largest first. */
export const WINDOW_UNITS = { days: 24 * 60, hours: 60, minutes: 1 } as const;
export type WindowUnit = keyof typeof WINDOW_UNITS;

const UNITS = ["days", "hours", "minutes"] as const satisfies WindowUnit[];

/** A window in the largest unit that it is whole in: 1440 minutes are 1 day. */
export function windowIn(minutes: number): { count: number; unit: WindowUnit } {
  const unit = UNITS.find((each) => minutes % WINDOW_UNITS[each] === 0) ?? "minutes";
  return { count: minutes / WINDOW_UNITS[unit], unit };
}
