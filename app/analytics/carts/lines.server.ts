import { Prisma } from "@prisma/client";
import type { Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";
import { cartsIn, IS_LEFT } from "./chosen.server";

/** What lies in the carts that began in a stretch of time and are abandoned, or will be unless something is
 * done with them: a row for each line of each cart.
 * @param which narrows the carts `k` down */
export const leftLines = (asked: Stretch, which = Prisma.sql`true`): Prisma.Sql => Prisma.sql`
  select k.cart_id, line."productId" as product_id, line."variantId" as variant_id,
         null as vendor, null as product_type, ${WEIGHT} as weight, k.started_at
  from carts k
  cross join lateral jsonb_to_recordset(k.lines) as line("productId" bigint, "variantId" bigint)
  where ${cartsIn(asked)} and ${IS_LEFT} and ${which} and line."productId" is not null`;
