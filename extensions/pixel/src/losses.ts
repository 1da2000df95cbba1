import { entryOf, isEvent, sum, type Entry } from "./backlog";
import type { Deliver, Outcome } from "./delivery";

/** Counts events that were given up, and tells the server with the next batch. The shelf gets a number
 * whenever the count has doubled: few keys, and at least half of it survives the page.
 * @param waiting what waits now, numbers included
 * @param keep takes a number that is to wait */
export function createLosses(
  deliver: Deliver,
  waiting: () => Entry[],
  keep: (entry: Entry) => void,
) {
  /** Events given up that no number stands for yet. */
  let lost = 0;

  function add(events: number): void {
    lost += events;
    const entry = entryOf(`pixelnova:dropped:${Math.random()}`, lost);
    if (!entry || lost < sum(waiting(), "dropped")) return;
    lost = 0;
    keep(entry);
  }

  function send(batch: Entry[]): Promise<Outcome> {
    const told = lost;
    const events = batch.filter(isEvent).map(({ json }) => json);
    lost = 0;
    return deliver(events, Math.min(told + sum(batch, "dropped"), 1e9)).then((outcome) => {
      if (outcome !== "taken") lost += told;
      return outcome;
    });
  }

  return { add, send };
}
