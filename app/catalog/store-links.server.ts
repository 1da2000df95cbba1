import { randomBytes } from "node:crypto";
import type pg from "pg";
import type { Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { inTransaction, type Sql } from "~/platform/sql.server";
import { MINUTE } from "~/platform/time";
import { takeMatchTurns } from "./matching/turns.server";
import { CODE_BYTES, codeOf, hashOfCode } from "./store-links";

export const CODE_LIVES = 15 * MINUTE;

export type LinkedStore = { domain: string; name: string | null; linkedAt: string };

/** The stores that a shop is linked with: what another shop may know of one is what is told here. */
export const linkedStores = (db: Db, shopId: number): Promise<LinkedStore[]> =>
  db.$queryRaw<LinkedStore[]>`
    select s.domain, s.name,
           to_char(l.linked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "linkedAt"
    from store_links l join shops s on s.id = l.other_shop_id
    where l.shop_id = ${shopId} and s.uninstalled_at is null
    order by s.domain`;

/** Makes a code with which another store of the merchant links itself with this one: the one half of the
 * agreement. It works once, for fifteen minutes, and an earlier one no longer does. */
export async function makeLinkCode(db: Db, shopId: number, now: Date): Promise<string> {
  const code = codeOf(randomBytes(CODE_BYTES));
  const expiresAt = new Date(now.getTime() + CODE_LIVES);
  await db.$executeRaw`
    insert into store_link_codes (shop_id, code_hash, expires_at)
    values (${shopId}, ${hashOfCode(code)}, ${expiresAt})
    on conflict (shop_id) do update
    set code_hash = excluded.code_hash, expires_at = excluded.expires_at`;
  return code;
}

/** Links a shop with the store that shows a code: the other half. From now on both see each other's
 * listings.
 * @throws {InvalidInput} no store shows that code, not any more, or it is this one */
export const acceptLinkCode = (
  pool: pg.Pool,
  { shopId, code }: { shopId: number; code: string },
  now: Date,
): Promise<void> =>
  inTransaction(pool, async (sql) => {
    const shown = await takeCode(sql, { shopId, code }, now);
    await takeMatchTurns(sql, [shopId, shown]);
    await sql.run(
      `insert into store_links (shop_id, other_shop_id, linked_at)
       values ($1::int, $2::int, $3::timestamptz), ($2::int, $1::int, $3::timestamptz)
       on conflict do nothing`,
      [shopId, shown, now],
    );
    await searchAgain(sql, [shopId, shown]);
  });

async function takeCode(
  sql: Sql,
  { shopId, code }: { shopId: number; code: string },
  now: Date,
): Promise<number> {
  const [found] = await sql.rows<{ shopId: number }>(
    `delete from store_link_codes c using shops s
     where c.code_hash = $1::text and c.expires_at > $2::timestamptz and c.shop_id <> $3::int
       and s.id = c.shop_id and s.uninstalled_at is null
     returning c.shop_id as "shopId"`,
    [hashOfCode(code) ?? "", now, shopId],
  );
  if (found) return found.shopId;
  throw new InvalidInput(
    "No other store shows this code now. A code works once, for 15 minutes: make a new one there.",
  );
}

/** Ends a link at once, for both: neither sees anything of the other's any more.
 * @param domain the other store's */
export const revokeLink = (
  pool: pg.Pool,
  { shopId, domain }: { shopId: number; domain: string },
): Promise<void> =>
  inTransaction(pool, async (sql) => {
    const [other] = await sql.rows<{ id: number }>(
      `select s.id from store_links l join shops s on s.id = l.other_shop_id
       where l.shop_id = $1::int and s.domain = $2::text`,
      [shopId, domain],
    );
    if (!other) return;
    await takeMatchTurns(sql, [shopId, other.id]);
    for (const statement of UNLINK) await sql.run(statement, [shopId, other.id]);
    await searchAgain(sql, [shopId, other.id]);
  });

/** What each of the two knows of the other is forgotten. Parameters: the two. */
const UNLINK = [
  "delete from store_links where (shop_id, other_shop_id) in (($1::int, $2::int), ($2::int, $1::int))",
  `delete from match_members where (shop_id, listing_shop_id) in (($1::int, $2::int), ($2::int, $1::int))`,
  `delete from match_members m
   where m.shop_id in ($1::int, $2::int)
     and not exists (select from match_members t where t.shop_id = m.shop_id
                       and t.group_id = m.group_id
                       and (t.listing_shop_id, t.product_id) <> (m.listing_shop_id, m.product_id))`,
  ...["match_pairs", "match_decisions"].map(
    (
      table,
    ) => `delete from ${table} where shop_id = $1::int and $2::int in (one_shop_id, other_shop_id)
                   or shop_id = $2::int and $1::int in (one_shop_id, other_shop_id)`,
  ),
];

const searchAgain = (sql: Sql, shopIds: readonly number[]) =>
  sql.run(
    `update match_states set fingerprint = null, rest_until = null where shop_id = any($1::int[])`,
    [shopIds],
  );
