import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import { sumUp, type Offer, type Offers } from "./offers";
import { VISIBLE } from "./visible";

/** Where a product can be bought, and for what: its own listing and those that are the same product, here
 * and in the linked stores. Only what shoppers can see is an offer.
 * @returns a sum for each currency, the shop's own first; none for a product that no shopper can see
 *   anywhere */
export async function offersOf(db: Db, shopId: number, productId: string): Promise<Offers[]> {
  const [shop] = await db.$queryRaw<{ currency: string | null; moneyFormat: string | null }[]>`
    select currency, money_format as "moneyFormat" from shops where id = ${shopId}::int`;
  const offers = await db.$queryRaw<Offer[]>`
    with seen as (
      select ${shopId}::int as id
      union select l.other_shop_id from store_links l where l.shop_id = ${shopId}::int
    ), listing as (
      select ${shopId}::int as listing_shop_id, ${productId}::bigint as product_id
      union
      select m.listing_shop_id, m.product_id from match_members own
      join match_members m on m.shop_id = own.shop_id and m.group_id = own.group_id
      where own.shop_id = ${shopId}::int and own.listing_shop_id = ${shopId}::int
        and own.product_id = ${productId}::bigint
    )
    select s.domain, s.name as store, p.product_id::text as "productId", p.title, p.vendor,
           p.image_url as "imageUrl", p.online_store_url as url, p.is_available as "isAvailable",
           coalesce(v.cheapest, p.min_price_minor)::float8 as "minPriceMinor",
           coalesce(v.dearest, p.max_price_minor)::float8 as "maxPriceMinor", s.currency
    from listing l
    join shops s on s.id = l.listing_shop_id and s.uninstalled_at is null
    join products p on p.shop_id = l.listing_shop_id and p.product_id = l.product_id
    left join lateral (
      select min(price_minor) as cheapest, max(price_minor) as dearest from variants v
      where v.shop_id = p.shop_id and v.product_id = p.product_id and v.is_available
        and v.deleted_at is null
    ) v on true
    where l.listing_shop_id in (select id from seen)
      and ${Prisma.raw(VISIBLE)}`;
  return sumUp(offers, shop ?? { currency: null, moneyFormat: null });
}
