import { setImmediate } from "node:timers/promises";
import type { AppContext } from "~/context";
import type { Database } from "~/platform/db.server";
import { startLoop } from "~/platform/loop.server";
import { inTransaction } from "~/platform/sql.server";
import { MINUTE, SECOND } from "~/platform/time";
import { findPairs } from "./find-pairs";
import { regroup, replacePairs } from "./groups.server";
import { fingerprintOf, readListings, storesSeenBy } from "./listings.server";
import type { Steps } from "./steps";
import { takeMatchTurns } from "./turns.server";

const EVERY = 10 * SECOND;
/** A search rests at least that long, and so many times as long as it took: it takes a twentieth of a core
 * at most, however often a catalogue changes. */
const REST = 30 * SECOND;
const REST_FACTOR = 20;
/** A process that searched for longer has died. */
const CLAIM = 10 * MINUTE;

/** Searches a shop's listings, and those of its linked stores, for what is one product, unless nothing
 * that is compared has changed.
 * @returns whether it searched */
export async function matchShop(db: Database, shopId: number, now: Date): Promise<boolean> {
  const read = await inTransaction(db.pool, async (sql) => {
    const stores = await storesSeenBy(sql, shopId);
    const fingerprint = await fingerprintOf(sql, stores);
    const known = await sql.rows(
      "select from match_states where shop_id = $1::int and fingerprint = $2::text",
      [shopId, fingerprint],
    );
    if (known.length > 0) return null;
    return { fingerprint, listings: await readListings(sql, stores) };
  });
  if (!read) return false;
  const { fingerprint, listings } = read;
  const pairs = await inTurns(findPairs(listings));
  await inTransaction(db.pool, async (sql) => {
    await takeMatchTurns(sql, [shopId]);
    await replacePairs(sql, shopId, pairs);
    await regroup(sql, shopId);
    await sql.run(
      `insert into match_states (shop_id, fingerprint, matched_at, listings)
       values ($1::int, $2::text, $3::timestamptz, $4::int)
       on conflict (shop_id) do update set fingerprint = excluded.fingerprint,
         matched_at = excluded.matched_at, listings = excluded.listings`,
      [shopId, fingerprint, now, listings.length],
    );
  });
  return true;
}

/** Takes steps, and lets the process do what else there is to do after each. */
async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
  }
}

/** Searches every shop's listings again once they changed, one shop at a time. Any number of processes
 * may.
 * @returns a function that stops after the search under way */
export const startMatching = ({ db, log }: Pick<AppContext, "db" | "log">): (() => Promise<void>) =>
  startLoop({ name: "looking for listings that are one product", pauseMs: EVERY, log }, (signal) =>
    matchDue(db, signal),
  );

async function matchDue(db: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const shopId = await claimShop(db, new Date());
    if (shopId === null) return;
    const started = Date.now();
    await matchShop(db, shopId, new Date());
    const rest = Math.max(REST, REST_FACTOR * (Date.now() - started));
    await db.$executeRaw`
      update match_states set rest_until = ${new Date(Date.now() + rest)}
      where shop_id = ${shopId}::int`;
  }
}

/** Takes the shop into this process's hand that has rested for longest, of those that list something. */
async function claimShop(db: Database, now: Date): Promise<number | null> {
  await db.$executeRaw`
    insert into match_states (shop_id)
    select id from shops s
    where uninstalled_at is null and exists (select from products p where p.shop_id = s.id)
      and not exists (select from match_states m where m.shop_id = s.id)
    on conflict do nothing`;
  const [claimed] = await db.$queryRaw<{ shopId: number }[]>`
    update match_states set rest_until = ${new Date(now.getTime() + CLAIM)}
    where shop_id = (
      select m.shop_id from match_states m join shops s on s.id = m.shop_id
      where s.uninstalled_at is null and (m.rest_until is null or m.rest_until <= ${now})
      order by m.rest_until nulls first, m.shop_id limit 1 for update of m skip locked)
    returning shop_id as "shopId"`;
  return claimed?.shopId ?? null;
}
