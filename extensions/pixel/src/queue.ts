import type { PixelEventInput } from "~/events/vocabulary";
import { entryOf, keyOf, leftoverOf } from "./backlog";
import { CLAIM_MS, isClaimed } from "./claims";
import type { Deliver } from "./delivery";
import { PURCHASE } from "./keep";
import { createPile } from "./pile";
import type { Shelf } from "./shelf";

/** Milliseconds from a page's start to its look for what other pages left. */
const LOOK_AFTER = 1_000;
/** Milliseconds to a second look for what a withdrawn consent forbids. */
const WIPE_AGAIN = 500;

/** Events wait here, and on the shelf, until the server has answered for them. */
export function createQueue(shelf: Shelf, deliver: Deliver) {
  const pile = createPile(shelf, deliver, () => lookAfter(CLAIM_MS));
  let open = false;
  let looking = false;

  function add(event: PixelEventInput): void {
    const entry = entryOf(keyOf(event.id), event);
    open = true;
    if (entry)
      pile.add(entry, event.name === PURCHASE); // its page may be the last one: no waiting
    else pile.lose(1);
  }

  function lookAfter(delay: number): void {
    if (!looking) setTimeout(look, delay);
    looking = true;
  }

  /** Takes over what other pages left, and looks again when claims that still stand are over. */
  function look(): void {
    const read = (key: string) => shelf.get(key).then((value) => leftoverOf(key, value || ""));
    looking = false;
    void shelf
      .keys()
      .then((keys) => Promise.all(keys.map(read)))
      .then((found) => {
        if (!open) return;
        const strange = found.filter((entry) => entry !== null).filter(({ key }) => !pile.has(key));
        const free = strange.filter(({ since }) => !isClaimed(since));
        if (free.length < strange.length) lookAfter(CLAIM_MS);
        pile.adopt(free);
      });
  }

  function start(): void {
    open = true;
    lookAfter(LOOK_AFTER);
  }

  /** Forgets everything that waits, of every page; once more for what one was just claiming. */
  function clear(): void {
    open = false;
    pile.empty();
    wipe();
    setTimeout(wipe, WIPE_AGAIN);
  }

  function wipe(): void {
    void shelf
      .keys()
      .then((keys) => keys.forEach((key) => pile.has(key) || void shelf.remove(key)));
  }

  return { add, clear, start };
}
