import { Prisma } from "@prisma/client";

/** The moment at which a row of `products p` was certainly right: its own, or the whole mirror's. */
export const freshnessOf = (shopId: number): Prisma.Sql => Prisma.sql`
  greatest(p.as_of, (select confirmed_at from catalog_states where shop_id = ${shopId}::int))`;

/** Whether that is longer ago than the shop's limit, which is 24 hours until it sets another. */
export const isStale = (shopId: number, now: Date): Prisma.Sql => Prisma.sql`
  (${freshnessOf(shopId)} < ${now}::timestamptz - make_interval(hours => coalesce(
     (select stale_hours from catalog_states where shop_id = ${shopId}::int), 24)))`;
