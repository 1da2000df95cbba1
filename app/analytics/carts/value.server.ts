import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import type { By } from "../groups.server";
import type { Question, RowOf, Told } from "../report";
import { askBy } from "../rollups/by.server";
import { BUCKET_NAMES } from "../rollups/histogram.server";
import { MEANS, percentilesOfParts } from "../rollups/percentiles.server";
import { serve } from "../serve";
import { bandsTo } from "./bands";
import { CART_BANDS, CART_VALUE } from "./definitions";
import { CARTS_PARAMETERS, complete } from "./groups.server";
import { AMOUNT_NAMES, UNPRICED, valueRollupOf } from "./rollup.server";

export type CartValue = RowOf<typeof CART_VALUE.columns>;
export type CartBand = RowOf<typeof CART_BANDS.columns>;

/** What carts are worth. A series has a row for each step, the oldest first; other rows come by their carts,
 * most first. */
export async function cartValue(
  db: Database,
  question: Question,
  { by }: { by: By },
): Promise<Told<CartValue>> {
  const parts = valueRollupOf(by !== "all" && by !== "step");
  const found = await askBy<CartValue>(
    db,
    { question, by },
    (partsOf) => Prisma.sql`
    with worth as materialized (${worth(question, partsOf(parts))}), percentiles as (
      ${percentilesOfParts(VALUED, { keys: ["of"], shares: { median: 0.5, p90: 0.9 } }, MEANS)}
    ), sums as (
      select of, coalesce(sum(weight) filter (where kind = 'valued'), 0) as carts,
             sum(amount) filter (where kind = 'valued') as value,
             coalesce(sum(weight) filter (where kind = 'foreign'), 0) as foreign_carts,
             coalesce(sum(weight) filter (where kind = 'unpriced'), 0) as unpriced
      from worth group by of
    )
    select of, round(carts)::int as carts,
           round((sums.value / nullif(carts, 0))::numeric)::float8 as "meanMinor",
           round(median::numeric)::float8 as "medianMinor",
           round(p90::numeric)::float8 as "p90Minor",
           round(foreign_carts)::int as "otherCurrency", round(unpriced)::int as unpriced
    from sums left join percentiles using (of)
    order by sums.carts desc, of`,
  );
  return { rows: complete(found, { view: question.view, by }, withoutValue) };
}

/** Rows of buckets of values, and which of them are of the shop's currency. */
const worth = ({ shopId }: Question, parts: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select of, first_bucket, case when first_bucket = ${UNPRICED} then 'unpriced'
                                when part.currency <> coalesce(shop.currency, part.currency) then 'foreign'
                                else 'valued' end as kind,
         ${summed(BUCKET_NAMES, "weight")}, ${summed(AMOUNT_NAMES, "amount")}
  from ${parts} as part
  cross join (select currency from shops where id = ${shopId}::int) as shop
  group by 1, 2, 3`;

/** Columns of a row as a list, and their sum. */
const summed = (names: readonly string[], as: string): Prisma.Sql =>
  Prisma.raw(
    `array[${names.map((name) => `sum(${name})`).join(", ")}] as ${as}s, sum(${names.join(" + ")}) as ${as}`,
  );

const VALUED = Prisma.sql`select * from worth where kind = 'valued'`;

const withoutValue = (of: string): CartValue => ({
  ...{ of, carts: 0, meanMinor: null, medianMinor: null, p90Minor: null },
  ...{ otherCurrency: 0, unpriced: 0 },
});

/** How many carts are worth how much, from the lowest band on; none without a cart. Every band begins where
 * a bucket does. */
export async function cartBands(db: Database, question: Question): Promise<Told<CartBand>> {
  const { rows } = await cartValue(db, question, { by: "all" });
  return bandsOf(db, question, rows[0] ?? null);
}

/** The same where it is known what carts are worth. */
export async function bandsOf(
  db: Database,
  question: Question,
  known: CartValue | null,
): Promise<Told<CartBand>> {
  const starts = bandsTo(known?.p90Minor ?? null);
  const rows = await askBy<CartBand>(
    db,
    { question, by: "all" },
    (partsOf) => Prisma.sql`
    with counted as (
      select width_bucket(first_bucket + place::int - 1, ${bucketsOf(starts)}) as band,
             sum(b.weight) as carts
      from (${worth(question, partsOf(valueRollupOf(false)))}) as worth
      cross join unnest(weights) with ordinality as b(weight, place)
      where kind = 'valued' and b.weight <> 0 group by 1
    )
    select band.from_minor as "fromMinor",
           lead(band.from_minor) over (order by band.place) as "toMinor",
           round(coalesce(counted.carts, 0))::int as carts,
           coalesce(counted.carts, 0) / sum(counted.carts) over () as share
    from unnest(${starts}::float8[]) with ordinality as band(from_minor, place)
    left join counted on counted.band = band.place
    where exists (select from counted)
    order by band.place`,
  );
  return { rows };
}

const bucketsOf = (amounts: readonly number[]): Prisma.Sql =>
  Prisma.sql`array(select amount_bucket(amount) from unnest(${amounts}::bigint[]) as amount)`;

export const VALUES = [
  serve(CART_VALUE, CARTS_PARAMETERS, cartValue),
  serve(CART_BANDS, {}, cartBands),
];
