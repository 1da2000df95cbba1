import { randomUUID } from "node:crypto";
import type { Sql } from "~/platform/sql.server";
import { int4Array, int8Array, uuidArray } from "~/platform/binary-arrays";
import type { Columns } from "~/platform/columns";
import { insertRows, type Table } from "~/platform/rows.server";
import type { Evidence } from "./evidence";
import type { Pair } from "./find-pairs";
import { groupsOf, nameGroups, type Decision } from "./groups";
import { listingOf, storesSeenBy } from "./listings.server";

/** How two listings are told in columns. */
type TwoListings = {
  oneShopId: number;
  oneProductId: string;
  otherShopId: number;
  otherProductId: string;
};
type PairRow = TwoListings & { confidence: number; reasons: Evidence[] };

export const TWO_LISTINGS: Columns<TwoListings> = {
  ...{ oneShopId: "int", oneProductId: "bigint", otherShopId: "int", otherProductId: "bigint" },
};
const PAIRS: Table<PairRow> = {
  table: "match_pairs",
  columns: { ...TWO_LISTINGS, confidence: "real", reasons: "jsonb" },
};
const AT_ONCE = 2_000;

/** Two listings by their keys, as columns: the smaller key first. */
export function columnsOf(key: string, otherKey: string): TwoListings {
  const [one, other] = key < otherKey ? [key, otherKey] : [otherKey, key];
  const [{ shopId: oneShopId, productId: oneProductId }, { shopId, productId }] = [
    listingOf(one),
    listingOf(other),
  ];
  return { oneShopId, oneProductId, otherShopId: shopId, otherProductId: productId };
}

const KEYS = `one_shop_id || '/' || one_product_id as one, other_shop_id || '/' || other_product_id as other`;

/** Puts what a search found in the place of what the last one did. What it found of a store that was
 * unlinked meanwhile is left out. */
export async function replacePairs(
  sql: Sql,
  shopId: number,
  pairs: readonly Pair[],
): Promise<void> {
  const seen = new Set(await storesSeenBy(sql, shopId));
  const rows = pairs
    .map(({ one, other, ...found }) => ({ shopId, ...columnsOf(one, other), ...found }))
    .filter(({ oneShopId, otherShopId }) => seen.has(oneShopId) && seen.has(otherShopId));
  await sql.run("delete from match_pairs where shop_id = $1::int", [shopId]);
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await insertRows(sql, PAIRS, rows.slice(from, from + AT_ONCE));
}

/** Groups a shop's listings anew: what was found, and what the merchant said here or in a linked store. */
export async function regroup(sql: Sql, shopId: number): Promise<void> {
  const stores = await storesSeenBy(sql, shopId);
  const pairs = await sql.rows<{ one: string; other: string; confidence: number }>(
    `select ${KEYS}, confidence from match_pairs where shop_id = $1::int`,
    [shopId],
  );
  const { groups, toReview } = groupsOf(
    pairs.map((pair) => ({ ...pair, reasons: [] })),
    await readDecisions(sql, stores),
  );
  const named = nameGroups(groups, await membersOf(sql, shopId), randomUUID);
  await replaceMembers(sql, { shopId, stores }, named);
  const asked = toReview.map(({ one, other }) => columnsOf(one, other));
  await sql.run(ASK, [
    shopId,
    int4Array(asked.map(({ oneShopId }) => oneShopId)),
    int8Array(asked.map(({ oneProductId }) => oneProductId)),
    int4Array(asked.map(({ otherShopId }) => otherShopId)),
    int8Array(asked.map(({ otherProductId }) => otherProductId)),
  ]);
}

const readDecisions = (sql: Sql, stores: readonly number[]) =>
  sql.rows<Decision>(
    `select ${KEYS}, is_same as "isSame", decided_at as "decidedAt" from match_decisions
     where shop_id = any($1::int[]) and one_shop_id = any($1::int[]) and other_shop_id = any($1::int[])`,
    [stores],
  );

async function membersOf(sql: Sql, shopId: number): Promise<Map<string, string>> {
  const rows = await sql.rows<{ key: string; groupId: string }>(
    `select listing_shop_id || '/' || product_id as key, group_id as "groupId"
     from match_members where shop_id = $1::int`,
    [shopId],
  );
  return new Map(rows.map(({ key, groupId }) => [key, groupId]));
}

/** A listing that is deleted is in no group; what it holds together stays together. */
async function replaceMembers(
  sql: Sql,
  { shopId, stores }: { shopId: number; stores: readonly number[] },
  groups: readonly { groupId: string; members: string[] }[],
): Promise<void> {
  const rows = groups.flatMap(({ groupId, members }) =>
    members.map((key) => ({ groupId, ...listingOf(key) })),
  );
  await sql.run("delete from match_members where shop_id = $1::int", [shopId]);
  await sql.run(INSERT_MEMBERS, [
    shopId,
    stores,
    int4Array(rows.map((row) => row.shopId)),
    int8Array(rows.map(({ productId }) => productId)),
    uuidArray(rows.map(({ groupId }) => groupId)),
  ]);
}

const INSERT_MEMBERS = `
  with living as (
    select m.listing_shop_id, m.product_id, m.group_id, count(*) over (partition by m.group_id) as members
    from unnest($3::int[], $4::bigint[], $5::uuid[]) as m (listing_shop_id, product_id, group_id)
    join products p on p.shop_id = m.listing_shop_id and p.product_id = m.product_id
    where p.shop_id = any($2::int[]) and p.deleted_at is null
  )
  insert into match_members (shop_id, listing_shop_id, product_id, group_id)
  select $1::int, listing_shop_id, product_id, group_id from living where members > 1`;

const ASK = `
  update match_pairs p set is_question = not p.is_question
  where p.shop_id = $1::int and p.is_question <> exists (
    select from unnest($2::int[], $3::bigint[], $4::int[], $5::bigint[])
      as a (one_shop_id, one_product_id, other_shop_id, other_product_id)
    where (a.one_shop_id, a.one_product_id, a.other_shop_id, a.other_product_id)
        = (p.one_shop_id, p.one_product_id, p.other_shop_id, p.other_product_id))`;
