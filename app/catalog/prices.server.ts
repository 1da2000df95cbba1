import { z } from "zod";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import type { Db } from "~/platform/db.server";
import { visibleTo, type Visibility } from "./listing.server";

/** A row of a variant's history; money in minor units of the shop's currency. */
export type ListedChange = {
  variantId: string;
  changedAt: Date;
  priceMinor: number;
  compareAtMinor: number | null;
  isAvailable: boolean;
  /** in, low or out. */
  stock: string;
  /** How we heard of it. */
  source: string;
};

type ProductKey = { shopId: number; productId: string };
export type ChangesAsked = {
  /** Null for all variants. */
  variantId: string | null;
  from: Date;
  to: Date;
  cursor: string | null;
  limit: number;
};

const Place = z.tuple([
  z.literal("changes"),
  z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  z.string().regex(/^\d{1,18}$/),
]);

/** A page of what changed of a product's prices and stock, the oldest first.
 * @throws {InvalidInput} the cursor is not of such a list */
export async function listChanges(
  db: Db,
  { shopId, productId }: ProductKey,
  { variantId, from, to, cursor, limit }: ChangesAsked,
): Promise<{ changes: ListedChange[]; next: string | null }> {
  const [, after, afterVariant] = cursor ? readCursor(cursor, Place) : [null, null, null];
  const rows = await db.$queryRaw<ListedChange[]>`
    select variant_id::text as "variantId", changed_at as "changedAt",
           price_minor::float8 as "priceMinor", compare_at_minor::float8 as "compareAtMinor",
           is_available as "isAvailable", stock, source
    from variant_changes
    where shop_id = ${shopId}::int and product_id = ${productId}::text::bigint
      and changed_at >= ${from}::timestamptz and changed_at < ${to}::timestamptz
      and (${variantId}::text is null or variant_id = ${variantId}::text::bigint)
      and (${after}::timestamptz is null
           or (changed_at, variant_id) > (${after}::timestamptz, ${afterVariant}::text::bigint))
    order by changed_at, variant_id limit ${limit + 1}::int`;
  const changes = rows.slice(0, limit);
  const last = rows.length > limit ? changes.at(-1) : undefined;
  return {
    changes,
    next: last ? writeCursor(["changes", last.changedAt.toISOString(), last.variantId]) : null,
  };
}

/** Whether a shop has a product that may be shown. */
export async function isShown(
  db: Db,
  { shopId, productId }: ProductKey,
  visibility: Visibility,
): Promise<boolean> {
  const found = await db.$queryRaw<object[]>`
    select from products p
    where p.shop_id = ${shopId}::int and p.product_id = ${productId}::text::bigint
      and p.deleted_at is null and ${visibleTo(visibility)}`;
  return found.length > 0;
}
