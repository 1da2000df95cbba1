import type { Db } from "~/platform/db.server";
import type { Evidence } from "./evidence";

/** A listing as the merchant is shown it. */
export type ShownListing = {
  /** `shop.myshopify.com/123`: what an action calls it. */
  name: string;
  domain: string;
  store: string | null;
  productId: string;
  title: string;
  vendor: string;
  imageUrl: string | null;
  /** Of its variants, in minor units of its store's currency. */
  minPriceMinor: number;
  maxPriceMinor: number;
  currency: string | null;
  status: string;
};

export type Question = {
  one: ShownListing;
  other: ShownListing;
  confidence: number;
  reasons: Evidence[];
};

const SHOWN_AT_ONCE = 10;
const GROUPS_ON_A_PAGE = 20;

type Key = { shopId: number; productId: bigint };

/** What the merchant is asked, the surest first: the first ten of so many. */
export async function listQuestions(
  db: Db,
  shopId: number,
): Promise<{ questions: Question[]; total: number }> {
  const where = { shopId, isQuestion: true };
  const [total, pairs] = await Promise.all([
    db.matchPair.count({ where }),
    db.matchPair.findMany({
      where,
      orderBy: [{ confidence: "desc" }, { oneProductId: "asc" }, { otherProductId: "asc" }],
      take: SHOWN_AT_ONCE,
    }),
  ]);
  const rows = pairs.map((pair) => ({
    ...pair,
    one: { shopId: pair.oneShopId, productId: pair.oneProductId },
    other: { shopId: pair.otherShopId, productId: pair.otherProductId },
  }));
  const listings = await showListings(
    db,
    shopId,
    rows.flatMap(({ one, other }) => [one, other]),
  );
  const questions = rows.flatMap(({ one, other, confidence, reasons }) => {
    const [left, right] = [listings.get(nameOf(one)), listings.get(nameOf(other))];
    // Prisma does not know what a column of JSON holds: `replacePairs` writes it.
    const shown = { confidence, reasons: reasons as Evidence[] };
    return left && right ? [{ one: left, other: right, ...shown }] : [];
  });
  return { questions, total };
}

export type ShownGroup = { groupId: string; listings: ShownListing[] };

/** A shop's groups, a page at a time, those of most listings first.
 * @param page from 1 */
export async function listGroups(
  db: Db,
  shopId: number,
  page: number,
): Promise<{ groups: ShownGroup[]; total: number; pages: number }> {
  const [counted] = await db.$queryRaw<{ total: number }[]>`
    select count(distinct group_id)::int as total from match_members where shop_id = ${shopId}::int`;
  const rows = await db.$queryRaw<{ groupId: string; shopIds: number[]; productIds: bigint[] }[]>`
    select group_id as "groupId",
           array_agg(listing_shop_id order by listing_shop_id, product_id) as "shopIds",
           array_agg(product_id order by listing_shop_id, product_id) as "productIds"
    from match_members where shop_id = ${shopId}::int
    group by group_id order by count(*) desc, min(product_id), group_id
    limit ${GROUPS_ON_A_PAGE} offset ${(page - 1) * GROUPS_ON_A_PAGE}`;
  const keys = rows.map(({ shopIds, productIds }) =>
    productIds.map((productId, i) => ({ shopId: shopIds[i] ?? shopId, productId })),
  );
  const listings = await showListings(db, shopId, keys.flat());
  const total = counted?.total ?? 0;
  return {
    groups: rows.map(({ groupId }, i) => ({
      groupId,
      listings: (keys[i] ?? []).flatMap((key) => listings.get(nameOf(key)) ?? []),
    })),
    ...{ total, pages: Math.max(1, Math.ceil(total / GROUPS_ON_A_PAGE)) },
  };
}

const nameOf = ({ shopId, productId }: Key) => `${shopId}/${productId}`;

/** Listings of a shop and of the stores that it is linked with, by shop and product; of no other. */
async function showListings(
  db: Db,
  shopId: number,
  keys: readonly Key[],
): Promise<Map<string, ShownListing>> {
  const rows = await db.$queryRaw<(ShownListing & { key: string })[]>`
    select p.shop_id || '/' || p.product_id as key, s.domain || '/' || p.product_id as name, s.domain,
           s.name as store, p.product_id::text as "productId", p.title, p.vendor,
           p.image_url as "imageUrl", p.min_price_minor::float8 as "minPriceMinor",
           p.max_price_minor::float8 as "maxPriceMinor", s.currency, p.status
    from unnest(${keys.map((key) => key.shopId)}::int[], ${keys.map((key) => key.productId)}::bigint[])
      as k (shop_id, product_id)
    join products p on p.shop_id = k.shop_id and p.product_id = k.product_id and p.deleted_at is null
    join shops s on s.id = p.shop_id and s.uninstalled_at is null
    where p.shop_id = ${shopId}::int
       or exists (select from store_links l
                  where l.shop_id = ${shopId}::int and l.other_shop_id = p.shop_id)`;
  return new Map(rows.map(({ key, ...listing }) => [key, listing]));
}

/** When a shop's listings were last searched for what is one product, and how many they were; null before
 * the first time. */
export async function lastSearch(
  db: Db,
  shopId: number,
): Promise<{ matchedAt: Date; listings: number } | null> {
  const state = await db.matchState.findUnique({ where: { shopId } });
  if (!state?.matchedAt) return null;
  return { matchedAt: state.matchedAt, listings: state.listings ?? 0 };
}
