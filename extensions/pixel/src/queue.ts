import type { PixelEventInput } from "~/events/vocabulary";
import { entryOf, leftoversOf, nextBatch, surplus, type Entry } from "./backlog";
import type { Deliver } from "./delivery";
import { createFlights } from "./flights";
import type { Shelf } from "./shelf";

/** Milliseconds from a page's start to its look for what other pages left. */
const ADOPT_AFTER = 1_000;

/** Events wait here, and on the shelf, until the server has answered for them. An event is put on
 * the shelf before it is sent, and taken off after the answer: a page that dies in between leaves it
 * to the next one. What is sent twice the server recognises by its id. */
export function createQueue(shelf: Shelf, deliver: Deliver) {
  let waiting: Entry[] = [];
  let emptied = false;
  const flights = createFlights(deliver, (most) => nextBatch(waiting, most), forget);

  function add(event: PixelEventInput): void {
    const entry = entryOf(event, JSON.stringify(event), false);
    if (!entry) return;
    const urgent = entry.name === "checkout_completed"; // the page may be the last one: no waiting
    waiting = urgent ? [entry, ...waiting] : [...waiting, entry];
    makeRoom();
    void shelf.put(entry.id, entry.json).then(() => {
      entry.kept = true;
      if (!waiting.includes(entry)) forget([entry]);
      else if (urgent) flights.now();
      else flights.soon();
    });
  }

  function forget(entries: Entry[]): void {
    waiting = waiting.filter((entry) => !entries.includes(entry));
    entries.forEach(({ id }) => void shelf.remove(id));
  }

  function makeRoom(): void {
    for (let extra = surplus(waiting); extra; extra = surplus(waiting)) forget([extra]);
  }

  /** Takes over what other pages left. One that still lives may send the same: that is harmless. */
  function adopt(): void {
    void shelf.all().then((found) => {
      if (emptied) return;
      const strange = leftoversOf(found).filter(({ id }) => waiting.every((own) => own.id !== id));
      waiting = [...strange, ...waiting];
      makeRoom();
      flights.soon();
    });
  }

  /** Forgets everything that waits, of every page. */
  function clear(): void {
    emptied = true;
    waiting = [];
    void shelf.clear();
  }

  return { add, clear, start: () => void setTimeout(adopt, ADOPT_AFTER) };
}
