import type { Database, Db } from "~/platform/db.server";
import { MINUTE, SECOND } from "~/platform/time";
import { hintOnce, type HintReason } from "./hints.server";
import { CAN_BE_ASKED } from "./refresh-shops.server";

/** Events are folded some time after they happened; what comes later than this is left to the sweep. */
const OVERLAP = 10 * MINUTE;
/** Where several processes look, one is enough. */
const JUST_LOOKED = 20 * SECOND;
/** Whoever sends events can name any product, so of a shop only so many are believed at a time. */
export const MOST_AT_ONCE = 100;

/** Has the products asked for that events of shops name and the catalogue does not know, or has not
 * had confirmed for longer than the shop wants: those first that most events name.
 * @returns how many */
export async function hintSeen(db: Database, now: Date): Promise<number> {
  const due = await db.$queryRaw<{ shopId: number; since: Date | null; staleHours: number }[]>`
    select c.shop_id as "shopId", c.events_seen_until as since, c.stale_hours as "staleHours"
    from catalog_states c join shops s on s.id = c.shop_id
    where ${CAN_BE_ASKED} and c.confirmed_at is not null
      and (c.events_seen_until is null
           or c.events_seen_until <= ${new Date(now.getTime() - JUST_LOOKED)}::timestamptz)`;
  let hinted = 0;
  for (const { shopId, since, staleHours } of due) {
    const from = new Date((since ?? now).getTime() - OVERLAP);
    const seen = await seenProducts(db, shopId, { from, now, staleHours });
    for (const reason of ["event", "refresh"] as const)
      hinted += await hintOnce(db, shopId, idsOf(seen, reason), { reason, now });
    await db.catalogState.updateMany({ where: { shopId }, data: { eventsSeenUntil: now } });
  }
  return hinted;
}

type Seen = { id: string; reason: HintReason };
const idsOf = (seen: readonly Seen[], reason: HintReason) =>
  seen.filter((each) => each.reason === reason).map(({ id }) => id);

const seenProducts = (
  db: Db,
  shopId: number,
  { from, now, staleHours }: { from: Date; now: Date; staleHours: number },
): Promise<Seen[]> => db.$queryRaw<Seen[]>`
  with named as (
    select product_id from product_views
    where shop_id = ${shopId}::int and viewed_at > ${from}::timestamptz
    union all
    select product_id from cart_actions
    where shop_id = ${shopId}::int and acted_at > ${from}::timestamptz
    union all
    select product_id from order_items
    where shop_id = ${shopId}::int and placed_at > ${from}::timestamptz
  ), counted as (
    select product_id, count(*) as times from named where product_id is not null group by product_id
  )
  select c.product_id::text as id, case when p.product_id is null then 'event' else 'refresh' end as reason
  from counted c
  left join products p on p.shop_id = ${shopId}::int and p.product_id = c.product_id
  left join catalog_states s on s.shop_id = ${shopId}::int
  where p.product_id is null
     or p.deleted_at is null and greatest(p.as_of, s.confirmed_at)
          <= ${now}::timestamptz - ${staleHours}::int * interval '1 hour'
  order by c.times desc, c.product_id limit ${MOST_AT_ONCE}::int`;
