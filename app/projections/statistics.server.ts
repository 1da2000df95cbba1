import type pg from "pg";
import type { LogEntry } from "~/events/log.server";
import { PROJECTED_TABLES } from "./rebuild-scope.server";

/** After so many entries of a shop the planner hears of it, and again whenever they have become so many times as many. */
const FIRST = 4_000;
const TIMES = 4;

/** Keeps the planner's statistics up with shops that grow. A shop that they do not hold is to it one of a row or none, for
 * which any index that begins with the shop seems as good as the right one: each look-up then reads all that the
 * shop has. Autovacuum looks when a tenth of a table is new, which a shop beside larger ones may never be. */
export function followGrowth(pool: pg.Pool) {
  const shops = new Map<number, { entries: number; due: number }>();
  let isDue = false;
  /** Counts entries that were folded, by their shops. */
  const note = (entries: readonly Pick<LogEntry, "shopId">[]): void => {
    for (const { shopId } of entries) {
      const shop = shops.get(shopId) ?? { entries: 0, due: FIRST };
      shop.entries++;
      if (shop.entries === shop.due) {
        shop.due *= TIMES;
        isDue = true;
      }
      shops.set(shopId, shop);
    }
  };
  /** Has the planner look at what is folded, table by table, where a shop has grown since; one that somebody else is
   * looking at is left to them. */
  const tellPlanner = async (stopping?: AbortSignal): Promise<void> => {
    if (!isDue) return;
    isDue = false;
    for (const table of PROJECTED_TABLES)
      if (!stopping?.aborted) await pool.query(`analyze (skip_locked) ${table}`);
  };
  return { note, tellPlanner };
}

export type Growth = ReturnType<typeof followGrowth>;
