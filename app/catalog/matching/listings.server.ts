import type { Sql } from "~/platform/sql.server";
import type { Listing, ListedVariant } from "./listing";

/** Changes with the rules, so that a release with others searches again. */
const RULES = 1;

/** The shops whose listings a shop may see: itself, and the stores that it is linked with. */
export async function storesSeenBy(sql: Sql, shopId: number): Promise<number[]> {
  const rows = await sql.rows<{ id: number }>(
    `select $1::int as id union all
     select l.other_shop_id from store_links l join shops s on s.id = l.other_shop_id
     where l.shop_id = $1::int and s.uninstalled_at is null
     order by id`,
    [shopId],
  );
  return rows.map(({ id }) => id);
}

/** What is compared of shops: the same fingerprint, the same pairs. */
export async function fingerprintOf(sql: Sql, stores: readonly number[]): Promise<string> {
  const [found] = await sql.rows<{ products: string; variants: string }>(
    `select
       (select coalesce(sum(hashtextextended(concat_ws(chr(1), p.shop_id, p.product_id, p.title, p.vendor,
                 p.min_price_minor, p.max_price_minor, s.currency), 0)), 0)
        from products p join shops s on s.id = p.shop_id
        where p.shop_id = any($1::int[]) and ${IS_LISTED})::text as products,
       (select coalesce(sum(hashtextextended(concat_ws(chr(1), v.shop_id, v.variant_id, coalesce(v.sku, ''),
                 coalesce(v.barcode, ''), v.options::text), 0)), 0)
        from variants v where v.shop_id = any($1::int[]) and v.deleted_at is null)::text as variants`,
    [stores],
  );
  return [RULES, stores.join(","), found?.products, found?.variants].join(" ");
}

/** All that shops list and have not deleted, whether shoppers see it or not. A gift card is money. */
export async function readListings(sql: Sql, stores: readonly number[]): Promise<Listing[]> {
  const rows = await sql.rows<
    Omit<Listing, "key" | "store"> & { shopId: number; productId: string }
  >(
    `select p.shop_id as "shopId", p.product_id as "productId", p.title, p.vendor, s.currency,
            p.min_price_minor::float8 as "minPriceMinor", p.max_price_minor::float8 as "maxPriceMinor",
            coalesce(v.variants, '[]') as variants
     from products p
     join shops s on s.id = p.shop_id
     left join (
       select shop_id, product_id, json_agg(json_build_object(
                'sku', sku, 'barcode', barcode, 'options', options) order by position, variant_id) as variants
       from variants where shop_id = any($1::int[]) and deleted_at is null
       group by shop_id, product_id
     ) v on v.shop_id = p.shop_id and v.product_id = p.product_id
     where p.shop_id = any($1::int[]) and ${IS_LISTED}`,
    [stores],
  );
  return rows.map(({ shopId, productId, variants, ...rest }) => ({
    ...rest,
    ...{ key: keyOf({ shopId, productId }), store: String(shopId) },
    variants: variants satisfies readonly ListedVariant[],
  }));
}

const IS_LISTED = "p.deleted_at is null and not p.is_gift_card";

/** A product of a shop. */
export type ListingId = { shopId: number; productId: string };

/** What names a listing while listings of several shops are compared. */
export const keyOf = ({ shopId, productId }: ListingId): string => `${shopId}/${productId}`;

export function listingOf(key: string): ListingId {
  const [shopId, productId = ""] = key.split("/");
  return { shopId: Number(shopId), productId };
}
