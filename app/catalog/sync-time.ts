import { addDays, dayAt, startOfDay } from "~/platform/calendar";
import { HOUR, MINUTE } from "~/platform/time";

/** The nightly sync comes within these hours after a shop's midnight, when few are awake to change things. */
const NIGHT_FROM = HOUR;
const NIGHT_MINUTES = 4 * 60;
/** Has no divisor in common with the night's minutes, so that shops spread over all of them. */
const STRIDE = 97;

/** When a shop's nightly sync was last due: each shop has a minute of its own, so that not all ask at once.
 * @param timeZone an IANA name; UTC where none is known */
export function lastNightly(
  { id, timeZone }: { id: number; timeZone: string | null },
  now: Date,
): Date {
  const zone = timeZone ?? "UTC";
  const intoDay = NIGHT_FROM + ((id * STRIDE) % NIGHT_MINUTES) * MINUTE;
  const dueOn = (day: string) => new Date(startOfDay(day, zone).getTime() + intoDay);
  const today = dayAt(now, zone);
  const due = dueOn(today);
  return due <= now ? due : dueOn(addDays(today, -1));
}
