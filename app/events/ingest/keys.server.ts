import { whenReachable, type Db } from "~/platform/db.server";
import { Unauthorized } from "~/platform/errors";
import { SECOND } from "~/platform/time";
import { isStorable } from "../steps";

/** The shop that a pixel's key names, and whether it is the key before the last rotation. */
export type KeyHolder = { shopId: number; isPrevious: boolean };

const REMEMBERED_FOR = 5 * SECOND;
const REMEMBERED_AT_MOST = 10_000;

type Known = { holder: Promise<KeyHolder | null>; until: number; answer?: KeyHolder | null };

/** Finds shops by their pixel's key, and remembers the answers for a few seconds, unknown keys too. Keys
 * that come up while a question is under way share the next one, so that a flood of invented keys costs
 * one query at a time.
 * @param lifetimeMs how long an answer is remembered */
export function createKeys(db: Db, lifetimeMs = REMEMBERED_FOR) {
  const known = new Map<string, Known>();
  let asked = new Map<string, (holder: KeyHolder | null) => void>();
  let failed: ((error: unknown) => void)[] = [];
  let isAsking = false;

  /** @throws {Unauthorized} no installed shop has this key · {Unavailable} */
  async function find(key: string): Promise<KeyHolder> {
    const holder = await (fresh(key)?.holder ?? look(key));
    if (!holder) throw new Unauthorized("the key names no shop that has the app installed");
    return holder;
  }

  function fresh(key: string): Known | undefined {
    const found = known.get(key);
    return found && found.until > Date.now() ? found : undefined;
  }

  function look(key: string): Promise<KeyHolder | null> {
    if (key === "" || !isStorable(key)) return Promise.resolve(null);
    const holder = new Promise<KeyHolder | null>((resolve, reject) => {
      asked.set(key, resolve);
      failed.push(reject);
    });
    if (known.size >= REMEMBERED_AT_MOST) known.clear();
    const entry: Known = { holder, until: Infinity }; // whoever comes now waits for the same answer
    known.set(key, entry);
    holder.then(
      (answer) => Object.assign(entry, { answer, until: Date.now() + lifetimeMs }),
      () => known.delete(key),
    );
    void ask();
    return holder;
  }

  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    while (asked.size > 0) {
      const [questions, failures] = [asked, failed];
      asked = new Map();
      failed = [];
      try {
        const holders = await holdersOf(db, [...questions.keys()]);
        for (const [key, resolve] of questions) resolve(holders.get(key) ?? null);
      } catch (error) {
        for (const reject of failures) reject(error);
      }
    }
    isAsking = false;
  }

  /** The shop of a key, if it was asked for a moment ago. */
  const remembered = (key: string): KeyHolder | null => fresh(key)?.answer ?? null;

  return { find, remembered };
}
export type Keys = ReturnType<typeof createKeys>;

async function holdersOf(db: Db, keys: string[]): Promise<Map<string, KeyHolder>> {
  const isKnown = { in: keys };
  const stillWorks = { previousPixelKey: isKnown, previousPixelKeyUntil: { gt: new Date() } };
  const shops = await whenReachable(() =>
    db.shop.findMany({
      where: { uninstalledAt: null, OR: [{ pixelKey: isKnown }, stillWorks] },
      select: { id: true, pixelKey: true, previousPixelKey: true, previousPixelKeyUntil: true },
    }),
  );
  const holders = new Map<string, KeyHolder>();
  for (const { id, previousPixelKey, previousPixelKeyUntil } of shops)
    if (previousPixelKey && previousPixelKeyUntil && previousPixelKeyUntil > new Date())
      holders.set(previousPixelKey, { shopId: id, isPrevious: true });
  for (const { id, pixelKey } of shops) holders.set(pixelKey, { shopId: id, isPrevious: false });
  return holders;
}
