import { Prisma } from "@prisma/client";
import { ofChosenSessions } from "../filters.server";
import type { Filters } from "../filters";
import type { Period } from "../period";

/** Whether order `f` counts anywhere: it was meant, and it stands. */
export const COUNTS = Prisma.sql`not f.is_test and f.cancelled_at is null`;

/** Whether order `f` is a shop's, counts, and was placed in one of the sessions that filters choose. */
export const ordersOf = (shopId: number, filters: Filters): Prisma.Sql => Prisma.sql`
  f.shop_id = ${shopId}::int and ${COUNTS} and ${ofChosenSessions(filters)}`;

/** The same, of orders that were placed in a period. */
export const ordersIn = (
  shopId: number,
  { from, to }: Pick<Period, "from" | "to">,
  filters: Filters,
): Prisma.Sql => Prisma.sql`
  ${ordersOf(shopId, filters)}
  and f.placed_at >= ${from}::timestamptz and f.placed_at < ${to}::timestamptz`;

/** Whether an order `earlier` counts, and was placed before order `f` by the same customer. */
export const IS_EARLIER = Prisma.sql`
  earlier.shop_id = f.shop_id and earlier.customer_id = f.customer_id
  and not earlier.is_test and earlier.cancelled_at is null
  and (earlier.placed_at, earlier.order_id) < (f.placed_at, f.order_id)`;

/** Whether order `f` is its customer's first; not where it names none. */
export const IS_FIRST = Prisma.sql`
  f.customer_id is not null and not exists (select from orders earlier where ${IS_EARLIER})`;
