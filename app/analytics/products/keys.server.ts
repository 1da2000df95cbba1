import { Prisma } from "@prisma/client";
import type { ProductGroup } from "./definitions";

/** What rows of products are of: each by itself or by what it belongs to, all of them, a step of time. */
export type ProductsBy = ProductGroup | "all" | "step";

/** How facts `t` of a shop, with a `product_id`, `variant_id`, `vendor` and `product_type`, are told apart.
 * What the catalogue knows of a product holds for all of its past. */
export type Key = {
  /** What the row is of, as text. */
  level: Prisma.Sql;
  /** The key; null leaves a fact out. */
  item: Prisma.Sql;
  /** What has to be joined to `t` for it. */
  joined: Prisma.Sql;
};

/** What sums are kept of. */
export type Level = "all" | "product" | "variant";
const ITEMS: Record<Level, string> = { all: "0", product: "t.product_id", variant: "t.variant_id" };
export const LEVELS: readonly Level[] = ["all", "product", "variant"];

/** An item is a number, 0 of all. */
function keyOfLevels(levels: readonly Level[]): Key {
  const rows = levels.map((level) => `('${level}'::text, ${ITEMS[level]}::bigint)`).join(", ");
  return {
    level: Prisma.sql`k.level`,
    item: Prisma.sql`k.item`,
    joined: Prisma.sql`cross join lateral (values ${Prisma.raw(rows)}) as k(level, item)`,
  };
}

/** What products belong to by the catalogue. */
export type CatalogueLevel = Exclude<ProductGroup, Level>;
export const CATALOGUE_LEVELS: readonly CatalogueLevel[] = ["vendor", "type", "collection"];

/** What each product of a shop belongs to, as rows of product, level and item: any number of collections. */
const BELONGS: Record<CatalogueLevel, (shopId: number) => Prisma.Sql> = {
  vendor: (shopId) => Prisma.sql`
    select product_id, 'vendor', nullif(vendor, '') from products where shop_id = ${shopId}::int`,
  type: (shopId) => Prisma.sql`
    select product_id, 'type', nullif(product_type, '') from products where shop_id = ${shopId}::int`,
  collection: (shopId) => Prisma.sql`
    select product_id, 'collection', collection_id::text
    from collections join collection_products using (shop_id, collection_id)
    where shop_id = ${shopId}::int and deleted_at is null`,
};
/** What a fact says of it itself, where the catalogue does not know. */
const TOLD: Record<CatalogueLevel, string> = {
  vendor: "nullif(t.vendor, '')",
  type: "nullif(t.product_type, '')",
  collection: "null",
};

/** An item is a name or an id, as text that is sorted as bytes. */
function keyOfCatalogue(levels: readonly CatalogueLevel[], shopId: number): Key {
  const told = levels.map((level) => `('${level}'::text, ${TOLD[level]}::text)`).join(", ");
  const belongs = levels.map((level) => BELONGS[level](shopId));
  return {
    level: Prisma.sql`k.level`,
    item: Prisma.sql`coalesce(b.item, k.told, 'none') collate "C"`,
    joined: Prisma.sql`
      cross join lateral (values ${Prisma.raw(told)}) as k(level, told)
      left join (${Prisma.join(belongs, " union all ")}) as b(product_id, level, item)
        on b.product_id = t.product_id and b.level = k.level`,
  };
}

/** Levels of one kind. */
export type Levels = readonly Level[] | readonly CatalogueLevel[];

export const areOfCatalogue = (levels: Levels): levels is readonly CatalogueLevel[] =>
  CATALOGUE_LEVELS.some((level) => level === levels[0]);

/** Tells the facts of a shop apart at several levels at once. */
export const keyOf = (levels: Levels, shopId: number): Key =>
  areOfCatalogue(levels) ? keyOfCatalogue(levels, shopId) : keyOfLevels(levels);
