import type { Db } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import type { Sql } from "~/platform/sql.server";
import type { Source } from "./merge.server";

/** Why a product has to be asked for; a change that is found gets it as its source. */
export type HintReason = Exclude<Source, "sync">;

/** A hint that is in this process's hand; a hint that came again meanwhile has another `requestedAt`. */
export type Hint = { productId: string; reason: HintReason; requestedAt: Date };

/** How long a process may be silent before another one asks in its place. */
const CLAIM = MINUTE;

/** Shopify tells times to the second: what was seen within the second of a change may be from before
 * it. The rest is for clocks that are apart. */
export const SAME_MOMENT_MS = 3_000;

type About = { reason: HintReason; now: Date };

/** Notes that products changed, so that what was asked before does not answer for them.
 * @param productIds digits */
export const hint = (
  db: Db,
  shopId: number,
  productIds: readonly string[],
  { reason, now }: About,
): Promise<number> => db.$executeRaw`
  insert into catalog_refreshes as r (shop_id, product_id, reason, requested_at)
  select distinct ${shopId}::int, id, ${reason}, ${now}::timestamptz(3)
  from unnest(${[...productIds]}::bigint[]) as id order by id
  on conflict (shop_id, product_id) do update
  set reason = excluded.reason,
      requested_at = greatest(excluded.requested_at, r.requested_at + interval '1 millisecond')`;

/** Notes that products should be asked for, unless they are to be anyway. */
export const hintOnce = (
  db: Db,
  shopId: number,
  productIds: readonly string[],
  { reason, now }: About,
): Promise<number> => db.$executeRaw`
  insert into catalog_refreshes (shop_id, product_id, reason, requested_at)
  select distinct ${shopId}::int, id, ${reason}, ${now}::timestamptz(3)
  from unnest(${[...productIds]}::bigint[]) as id order by id
  on conflict (shop_id, product_id) do nothing`;

/** Of products that Shopify says were last changed at some moments, those that the mirror has
 * otherwise, or saw so soon after that it may not have seen all of it.
 * @returns their ids */
export async function notMirrored(
  db: Db,
  shopId: number,
  told: readonly { id: string; updatedAt: Date }[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select told.id::text
    from unnest(${told.map(({ id }) => id)}::bigint[],
                ${told.map(({ updatedAt }) => updatedAt)}::timestamptz[]) as told (id, updated_at)
    left join products p on p.shop_id = ${shopId}::int and p.product_id = told.id
      and p.deleted_at is null
    where p.product_id is null
       or p.updated_at < date_trunc('second', told.updated_at)
       or (p.updated_at < date_trunc('second', told.updated_at) + interval '1 second'
           and p.as_of < told.updated_at + ${SAME_MOMENT_MS} * interval '1 millisecond')`;
  return rows.map(({ id }) => id);
}

type Taking = {
  now: Date;
  /** At most so many. */
  limit: number;
  /** Only these. */
  only?: readonly string[];
};

/** Takes a shop's hints of one reason in hand, the oldest first. */
export const takeHints = (db: Db, shopId: number, { now, limit, only }: Taking): Promise<Hint[]> =>
  db.$queryRaw<Hint[]>`
    with due as (
      select product_id, reason, requested_at from catalog_refreshes
      where shop_id = ${shopId}::int and (wait_until is null or wait_until <= ${now}::timestamptz)
        and (${only ?? null}::bigint[] is null or product_id = any(${only ?? null}::bigint[]))
    ), taken as (
      select r.product_id from catalog_refreshes r
      join due on due.product_id = r.product_id
      where r.shop_id = ${shopId}::int
        and due.reason = (select reason from due order by requested_at, product_id limit 1)
        and (r.wait_until is null or r.wait_until <= ${now}::timestamptz)
      order by r.requested_at, r.product_id limit ${limit}::int for update of r skip locked
    )
    update catalog_refreshes r set wait_until = ${new Date(now.getTime() + CLAIM)}::timestamptz
    from taken where r.shop_id = ${shopId}::int and r.product_id = taken.product_id
    returning r.product_id::text as "productId", r.reason, r.requested_at as "requestedAt"`;

/** Forgets hints that were answered; one that came again meanwhile stays, to be asked at once. */
export async function answerHints(sql: Sql, shopId: number, hints: readonly Hint[]): Promise<void> {
  const ids = hints.map(({ productId }) => productId);
  await sql.run(
    `delete from catalog_refreshes r
     using unnest($2::bigint[], $3::timestamptz[]) as h (product_id, requested_at)
     where r.shop_id = $1::int and r.product_id = h.product_id and r.requested_at = h.requested_at`,
    [shopId, ids, hints.map(({ requestedAt }) => requestedAt)],
  );
  await sql.run(
    `update catalog_refreshes set wait_until = null, attempts = 0, error = null
     where shop_id = $1::int and product_id = any($2::bigint[])`,
    [shopId, ids],
  );
}

/** Puts hints back that could not be answered. Each waits longer than the last time, from some seconds
 * to a quarter of an hour, and not all the same time: products that were asked for together part. */
export const putBack = (
  db: Db,
  shopId: number,
  hints: readonly Hint[],
  { error, now }: { error: string; now: Date },
): Promise<number> => db.$executeRaw`
  update catalog_refreshes
  set attempts = attempts + 1, error = ${error},
      wait_until = ${now}::timestamptz + (0.5 + random() / 2)
        * least(interval '15 minutes', interval '5 seconds' * 2 ^ least(attempts, 10))
  where shop_id = ${shopId}::int
    and product_id = any(${hints.map(({ productId }) => productId)}::bigint[])`;
