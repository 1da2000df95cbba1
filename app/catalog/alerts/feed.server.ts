import type { Db } from "~/platform/db.server";
import type { FeedAsked } from "./feed";
import type { AlertKind } from "./rules";

/** An alert with what it is about, as its product is called now. Ids are digits, prices are in minor units
 * of the shop's currency. */
export type ListedAlert = {
  alertId: string;
  kind: AlertKind;
  happenedAt: Date;
  productId: string;
  productTitle: string;
  handle: string;
  /** Null for a new arrival, which is about a product. */
  variantId: string | null;
  variantTitle: string | null;
  priceMinor: number;
  previousPriceMinor: number | null;
  inventoryQuantity: number | null;
};

/** A page of a shop's alerts, the newest first, and where the next page goes on: null on the last. */
export async function alertsOf(
  db: Db,
  shopId: number,
  { after, limit, kind }: FeedAsked,
): Promise<{ alerts: ListedAlert[]; next: string | null }> {
  const found = await db.$queryRaw<ListedAlert[]>`
    select a.alert_id::text as "alertId", a.kind, a.happened_at as "happenedAt",
           a.product_id::text as "productId", p.title as "productTitle", p.handle,
           a.variant_id::text as "variantId", v.title as "variantTitle",
           a.price_minor::float8 as "priceMinor",
           a.previous_price_minor::float8 as "previousPriceMinor",
           a.inventory_quantity::float8 as "inventoryQuantity"
    from alerts a
    join products p on p.shop_id = ${shopId}::int and p.product_id = a.product_id
    left join variants v on v.shop_id = ${shopId}::int and v.variant_id = a.variant_id
    where a.shop_id = ${shopId}::int
      and (${after}::bigint is null or a.alert_id < ${after}::bigint)
      and (${kind}::text is null or a.kind = ${kind}::text)
    order by a.alert_id desc limit ${limit + 1}::int`;
  const alerts = found.slice(0, limit);
  return { alerts, next: found.length > limit ? (alerts.at(-1)?.alertId ?? null) : null };
}
