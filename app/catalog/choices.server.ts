import type { Db } from "~/platform/db.server";

/** What the list can be narrowed to; at most 250 of each. */
export type Choices = {
  vendors: string[];
  productTypes: string[];
  collections: { collectionId: string; title: string }[];
};

const MOST = 250;

export async function listingChoices(db: Db, shopId: number): Promise<Choices> {
  const [vendors, productTypes, collections] = await Promise.all([
    db.$queryRaw<{ name: string }[]>`
      select distinct vendor as name from products
      where shop_id = ${shopId}::int and deleted_at is null and vendor <> ''
      order by 1 limit ${MOST}::int`,
    db.$queryRaw<{ name: string }[]>`
      select distinct product_type as name from products
      where shop_id = ${shopId}::int and deleted_at is null and product_type <> ''
      order by 1 limit ${MOST}::int`,
    db.$queryRaw<Choices["collections"]>`
      select collection_id::text as "collectionId", title from collections
      where shop_id = ${shopId}::int order by title, collection_id limit ${MOST}::int`,
  ]);
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
  return { vendors: names(vendors), productTypes: names(productTypes), collections };
}
