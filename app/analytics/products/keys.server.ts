import { Prisma } from "@prisma/client";
import type { ProductGroup } from "./definitions";

/** What rows of products are of: each by itself or by what it belongs to, all of them, a step of time. */
export type ProductsBy = ProductGroup | "all" | "step";

/** How facts `t`, with a `product_id`, `variant_id`, `vendor` and `product_type`, are told apart. What the
 * catalogue knows of a product holds for all of its past. */
export type Key = {
  /** What the row is of, as text. */
  level: Prisma.Sql;
  /** The key; null leaves a fact out. */
  item: Prisma.Sql;
  /** What has to be joined to `t` for it. */
  joined: Prisma.Sql;
};

const CATALOGUE = Prisma.sql`
  left join products p on p.shop_id = t.shop_id and p.product_id = t.product_id`;
const COLLECTIONS = Prisma.sql`
  left join (collection_products cp join collections c using (shop_id, collection_id))
    on cp.shop_id = t.shop_id and cp.product_id = t.product_id and c.deleted_at is null`;

const own = (column: string, group: string) =>
  Prisma.raw(`coalesce(nullif(p.${group}, ''), nullif(t.${column}, ''), 'none')`);

/** What sums are kept of. */
export type Level = "all" | "product" | "variant";
const ITEMS: Record<Level, string> = { all: "0", product: "t.product_id", variant: "t.variant_id" };
export const LEVELS: readonly Level[] = ["all", "product", "variant"];

/** Tells facts apart at several levels at once: an item is a number, 0 of all. */
export function keyOfLevels(levels: readonly Level[]): Key {
  const rows = levels.map((level) => `('${level}'::text, ${ITEMS[level]}::bigint)`).join(", ");
  return {
    level: Prisma.sql`k.level`,
    item: Prisma.sql`k.item`,
    joined: Prisma.sql`cross join lateral (values ${Prisma.raw(rows)}) as k(level, item)`,
  };
}

/** What facts belong to by the catalogue. */
export const KEYS: Record<Exclude<ProductGroup, Level>, Key> = {
  vendor: {
    ...{ level: Prisma.sql`'vendor'::text`, item: own("vendor", "vendor"), joined: CATALOGUE },
  },
  type: {
    ...{ level: Prisma.sql`'type'::text`, item: own("product_type", "product_type") },
    joined: CATALOGUE,
  },
  collection: {
    level: Prisma.sql`'collection'::text`,
    item: Prisma.sql`coalesce(cp.collection_id::text, 'none')`,
    joined: COLLECTIONS,
  },
};
