import { readClaim, type Entry } from "./backlog";
import { after } from "./patience";
import type { Shelf } from "./shelf";

/** Milliseconds for which other pages leave an event to the page that has claimed it. They cover the
 * time until it is sent, the longest wait for an answer, and a second to take it off the shelf. */
export const CLAIM_MS = 10_000;
export const ANSWER_LIMIT = 7_000;
const SENDABLE = 2_000;
/** Milliseconds that a claim has to stand before it counts. A page whose own reading and writing takes
 * longer may have read what was true before that claim, and so has claimed nothing. */
const SETTLE = 250;

const isWithin = (limit: number, since: number): boolean => Math.abs(Date.now() - since) <= limit;

/** Whether a page may be sending it; a claim from far ahead is one of a clock that has changed. */
export const isClaimed = (since: number): boolean => isWithin(CLAIM_MS, since);

/** Whether it may be sent now: its claim will last as long as the request. */
export const isSendable = ({ since }: Entry): boolean => isWithin(SENDABLE, since);

/** Tabs share the storage without locks. Each event on the shelf belongs to the page that claimed it
 * last, for a fixed time; a page sends only what it has claimed. */
export function createClaims(shelf: Shelf) {
  const tab = String(Math.random());

  const valueOf = ({ json }: Entry, since: number): string => `${tab} ${since} ${json}`;

  /** Puts a new event on the shelf, and claims it. */
  function put(entry: Entry): Promise<void> {
    const since = Date.now();
    return shelf.put(entry.key, valueOf(entry, since)).then((kept) => {
      entry.kept = !!kept;
      entry.since = kept ? since : Date.now();
    });
  }

  /** Claims an event anew. A storage that does not work keeps nothing from being sent.
   * @returns whether it may be sent; not if another page has it, or it is gone from the shelf */
  function claim(entry: Entry): Promise<boolean> {
    const asked = Date.now();
    return shelf
      .get(entry.key)
      .then((value) => {
        if (value === undefined || (value === null && !entry.kept)) return Date.now();
        const holder = readClaim(value || "");
        const isOurs = holder.tab === tab;
        if (value === null || (!isOurs && isClaimed(holder.since))) return 0;
        return rewrite(entry, asked, isOurs ? holder.since : 0);
      })
      .then((since) => {
        entry.since = since;
        return since > 0;
      });
  }

  /** @param before since when it was ours
   * @returns since when it is ours; 0 if it may not be */
  function rewrite(entry: Entry, asked: number, before: number): Promise<number> {
    const since = Date.now();
    const mine = valueOf(entry, since);
    return shelf.put(entry.key, mine).then((kept) => {
      if (!kept) return Date.now();
      if (isClaimed(before)) return since; // it was ours all the time
      if (!isWithin(SETTLE, asked)) return 0;
      return after(SETTLE)
        .then(() => shelf.get(entry.key))
        .then((value) => (value === undefined ? Date.now() : value === mine ? since : 0));
    });
  }

  return { put, claim };
}
