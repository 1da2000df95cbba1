import { Prisma } from "@prisma/client";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { CART_ROLLUP } from "./abandonment-rollup.server";
import { cartsIn, joinSession, WEIGHT_OF_CART } from "./chosen.server";

type Names = { of: NameOf; withSession: boolean };

const values = (asked: Stretch, { of, withSession }: Names): Prisma.Sql => Prisma.sql`
  select ${of(Prisma.sql`k.started_at`)} as of, coalesce(k.currency, '') as currency,
         case when k.value_minor is null then -1 else amount_bin(greatest(0, k.value_minor)) end as bin,
         sum(${WEIGHT_OF_CART}) as carts, coalesce(sum(${WEIGHT_OF_CART} * k.value_minor), 0) as value
  from carts k ${withSession ? joinSession("join") : Prisma.empty}
  where ${cartsIn(asked)} and k.item_count > 0 group by 1, 2, 3`;

/** What carts are worth, by currency and by bins of values; -1 is the bin of those that nobody knows of.
 * @param withSession names are of the session in which a cart began */
export const valueRollupOf = (withSession: boolean): Rollup => ({
  ...{ table: "cart_value_rollups", keys: ["currency", "bin"], sums: ["carts", "value"] },
  facts: (asked, of) => values(asked, { of, withSession }),
});

export const CART_ROLLUPS = [CART_ROLLUP, valueRollupOf(false)];
