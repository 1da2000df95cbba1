import type { Db } from "~/platform/db.server";
import type { ProductsBy } from "./keys.server";

/** What a row is called, and the catalogue's product that it leads to. */
export type Title = { title: string | null; productId: string | null };
type Found = Title & { of: string };

/** What rows of products are called, deleted ones too; those that nothing is known of are not there.
 * @param keys ids of products, variants or collections; names are their own titles */
export async function titlesOf(
  db: Db,
  shopId: number,
  { by, keys }: { by: ProductsBy; keys: readonly string[] },
): Promise<Map<string, Title>> {
  const ids = keys.filter((key) => /^\d{1,19}$/.test(key));
  const find = { product: ofProducts, variant: ofVariants, collection: ofCollections };
  if (by === "vendor" || by === "type")
    return new Map(keys.map((key) => [key, { title: key, productId: null }]));
  if (by === "all" || by === "step") return new Map();
  const found = await find[by](db, shopId, ids);
  return new Map(found.map(({ of, title, productId }) => [of, { title, productId }]));
}

const ofProducts = (db: Db, shopId: number, ids: string[]) => db.$queryRaw<Found[]>`
  select of, coalesce(p.title, sold.title) as title, p.product_id::text as "productId"
  from unnest(${ids}::text[]) as of
  left join products p on p.shop_id = ${shopId}::int and p.product_id = of::bigint
  left join lateral (
    select i.title from order_items i
    where i.shop_id = ${shopId}::int and i.product_id = of::bigint and i.title is not null
    order by i.placed_at desc limit 1) as sold on p.title is null`;

/** A product's only variant has no title of its own: Shopify calls it Default Title. */
const ofVariants = (db: Db, shopId: number, ids: string[]) => db.$queryRaw<Found[]>`
  select of, p.product_id::text as "productId",
         case when v.title = 'Default Title' then p.title else p.title || ', ' || v.title end as title
  from unnest(${ids}::text[]) as of
  join variants v on v.shop_id = ${shopId}::int and v.variant_id = of::bigint
  join products p on p.shop_id = v.shop_id and p.product_id = v.product_id`;

const ofCollections = (db: Db, shopId: number, ids: string[]) => db.$queryRaw<Found[]>`
  select collection_id::text as of, title, null as "productId"
  from collections
  where shop_id = ${shopId}::int and collection_id = any(${ids}::text[]::bigint[])`;
