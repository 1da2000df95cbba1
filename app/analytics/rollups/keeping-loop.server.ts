import type { AppContext } from "~/context";
import type { Database } from "~/platform/db.server";
import { startLoop } from "~/platform/loop.server";
import { HOUR, SECOND } from "~/platform/time";
import { timeZoneOf } from "../period";
import { dropOldHours, forgetChanged, keepMissing, type OfShop } from "./keeping.server";
import { ifAlone } from "./lock.server";

const EVERY = 20 * SECOND;
const SPANS_AT_ONCE = 50;

/** Keeps the answers of every shop's past up to date: what changed is forgotten within a minute and worked out
 * anew; until then its facts are read. Shops take turns, so that one with much to be kept holds up no other.
 * Any number of processes may.
 * @returns a function that stops after the span under way */
export function startKeeping({ db, log }: Pick<AppContext, "db" | "log">): () => Promise<void> {
  const looked: Looked = new Map();
  return startLoop({ name: "keeping answers", pauseMs: EVERY, log }, async (signal) => {
    while (await keepSome(db, looked, signal));
  });
}

/** The hours in which shops were last found to have nothing more to be kept. */
type Looked = Map<number, number>;

/** @returns whether there is more to be kept */
async function keepSome(db: Database, looked: Looked, signal: AbortSignal): Promise<boolean> {
  let isMore = false;
  for (const { isChanged, ...shop } of await installedShops(db)) {
    const hour = Math.floor(Date.now() / HOUR);
    if (!isChanged && looked.get(shop.shopId) === hour) continue;
    const count = await keepShop(db, shop);
    if (signal.aborted) return false;
    if (count === SPANS_AT_ONCE) looked.delete(shop.shopId);
    else if (count !== null) looked.set(shop.shopId, hour);
    isMore ||= count === SPANS_AT_ONCE;
  }
  return isMore;
}

async function installedShops(db: Database): Promise<(OfShop & { isChanged: boolean })[]> {
  const shops = await db.$queryRaw<
    { shopId: number; timeZone: string | null; isChanged: boolean }[]
  >`
    select id as "shopId", time_zone as "timeZone",
           exists (select from rollup_changes c where c.shop_id = shops.id) as "isChanged"
    from shops where uninstalled_at is null order by id`;
  return shops.map((shop) => ({ ...shop, timeZone: timeZoneOf(shop) }));
}

/** Forgets what changed of a shop and keeps what is missing, some spans at a time.
 * @returns how many were kept; null where another process is at it */
export const keepShop = (db: Database, shop: OfShop, now = new Date()): Promise<number | null> =>
  ifAlone(db, shop.shopId, async () => {
    await forgetChanged(db, shop);
    await dropOldHours(db, shop, now);
    return keepMissing(db, shop, { now, limit: SPANS_AT_ONCE });
  });
