import { isEvent, nextBatch, surplus, type Entry } from "./backlog";
import { createClaims } from "./claims";
import type { Deliver } from "./delivery";
import { createFlights } from "./flights";
import { createLosses } from "./losses";
import type { Shelf } from "./shelf";

/** What waits on this page. An event is put on the shelf before it is sent, and taken off after the
 * answer: a page that dies in between leaves it to the next one. What is sent twice the server
 * recognises by its id.
 * @param onLeft hears that something was left to another page */
export function createPile(shelf: Shelf, deliver: Deliver, onLeft: () => void) {
  const claims = createClaims(shelf);
  let waiting: Entry[] = [];
  const losses = createLosses(deliver, () => waiting, add);
  const next = (most: number) => nextBatch(waiting, most);
  const flights = createFlights({ next, claim, send: losses.send, done: forget });

  function add(entry: Entry, urgent?: boolean): void {
    waiting = urgent ? [entry, ...waiting] : [...waiting, entry];
    makeRoom();
    void claims.put(entry).then(() => {
      if (!waiting.includes(entry)) forget([entry]);
      else if (urgent) flights.now();
      else flights.soon();
    });
  }

  function adopt(entries: Entry[]): void {
    waiting = [...entries, ...waiting];
    makeRoom();
    flights.soon();
  }

  /** Claims what has waited for long. What another page has meanwhile is its to send. */
  function claim(entry: Entry): Promise<void> {
    return claims.claim(entry).then((ours) => {
      if (!waiting.includes(entry)) return forget([entry]); // the claim has put it back
      if (ours) return;
      waiting = waiting.filter((other) => other !== entry);
      onLeft();
    });
  }

  function forget(entries: Entry[], areLost?: boolean): void {
    waiting = waiting.filter((entry) => !entries.includes(entry));
    entries.forEach(({ key }) => void shelf.remove(key));
    if (areLost) losses.add(entries.length);
  }

  function makeRoom(): void {
    const extra = surplus(waiting.filter((entry) => isEvent(entry) && !flights.has(entry)));
    if (!extra) return;
    forget([extra], true);
    makeRoom();
  }

  return {
    add,
    adopt,
    lose: losses.add,
    has: (key: string) => waiting.some((entry) => entry.key === key),
    empty: () => void (waiting = []),
  };
}
