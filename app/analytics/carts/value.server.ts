import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import type { By } from "../groups.server";
import type { Question, RowOf, Told } from "../report";
import { serve } from "../serve";
import { WEIGHT } from "../weighing.server";
import { bandsTo } from "./bands";
import { CART_BANDS, CART_VALUE } from "./definitions";
import { CARTS_PARAMETERS, complete, groupedCarts } from "./groups.server";

export type CartValue = RowOf<typeof CART_VALUE.columns>;
export type CartBand = RowOf<typeof CART_BANDS.columns>;

/** What carts are worth. A series has a row for each step, the oldest first; other rows come by their carts,
 * most first. */
export async function cartValue(
  db: Db,
  question: Question,
  { by }: { by: By },
): Promise<Told<CartValue>> {
  const found = await db.$queryRaw<CartValue[]>`
    with filled as (${filled(question, by)}), sums as (
      select of, coalesce(sum(weight) filter (where kind = 'valued'), 0) as carts,
             sum(weight * value_minor) filter (where kind = 'valued') as value,
             percentile_cont(0.5) within group (order by value_minor)
               filter (where kind = 'valued') as median,
             percentile_cont(0.9) within group (order by value_minor)
               filter (where kind = 'valued') as p90,
             coalesce(sum(weight) filter (where kind = 'foreign'), 0) as foreign_carts,
             coalesce(sum(weight) filter (where kind = 'unpriced'), 0) as unpriced
      from filled group by of
    )
    select of, round(carts)::int as carts,
           round((value / nullif(carts, 0))::numeric)::float8 as "meanMinor",
           round(median::numeric)::float8 as "medianMinor",
           round(p90::numeric)::float8 as "p90Minor",
           round(foreign_carts)::int as "otherCurrency", round(unpriced)::int as unpriced
    from sums order by sums.carts desc, of`;
  return { rows: complete(found, { view: question.view, by }, withoutValue) };
}

/** Carts with something in them, and which of them have a value in the shop's currency. */
const filled = (question: Question, by: By): Prisma.Sql => Prisma.sql`
  select k.of, ${WEIGHT} as weight, k.value_minor::float8 as value_minor,
         case when k.value_minor is null then 'unpriced'
              when k.currency is distinct from coalesce(shop.currency, k.currency) then 'foreign'
              else 'valued' end as kind
  from (${groupedCarts(question, by)}) as k
  cross join (select currency from shops where id = ${question.shopId}::int) as shop
  where k.item_count > 0`;

const withoutValue = (of: string): CartValue => ({
  ...{ of, carts: 0, meanMinor: null, medianMinor: null, p90Minor: null },
  ...{ otherCurrency: 0, unpriced: 0 },
});

/** How many carts are worth how much, from the lowest band on; none without a cart. */
export async function cartBands(db: Db, question: Question): Promise<Told<CartBand>> {
  const { rows: all } = await cartValue(db, question, { by: "all" });
  const starts = bandsTo(all[0]?.p90Minor ?? null);
  const rows = await db.$queryRaw<CartBand[]>`
    with filled as (${filled(question, "all")}), counted as (
      select width_bucket(value_minor::numeric, ${starts}::numeric[]) as band, sum(weight) as carts
      from filled where kind = 'valued' group by 1
    )
    select band.from_minor as "fromMinor",
           lead(band.from_minor) over (order by band.place) as "toMinor",
           round(coalesce(counted.carts, 0))::int as carts,
           coalesce(counted.carts, 0) / sum(counted.carts) over () as share
    from unnest(${starts}::float8[]) with ordinality as band(from_minor, place)
    left join counted on counted.band = band.place
    where exists (select from counted)
    order by band.place`;
  return { rows };
}

export const VALUES = [
  serve(CART_VALUE, CARTS_PARAMETERS, cartValue),
  serve(CART_BANDS, {}, cartBands),
];
