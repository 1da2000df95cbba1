import type pg from "pg";
import { InvalidInput } from "~/platform/errors";
import { insertRows, type Table } from "~/platform/rows.server";
import { inTransaction, type Sql } from "~/platform/sql.server";
import { wordsOf, type Action, type Said } from "./decide";
import { columnsOf, regroup, TWO_LISTINGS } from "./groups.server";
import { keyOf, storesSeenBy } from "./listings.server";
import { takeMatchTurns } from "./turns.server";

type DecisionRow = ReturnType<typeof columnsOf> & { isSame: boolean; decidedAt: Date };
const DECISIONS: Table<DecisionRow> = {
  table: "match_decisions",
  columns: { ...TWO_LISTINGS, isSame: "boolean", decidedAt: "timestamptz" },
};

/** Takes down what the merchant says of listings, and goes by it at once, here and in the linked stores.
 * @throws {InvalidInput} a listing or group that this shop does not see, or a split of nothing */
export const decide = (
  pool: pg.Pool,
  { shopId, action }: { shopId: number; action: Action },
  now: Date,
): Promise<void> =>
  inTransaction(pool, async (sql) => {
    await takeMatchTurns(sql, await storesSeenBy(sql, shopId));
    const stores = await storesSeenBy(sql, shopId); // a link may have ended meanwhile
    const said = wordsOf(await withKeys(sql, { shopId, stores }, action));
    await writeDown(sql, { shopId, decidedAt: now }, said);
    for (const store of stores) await regroup(sql, store);
  });

/** The last word on two listings is the one that is kept. */
async function writeDown(
  sql: Sql,
  { shopId, decidedAt }: { shopId: number; decidedAt: Date },
  said: readonly Said[],
): Promise<void> {
  const rows = said.map(({ one, other, isSame }) => ({
    ...{ shopId, ...columnsOf(one, other), isSame, decidedAt },
  }));
  await sql.run(
    `delete from match_decisions where shop_id = $1::int
       and (one_shop_id || '/' || one_product_id, other_shop_id || '/' || other_product_id)
           in (select * from unnest($2::text[], $3::text[]))`,
    [
      shopId,
      rows.map((row) => keyOf({ shopId: row.oneShopId, productId: row.oneProductId })),
      rows.map((row) => keyOf({ shopId: row.otherShopId, productId: row.otherProductId })),
    ],
  );
  await insertRows(sql, DECISIONS, rows);
}

type Viewer = { shopId: number; stores: readonly number[] };

/** An action with the keys of its listings, and the members of its groups. */
async function withKeys(sql: Sql, viewer: Viewer, action: Action) {
  switch (action.kind) {
    case "confirm":
    case "reject": {
      const keys = await keysOf(sql, viewer, [action.one, action.other]);
      return { kind: action.kind, keys };
    }
    case "split": {
      const [members = []] = await groupsBy(sql, viewer.shopId, [action.groupId]);
      const chosen = await keysOf(sql, viewer, action.listings);
      return { kind: action.kind, members, chosen };
    }
    case "merge":
      return { kind: action.kind, groups: await groupsBy(sql, viewer.shopId, action.groupIds) };
  }
}

/** Listings by their shop's domain and id: `shop.myshopify.com/123`. */
async function keysOf(
  sql: Sql,
  { stores }: Viewer,
  listings: readonly string[],
): Promise<string[]> {
  const rows = await sql.rows<{ name: string; key: string }>(
    `select s.domain || '/' || p.product_id as name, p.shop_id || '/' || p.product_id as key
     from products p join shops s on s.id = p.shop_id
     where p.shop_id = any($1::int[])
       and (s.domain || '/' || p.product_id) = any($2::text[])
       and p.product_id = any($3::bigint[])`,
    [stores, listings, listings.map((name) => /\/(\d{1,18})$/.exec(name)?.[1] ?? "0")],
  );
  const known = new Map(rows.map(({ name, key }) => [name, key]));
  return listings.map((name) => {
    const key = known.get(name);
    if (key === undefined) throw new InvalidInput(`there is no listing "${name}" here`);
    return key;
  });
}

async function groupsBy(
  sql: Sql,
  shopId: number,
  groupIds: readonly string[],
): Promise<string[][]> {
  const rows = await sql.rows<{ groupId: string; keys: string[] }>(
    `select group_id as "groupId", array_agg(listing_shop_id || '/' || product_id order by 1) as keys
     from match_members where shop_id = $1::int and group_id = any($2::uuid[]) group by group_id`,
    [shopId, groupIds],
  );
  const known = new Map(rows.map(({ groupId, keys }) => [groupId, keys]));
  return groupIds.map((groupId) => {
    const keys = known.get(groupId);
    if (!keys) throw new InvalidInput("this group is another one by now: please look again");
    return keys;
  });
}
