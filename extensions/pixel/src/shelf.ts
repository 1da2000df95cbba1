import type { Browser } from "@shopify/web-pixels-extension";
import { attempt } from "./patience";

/** Milliseconds that we wait for a storage that does not answer. */
const PATIENCE = 2_000;

const isOurs = (key: unknown): key is string => /^pixelnova:(q|dropped):/.test(String(key));

/** Where events outlive their page. Each has a key of its own, so that tabs, which share the storage
 * without any lock, can never overwrite each other's. Nothing here rejects: the answer is undefined
 * where the storage gave none. */
export type Shelf = ReturnType<typeof createShelf>;

/** @param storage the top page's localStorage, as Shopify hands it to the sandbox: every call is
 * asynchronous and may fail, for example when the storage is full or switched off */
export function createShelf(storage: Browser["localStorage"]) {
  const ask = <Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> =>
    attempt<Answer | undefined>(question, undefined, PATIENCE);

  const get = (key: string) => ask(() => storage.getItem(key));
  const remove = (key: string) => ask(() => storage.removeItem(key));

  /** All of our keys, those of other tabs included. */
  const keys = (): Promise<string[]> =>
    ask(() => storage.length())
      .then((length) => Array.from({ length: length || 0 }, (_, i) => ask(() => storage.key(i))))
      .then((asked) => Promise.all(asked))
      .then((found) => found.filter(isOurs));

  return {
    keys,
    get,
    remove,
    /** True once it is kept. */
    put: (key: string, value: string) => ask(() => storage.setItem(key, value).then(() => true)),
  };
}
