import { groupBy } from "~/platform/group-by";
import type { Db } from "~/platform/db.server";
import { DAY } from "~/platform/time";
import { productFields, visibleTo, type ListedProduct, type Visibility } from "./listing.server";
import type { Change } from "./prices";
import {
  fromPrices,
  priceFacts,
  productChanges,
  type PriceFacts,
  type ProductChange,
} from "./prices-of-product";

type Fields = ListedProduct & {
  description: string;
  publishedAt: Date | null;
  createdAt: Date;
  firstSeenAt: Date;
  /** Since when Shopify no longer has it. */
  deletedAt: Date | null;
};

/** A variant, with what its history says; money in minor units of the shop's currency. */
export type ProductVariant = {
  variantId: string;
  title: string;
  sku: string | null;
  barcode: string | null;
  options: { name: string; value: string }[];
  priceMinor: number;
  compareAtMinor: number | null;
  isAvailable: boolean;
  /** Null where it is not counted. */
  inventoryQuantity: number | null;
  prices: PriceFacts;
};

export type CatalogProduct = Fields & {
  variants: ProductVariant[];
  /** Of a year and a month, oldest first. */
  changes: ProductChange[];
  /** Of its "from" price, and of days on which no variant could be bought. */
  prices: PriceFacts;
};

/** How far back a product's history is read: a year, and the 30 days before. */
const HISTORY_DAYS = 395;

type ProductKey = { shopId: number; productId: string };
type Looking = { visibility: Visibility; now: Date };

/** A product with its variants and its history.
 * @param key.productId digits
 * @returns null when the shop has none of this id that may be shown; merchants are shown deleted ones */
export async function productOf(
  db: Db,
  key: ProductKey,
  { visibility, now }: Looking,
): Promise<CatalogProduct | null> {
  const [fields] = await findProduct(db, key, { visibility, now });
  if (!fields || (visibility === "shoppers" && fields.deletedAt)) return null;
  const since = new Date(now.getTime() - HISTORY_DAYS * DAY);
  const [variants, changes] = await Promise.all([
    variantsOf(db, key),
    changesOf(db, key, { since, now }),
  ]);
  const byVariant = groupBy(changes, ({ variantId }) => variantId);
  const ofProduct = productChanges(
    variants.map(({ variantId, deletedAt }) => ({
      ...{ variantId, endedAt: deletedAt, changes: byVariant.get(variantId) ?? [] },
    })),
  );
  return {
    ...fields,
    variants: variants
      .filter(({ deletedAt }) => deletedAt === null)
      .map(({ deletedAt: _, ...variant }) => ({
        ...variant,
        prices: priceFacts(byVariant.get(variant.variantId) ?? [], now),
      })),
    changes: ofProduct,
    prices: priceFacts(fromPrices(ofProduct), now),
  };
}

const findProduct = (db: Db, { shopId, productId }: ProductKey, { visibility, now }: Looking) =>
  db.$queryRaw<Fields[]>`
    select ${productFields(shopId, now)}, p.description, p.published_at as "publishedAt",
           p.created_at as "createdAt", p.first_seen_at as "firstSeenAt",
           p.deleted_at as "deletedAt"
    from products p
    where p.shop_id = ${shopId}::int and p.product_id = ${productId}::text::bigint
      and ${visibleTo(visibility)}`;

type VariantFields = Omit<ProductVariant, "prices"> & { deletedAt: Date | null };

const variantsOf = (db: Db, { shopId, productId }: ProductKey) => db.$queryRaw<VariantFields[]>`
  select variant_id::text as "variantId", title, sku, barcode, options,
         price_minor::float8 as "priceMinor", compare_at_minor::float8 as "compareAtMinor",
         is_available as "isAvailable", inventory_quantity::float8 as "inventoryQuantity",
         deleted_at as "deletedAt"
  from variants
  where shop_id = ${shopId}::int and product_id = ${productId}::text::bigint
  order by position, variant_id`;

/** Each variant's changes since a moment, and the one before it, which held then. */
const changesOf = (db: Db, { shopId, productId }: ProductKey, { since, now }: Period) =>
  db.$queryRaw<(Change & { variantId: string })[]>`
    select variant_id::text as "variantId", changed_at as "changedAt",
           price_minor::float8 as "priceMinor", compare_at_minor::float8 as "compareAtMinor",
           is_available as "isAvailable"
    from variant_changes c
    where shop_id = ${shopId}::int and product_id = ${productId}::text::bigint
      and changed_at <= ${now}::timestamptz
      and (changed_at >= ${since}::timestamptz or changed_at = (
        select max(changed_at) from variant_changes before
        where before.shop_id = c.shop_id and before.variant_id = c.variant_id
          and before.changed_at < ${since}::timestamptz))
    order by changed_at, variant_id`;
type Period = { since: Date; now: Date };
