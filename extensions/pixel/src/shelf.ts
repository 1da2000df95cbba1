import type { Browser } from "@shopify/web-pixels-extension";
import { attempt } from "./patience";

const PREFIX = "pixelnova:q:";
/** Milliseconds that we wait for a storage that does not answer. */
const PATIENCE = 2_000;

const isOurs = (key: string | null): key is string => key !== null && key.startsWith(PREFIX);

/** Where events outlive their page. Each has a key of its own, so that tabs, which share the storage
 * without any lock, can never overwrite each other's. Nothing here rejects. */
export type Shelf = ReturnType<typeof createShelf>;

/** @param storage the top page's localStorage, as Shopify hands it to the sandbox: every call is
 * asynchronous and may fail, for example when the storage is full or switched off */
export function createShelf(storage: Browser["localStorage"]) {
  const ask = <Answer>(question: () => Promise<Answer>): Promise<Answer | null> =>
    attempt<Answer | null>(question, null, PATIENCE);

  const remove = (key: string) => ask(() => storage.removeItem(key));

  /** Does something with each of our keys, those of other tabs included. */
  const each = <Answer>(work: (key: string) => Promise<Answer>): Promise<Answer[]> =>
    ask(() => storage.length())
      .then((length) => Array.from({ length: length || 0 }, (_, i) => ask(() => storage.key(i))))
      .then((keys) => Promise.all(keys))
      .then((keys) => Promise.all(keys.filter(isOurs).map(work)));

  return {
    /** Settles once the event is kept, or once it is clear that it will not be. */
    put: (id: string, json: string) => ask(() => storage.setItem(PREFIX + id, json)),
    remove: (id: string) => remove(PREFIX + id),
    /** Everything that any page left behind. */
    all: () => each((key) => ask(() => storage.getItem(key))),
    clear: () => each(remove),
  };
}
