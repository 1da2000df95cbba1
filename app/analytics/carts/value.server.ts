import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import type { By } from "../groups.server";
import type { Question, RowOf, Told } from "../report";
import { askBy } from "../rollups/by.server";
import { percentilesOf } from "../rollups/percentiles.server";
import { serve } from "../serve";
import { bandsTo } from "./bands";
import { CART_BANDS, CART_VALUE } from "./definitions";
import { CARTS_PARAMETERS, complete } from "./groups.server";
import { valueRollupOf } from "./rollup.server";

export type CartValue = RowOf<typeof CART_VALUE.columns>;
export type CartBand = RowOf<typeof CART_BANDS.columns>;

/** What carts are worth. A series has a row for each step, the oldest first; other rows come by their carts,
 * most first. */
export async function cartValue(
  db: Db,
  question: Question,
  { by }: { by: By },
): Promise<Told<CartValue>> {
  const parts = valueRollupOf(by !== "all" && by !== "step");
  const found = await askBy<CartValue>(
    db,
    { question, by },
    (partsOf) => Prisma.sql`
    with bins as materialized (${bins(question, partsOf(parts))}), percentiles as (
      ${percentilesOf(VALUED, { keys: ["of"], shares: { median: 0.5, p90: 0.9 } })}
    ), sums as (
      select of, coalesce(sum(carts) filter (where kind = 'valued'), 0) as carts,
             sum(value) filter (where kind = 'valued') as value,
             coalesce(sum(carts) filter (where kind = 'foreign'), 0) as foreign_carts,
             coalesce(sum(carts) filter (where kind = 'unpriced'), 0) as unpriced
      from bins group by of
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

/** Bins of values, and which of them are of the shop's currency. */
const bins = ({ shopId }: Question, parts: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select of, bin, case when bin = -1 then 'unpriced'
                       when part.currency <> coalesce(shop.currency, part.currency) then 'foreign'
                       else 'valued' end as kind,
         sum(carts) as carts, sum(value) as value
  from ${parts} as part
  cross join (select currency from shops where id = ${shopId}::int) as shop
  group by 1, 2, 3`;

/** What lies in a bin counts as its mean. */
const VALUED = Prisma.sql`
  select of, value / carts as value, carts as weight from bins where kind = 'valued'`;

const withoutValue = (of: string): CartValue => ({
  ...{ of, carts: 0, meanMinor: null, medianMinor: null, p90Minor: null },
  ...{ otherCurrency: 0, unpriced: 0 },
});

/** How many carts are worth how much, from the lowest band on; none without a cart. Every band begins where
 * a bin does. */
export async function cartBands(db: Db, question: Question): Promise<Told<CartBand>> {
  const { rows: all } = await cartValue(db, question, { by: "all" });
  const starts = bandsTo(all[0]?.p90Minor ?? null);
  const rows = await askBy<CartBand>(
    db,
    { question, by: "all" },
    (partsOf) => Prisma.sql`
    with counted as (
      select width_bucket(bin::numeric, ${starts}::numeric[]) as band, sum(carts) as carts
      from (${bins(question, partsOf(valueRollupOf(false)))}) as bins where kind = 'valued' group by 1
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

export const VALUES = [
  serve(CART_VALUE, CARTS_PARAMETERS, cartValue),
  serve(CART_BANDS, {}, cartBands),
];
