import type { Arrival } from "./arrival";
import { dateAt } from "./calendar";

/** Who comes when: what is known ahead of a day, and what the day itself still brings. */
export type Agenda = ReturnType<typeof openAgenda>;

/** @param until nobody comes at or after this moment, in milliseconds since 1970 */
export function openAgenda(timeZone: string, until: number) {
  const days = new Map<string, Arrival[]>();

  /** Kept in time order; of two at one moment the first noted comes first. */
  function note(arrival: Arrival): void {
    if (arrival.at >= until) return;
    const date = dateAt(arrival.at, timeZone);
    const day = days.get(date) ?? [];
    days.set(date, day);
    let low = 0;
    let high = day.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((day[middle]?.at ?? 0) <= arrival.at) low = middle + 1;
      else high = middle;
    }
    day.splice(low, 0, arrival);
  }

  /** Takes a day's arrivals one after another, those included that are noted meanwhile. */
  function* on(date: string): Generator<Arrival> {
    for (let next = 0; ; next++) {
      const arrival = days.get(date)?.[next];
      if (!arrival) break;
      yield arrival;
    }
    days.delete(date);
  }

  const expected = (date: string): number => days.get(date)?.length ?? 0;

  return { note, on, expected };
}
