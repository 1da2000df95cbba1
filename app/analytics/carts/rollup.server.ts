import { Prisma } from "@prisma/client";
import { BUCKET_NAMES, COUNTED, FIRST_BUCKET, IN_A_ROW, spread } from "../rollups/histogram.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { CART_ROLLUP } from "./abandonment-rollup.server";
import { cartsIn, joinSession, WEIGHT_OF_CART } from "./chosen.server";

/** What the carts in each bucket of a row are worth together. */
export const AMOUNT_NAMES = BUCKET_NAMES.map((_, place) => `v${place}`);

/** The bucket of carts whose value nobody knows, which has a row of its own. */
export const UNPRICED = Prisma.raw(`${-IN_A_ROW}`);

type Names = { of: NameOf; withSession: boolean };

const values = (asked: Stretch, { of, withSession }: Names): Prisma.Sql => Prisma.sql`
  select of, currency, ${FIRST_BUCKET} as first_bucket, ${COUNTED}, ${spread("amount", AMOUNT_NAMES)}
  from (
    select ${of(Prisma.sql`k.started_at`)} as of, coalesce(k.currency, '') as currency,
           case when k.value_minor is null then ${UNPRICED}
                else amount_bucket(greatest(0, k.value_minor)) end as bucket,
           sum(${WEIGHT_OF_CART}) as weight,
           coalesce(sum(${WEIGHT_OF_CART} * k.value_minor), 0) as amount
    from carts k ${withSession ? joinSession("join") : Prisma.empty}
    where ${cartsIn(asked)} and k.item_count > 0 group by 1, 2, 3
  ) as bucket group by of, currency, first_bucket`;

/** What carts are worth, by currency and in rows of many buckets.
 * @param withSession names are of the session in which a cart began */
export const valueRollupOf = (withSession: boolean): Rollup => ({
  table: "cart_value_rollups",
  keys: ["currency", "first_bucket"],
  sums: [...BUCKET_NAMES, ...AMOUNT_NAMES],
  facts: (asked, of) => values(asked, { of, withSession }),
});

export const CART_ROLLUPS = [CART_ROLLUP, valueRollupOf(false)];
