import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { groupOf, type By } from "../groups.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import { apartBy, valueOf } from "../rollups/apart.server";
import { BUCKET_NAMES, BUCKETS, percentilesOfRows, rowsOf } from "../rollups/histogram.server";
import { askRollups } from "../rollups/reading.server";
import { serve } from "../serve";
import { CART_COUNTS, cartsApart } from "./abandonment-rollup.server";
import {
  cartsIn,
  IS_LEFT,
  isOpen,
  joinSession,
  stretchOf,
  USED_FOR,
  WEIGHT_OF_CART,
} from "./chosen.server";
import { CART_ABANDONMENT } from "./definitions";
import { CARTS_PARAMETERS, complete } from "./groups.server";

export type CartNumbers = RowOf<typeof CART_ABANDONMENT.columns>;

/** What became of carts. A series has a row for each step, the oldest first; other rows come by their
 * carts, most first. */
export async function cartNumbers(
  db: Database,
  question: Question,
  { by }: { by: By },
): Promise<Told<CartNumbers>> {
  const { view } = question;
  const apart = apartBy(by);
  const rollup = cartsApart(apart, view.period.timeZone);
  const steps = by === "step" ? stepsOf(view.period, view.unit) : [];
  const of = Prisma.raw(apart === "all" ? "of" : "value");
  const found = await askRollups<CartNumbers>(db, { question, steps }, (partsOf) =>
    told(
      Prisma.sql`
        select ${of} as of, first_bucket, ${SUMMED}
        from ${partsOf(rollup)} as part where dimension = ${apart}::text group by 1, 2`,
      openCarts(question, by),
    ),
  );
  return { rows: complete(found, { view, by }, withoutCarts) };
}

/** Of the carts that were left, those that are open still. */
function openCarts(question: Question, by: By): Prisma.Sql {
  const { view, now } = question;
  const isApart = by !== "all" && by !== "step";
  const of = isApart
    ? valueOf(by, view.period.timeZone)
    : groupOf(view, by, Prisma.sql`k.started_at`);
  return Prisma.sql`
    select ${of} collate "C" as of, ${USED_FOR} as bucket, sum(${WEIGHT_OF_CART}) as open,
           coalesce(sum(${WEIGHT_OF_CART}) filter (where k.recovered_at is null), 0) as not_left_once
    from carts k ${isApart ? joinSession("join") : Prisma.empty}
    where ${cartsIn(stretchOf(question))} and ${IS_LEFT} and ${isOpen(now)} group by 1, 2`;
}

const sumsOf = (names: readonly string[]) =>
  Prisma.raw(names.map((name) => `sum(${name}) as ${name}`).join(", "));
const SUMMED = sumsOf([...CART_COUNTS, ...BUCKET_NAMES]);

/** Times of those that were left, without those that are open still. */
const ABANDONED = Prisma.sql`
  select of, first_bucket, ${BUCKETS} from part
  union all ${rowsOf(Prisma.sql`select of, bucket, -open as weight from still`, ["of"])}`;

/** @param parts rows of a rollup of carts, added up by `of`, what is asked for, and `first_bucket` */
const told = (parts: Prisma.Sql, open: Prisma.Sql): Prisma.Sql => Prisma.sql`
  with part as materialized (${parts}), still as materialized (${open}), begun as (
    select of, ${sumsOf(CART_COUNTS)} from part group by of
  ), waiting as (
    select of, sum(open) as open, sum(not_left_once) as not_left_once from still group by of
  ), medians as (
    ${percentilesOfRows(ABANDONED, { keys: ["of"], shares: { median: 0.5 } })}
  ), sums as (
    select of, carts, coalesce(open, 0) as open, emptied,
           left_alone - coalesce(open, 0) as abandoned, converted,
           left_once - coalesce(not_left_once, 0) as left_once, recovered
    from begun left join waiting using (of)
  )
  select of, round(carts)::int as carts, round(open)::int as open, round(emptied)::int as emptied,
         round(abandoned)::int as abandoned, round(converted)::int as converted,
         abandoned / nullif(abandoned + converted, 0) as "abandonmentRate",
         round(left_once)::int as "wasAbandoned", round(recovered)::int as recovered,
         recovered / nullif(left_once, 0) as "recoveryRate", median as "medianToAbandon"
  from sums left join medians using (of) order by sums.carts desc, of collate "default"`;

const withoutCarts = (of: string): CartNumbers => ({
  ...{ of, carts: 0, open: 0, emptied: 0, abandoned: 0, converted: 0, abandonmentRate: null },
  ...{ wasAbandoned: 0, recovered: 0, recoveryRate: null, medianToAbandon: null },
});

export const ABANDONMENT = serve(CART_ABANDONMENT, CARTS_PARAMETERS, cartNumbers);
