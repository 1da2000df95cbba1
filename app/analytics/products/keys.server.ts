import { Prisma } from "@prisma/client";
import { stepsOf } from "../period";
import type { View } from "../view";
import type { ProductGroup } from "./definitions";

/** What rows of products are of: each by itself or by what it belongs to, all of them, a step of time. */
export type ProductsBy = ProductGroup | "all" | "step";

/** How facts `t`, with a `product_id`, `variant_id`, `vendor` and `product_type`, are told apart. What the
 * catalogue knows of a product holds for all of its past. */
type Key = {
  /** The key, as text; null leaves a fact out. */
  key: Prisma.Sql;
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

const KEYS: Record<ProductGroup, Key> = {
  product: { key: Prisma.sql`t.product_id::text`, joined: Prisma.empty },
  variant: { key: Prisma.sql`t.variant_id::text`, joined: Prisma.empty },
  vendor: { key: own("vendor", "vendor"), joined: CATALOGUE },
  type: { key: own("product_type", "product_type"), joined: CATALOGUE },
  collection: {
    key: Prisma.sql`coalesce(cp.collection_id::text, 'none')`,
    joined: COLLECTIONS,
  },
};

/** How facts `t` are told apart that also say `at` when they count. */
export function keyOf(view: View, by: ProductsBy): Key {
  if (by === "all") return { key: Prisma.sql`'all'::text`, joined: Prisma.empty };
  if (by !== "step") return KEYS[by];
  const starts = stepsOf(view.period, view.unit).map((start) => start.toISOString());
  const key = Prisma.sql`(${starts}::text[])[width_bucket(t.at, ${starts}::timestamptz[])]`;
  return { key, joined: Prisma.empty };
}
