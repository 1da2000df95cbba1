import { Counter } from "prom-client";
import type { AppContext } from "~/context";
import type { Db } from "~/platform/db.server";
import { startLoop } from "~/platform/loop.server";
import { MINUTE } from "~/platform/time";
import { timeZoneOf } from "../period";
import { keepChoices } from "./by-choice.server";
import { checkShop } from "./check.server";
import { isDue, type Standing } from "./due";

const EVERY = MINUTE;

type Context = Pick<AppContext, "db" | "log" | "metrics">;

/** Compares every shop's sums with its sessions once a night, fills those of new shops and of shops that have moved to
 * other days, and keeps answers by filters, which takes too long to be done whenever something changes. Any number of processes may.
 * @returns a function that stops after the shop under way */
export function startChecking({ db, log, metrics }: Context): () => Promise<void> {
  const wrong = new Counter({
    name: "pixelnova_rollup_differences_total",
    help: "Sums of sessions that the nightly check found wrong, and put right.",
    registers: [metrics],
  });
  return startLoop({ name: "checking sums of sessions", pauseMs: EVERY, log }, async (signal) => {
    while (!signal.aborted) {
      const due = await claimDue(db, new Date());
      if (!due) return;
      const { shopId, timeZone } = due;
      const differences = await checkShop(db, shopId, timeZone);
      wrong.inc(differences);
      if (differences > 0)
        log.error({ shop: shopId, differences }, "sums of sessions were wrong, and put right");
      await keepChoices(db, due, { signal });
    }
  });
}

type ShopStanding = Standing & { shopId: number };
type DueShop = { shopId: number; timeZone: string };

/** Takes the next shop that is due into this process's hand: a check that dies is made up for in the next
 * night, a filling in the next minute.
 * @returns null where none is due, or another process was faster */
export async function claimDue(db: Db, now: Date): Promise<DueShop | null> {
  const shops = await db.$queryRaw<ShopStanding[]>`
    select id as "shopId", known_zone(shops.time_zone) as "timeZone", r.time_zone as "filledFor",
           r.filled_at as "filledAt", r.checked_at as "checkedAt"
    from shops left join rollup_states r on r.shop_id = id
    where uninstalled_at is null order by r.checked_at nulls first, id`;
  const due = shops.map((shop) => ({ ...shop, timeZone: timeZoneOf(shop) }));
  const next = due.find((shop) => isDue(shop, now));
  if (!next) return null;
  const claimed = await db.$executeRaw`
    insert into rollup_states (shop_id, checked_at) values (${next.shopId}::int, ${now}::timestamptz)
    on conflict (shop_id) do update set checked_at = excluded.checked_at
    where rollup_states.checked_at is not distinct from ${next.checkedAt}::timestamptz`;
  return claimed > 0 ? next : null;
}
