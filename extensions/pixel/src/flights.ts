import type { Entry } from "./backlog";
import type { Deliver, Outcome } from "./delivery";

const BATCH_EVENTS = 50;
/** Milliseconds from an event to its batch. */
const FLUSH_AFTER = 500;
/** Milliseconds of the first and the longest wait after a failure. */
const BACK_OFF = 1_000;
const BACK_OFF_LIMIT = 60_000;

/** Decides when a batch goes: one at a time, soon after its events, later after a failure.
 * @param next gives the events of the next batch, at most as many as asked for
 * @param done hears of events that are not to be sent again */
export function createFlights(
  deliver: Deliver,
  next: (most: number) => Entry[],
  done: (batch: Entry[]) => void,
) {
  let most = BATCH_EVENTS;
  let failures = 0;
  let flying = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flyAfter(delay: number): void {
    if (timer === undefined && !flying) timer = setTimeout(fly, delay);
  }

  function fly(): void {
    if (flying) return;
    clearTimeout(timer);
    timer = undefined;
    const batch = next(most);
    if (batch.length === 0) return;
    flying = true;
    void deliver(batch.map(({ json }) => json)).then((outcome) => land(batch, outcome));
  }

  function land(batch: Entry[], outcome: Outcome): void {
    flying = false;
    if (typeof outcome === "object") return flyAfter(Math.max(backOff(failures++), outcome.wait));
    failures = 0;
    if (outcome === "taken" || batch.length === 1) done(batch);
    if (outcome === "taken") {
      most = Math.min(most * 2, BATCH_EVENTS);
      return fly();
    }
    most = Math.ceil(batch.length / 2); // halves lead to the one event that spoils its batch
    flyAfter(FLUSH_AFTER);
  }

  return { now: fly, soon: () => flyAfter(FLUSH_AFTER) };
}

/** Twice as long each time, and by chance up to half less, so that browsers do not come all at once. */
const backOff = (failures: number): number =>
  Math.min(BACK_OFF * Math.pow(2, failures), BACK_OFF_LIMIT) * (1 - Math.random() / 2);
