import { isEvent, type Entry } from "./backlog";
import { isSendable } from "./claims";
import type { Outcome } from "./delivery";

const BATCH_EVENTS = 50;
/** Milliseconds from an event to its batch. */
const FLUSH_AFTER = 500;
/** Milliseconds of the first and the longest wait after a failure. */
const BACK_OFF = 1_000;
const BACK_OFF_LIMIT = 60_000;

/** What flights do with entries. */
export type Crew = {
  /** The entries of the next batch, with at most so many events. */
  next: (most: number) => Entry[];
  /** Claims one anew; if it is not ours, it waits no more. */
  claim: (entry: Entry) => Promise<void>;
  send: (batch: Entry[]) => Promise<Outcome>;
  /** Hears of entries that are not to be sent again, and whether no batch could hold them. */
  done: (entries: Entry[], areLost: boolean) => void;
};

/** Decides when a batch goes: one at a time, soon after its events, later after a failure. What has
 * waited for long, or was sent before, is claimed first. */
export function createFlights({ next, claim, send, done }: Crew) {
  let most = BATCH_EVENTS;
  let failures = 0;
  let flying: Entry[] = [];
  let claiming = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flyAfter(delay: number): void {
    if (timer === undefined && !flying[0]) timer = setTimeout(fly, delay);
  }

  /** @param urgent when nothing waits for what has to be claimed first */
  function fly(urgent?: boolean): void {
    if (flying[0]) return;
    clearTimeout(timer);
    timer = undefined;
    const batch = next(most);
    if (!batch.some(isEvent)) return;
    const ready = batch.filter(isSendable);
    if (ready.length === batch.length || (urgent && ready.some(isEvent))) {
      flying = ready;
      void send(ready).then(land);
    } else if (!claiming) {
      claiming = true;
      const stale = batch.filter((entry) => !isSendable(entry));
      void Promise.all(stale.map(claim)).then(() => {
        claiming = false;
        if (timer === undefined) fly(true);
      });
    }
  }

  function land(outcome: Outcome): void {
    const batch = flying;
    const events = batch.filter(isEvent);
    flying = [];
    batch.forEach((entry) => (entry.since = 0)); // before it is sent again: is it still there?
    if (typeof outcome === "object") return flyAfter(Math.max(backOff(failures++), outcome.wait));
    failures = 0;
    if (outcome === "taken") {
      done(batch, false);
      most = Math.min(most * 2, BATCH_EVENTS);
      return fly();
    }
    if (events.length === 1) done(events, true);
    most = Math.ceil(events.length / 2); // halves lead to the one event that spoils its batch
    flyAfter(FLUSH_AFTER);
  }

  return {
    now: () => fly(true),
    soon: () => flyAfter(FLUSH_AFTER),
    has: (entry: Entry) => flying.includes(entry),
  };
}

/** Twice as long each time, and by chance up to half less, so that browsers do not come all at once. */
const backOff = (failures: number): number =>
  Math.min(BACK_OFF * Math.pow(2, failures), BACK_OFF_LIMIT) * (1 - Math.random() / 2);
