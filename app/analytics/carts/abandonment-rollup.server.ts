import { Prisma } from "@prisma/client";
import { eachApart, valueOf, zoneOf, type Apart } from "../rollups/apart.server";
import { BUCKET_NAMES, COUNTED, FIRST_BUCKET } from "../rollups/histogram.server";
import type { NameOf, Rollup } from "../rollups/rollup";
import { cartsIn, joinSession, STATE, USED_FOR, WEIGHT_OF_CART } from "./chosen.server";

/** What is counted of carts. */
export const CART_COUNTS: readonly string[] = [
  ...["carts", "emptied", "left_alone", "converted", "left_once", "recovered"],
];

/** What became of carts, as far as it does not hang on the time: `left_alone` are those that are abandoned, or
 * will be. Those are also counted by how long they were in use; the others lie in the first bucket's row. */
const cartsBy = (facts: Rollup["facts"], apart?: Apart): Rollup => ({
  table: "cart_rollups",
  keys: ["dimension", "value", "first_bucket"],
  sums: [...CART_COUNTS, ...BUCKET_NAMES],
  ...{ facts, isKeptOf: () => apart === "all" },
});

/** Carts told apart by one thing that the sessions in which they began have in common.
 * @param timeZone whose hours and weekdays */
export const cartsApart = (apart: Apart, timeZone: string): Rollup =>
  cartsBy(
    (asked, of) =>
      summed(Prisma.sql`
        select ${columnsOf(of)}, ${apart}::text as dimension, ${valueOf(apart, timeZone)} as value
        from carts k ${apart === "all" ? Prisma.empty : joinSession("join")}
        where ${cartsIn(asked)}`),
    apart,
  );

/** Carts told apart by each thing, by the hours and weekdays of their shop; those of no known session by none. */
export const CART_ROLLUP: Rollup = cartsBy(
  (asked, of) => Prisma.sql`
    with ${zoneOf(asked.shopId)}
    ${summed(Prisma.sql`
      select ${columnsOf(of)}, dimension, value
      from carts k ${joinSession("left join")}
      cross join zone cross join lateral ${eachApart()}
      where ${cartsIn(asked)} and (dimension = 'all' or s.session_id is not null)`)}`,
);

const columnsOf = (of: NameOf): Prisma.Sql => Prisma.sql`
  ${of(Prisma.sql`k.started_at`)} as of, ${STATE} as state,
  case ${STATE} when 'left' then ${USED_FOR} else 0 end as bucket, ${WEIGHT_OF_CART} as each_weight,
  k.recovered_at is not null as is_recovered,
  k.recovered_at is not null or k.abandoned_at is not null as was_left`;

/** Adds carts up by their buckets first: those are fewer, and counted into many columns. */
const summed = (carts: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select of, dimension collate "C" as dimension, value collate "C" as value,
         ${FIRST_BUCKET} as first_bucket, ${SUMS}, ${COUNTED}
  from (
    select of, dimension, value, bucket, sum(each_weight) as carts,
           ${weightOf("state = 'emptied'")} as emptied, ${weightOf("state = 'left'")} as weight,
           ${weightOf("state = 'converted'")} as converted, ${weightOf("was_left")} as left_once,
           ${weightOf("is_recovered")} as recovered
    from (${carts}) as cart group by of, dimension, value, bucket
  ) as bucket group by of, dimension, value, ${FIRST_BUCKET}`;

function weightOf(which: string): Prisma.Sql {
  return Prisma.raw(`coalesce(sum(each_weight) filter (where ${which}), 0)`);
}

const SUMS = Prisma.raw(
  CART_COUNTS.map((name) => `sum(${name === "left_alone" ? "weight" : name}) as ${name}`).join(
    ", ",
  ),
);
