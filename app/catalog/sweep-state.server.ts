import type { Db } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { CAN_BE_ASKED, type RefreshShop } from "./refresh-shops.server";

/** How far apart a shop's sweeps are. */
export const SWEEP_EVERY = 15 * MINUTE;
/** How long a process may sweep, and how long a shop whose sweep failed is left alone. */
const CLAIM = 5 * MINUTE;

/** A sweep in this process's hand. `since`: until then the mirror has all changes. */
export type SweepClaim = RefreshShop & { since: Date };

/** Takes a shop whose sweep is due, and whose catalogue has been fetched as a whole before. */
export async function claimSweep(db: Db, now: Date): Promise<SweepClaim | null> {
  const [claim] = await db.$queryRaw<SweepClaim[]>`
    update catalog_states c set sweeping_until = ${new Date(now.getTime() + CLAIM)}::timestamptz
    from shops s
    where s.id = c.shop_id and c.shop_id = (
      select c.shop_id from catalog_states c join shops s on s.id = c.shop_id
      where ${CAN_BE_ASKED} and c.confirmed_at is not null
        and (c.swept_at is null or c.swept_at <= ${new Date(now.getTime() - SWEEP_EVERY)}::timestamptz)
        and (c.sweeping_until is null or c.sweeping_until <= ${now}::timestamptz)
      order by c.swept_at nulls first limit 1 for update of c skip locked)
    returning s.id, s.domain, s.currency, greatest(c.swept_until, c.confirmed_at) as since`;
  return claim ?? null;
}

/** Notes that a sweep is through; what it has products asked for may still be on its way.
 * @param beganAt null when it did not look at all that changed, and a sync will */
export const endSweep = (
  db: Db,
  shopId: number,
  { beganAt, now }: { beganAt: Date | null; now: Date },
): Promise<number> => db.$executeRaw`
  update catalog_states
  set swept_until = coalesce(${beganAt}::timestamptz, swept_until),
      unconfirmed_at = coalesce(${beganAt}::timestamptz, unconfirmed_at),
      swept_at = ${now}::timestamptz, sweeping_until = null
  where shop_id = ${shopId}::int`;

/** Confirms the mirrors of shops whose last sweep's products have all been asked for.
 * @returns how many */
export const confirmSwept = (db: Db): Promise<number> => db.$executeRaw`
  update catalog_states c
  set confirmed_at = greatest(c.confirmed_at, c.unconfirmed_at), unconfirmed_at = null
  where c.unconfirmed_at is not null and not exists (
    select from catalog_refreshes r
    where r.shop_id = c.shop_id and (r.reason = 'sweep' or r.requested_at <= c.swept_at))`;

/** How many products the mirror has, once those that are listed and not in it yet are. */
export async function expectedCount(
  db: Db,
  shopId: number,
  listed: readonly string[],
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select (count(*) + (
      select count(distinct id) from unnest(${[...listed]}::bigint[]) as id
      where not exists (select from products p where p.shop_id = ${shopId}::int
                          and p.product_id = id and p.deleted_at is null)))::int as count
    from products where shop_id = ${shopId}::int and deleted_at is null`;
  return row?.count ?? 0;
}

/** Products of the mirror that are not among those that Shopify lists. */
export async function notListed(
  db: Db,
  shopId: number,
  listed: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select p.product_id::text as id from products p
    where p.shop_id = ${shopId}::int and p.deleted_at is null
      and p.product_id not in (select id from unnest(${[...listed]}::bigint[]) as id)`;
  return rows.map(({ id }) => id);
}
