import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import type { Question, RowOf, Told } from "../report";
import { stretchOf } from "../carts/chosen.server";
import { middleOf, percentilesOf } from "../rollups/percentiles.server";
import { askRollups } from "../rollups/reading.server";
import { serve } from "../serve";
import { WEIGHT } from "../weighing.server";
import { CHECKOUT, CHECKOUT_STEPS } from "./definitions";
import { CHECKOUT_ROLLUP, checkoutsIn, FURTHEST } from "./rollup.server";

export type CheckoutRow = RowOf<typeof CHECKOUT.columns>;

/** How far the checkouts came that began in a period: a row for each step, the first one first. Filters
 * choose by the session of the last step. Checkouts on one page pass over steps, which loses nobody. */
export async function checkoutSteps(db: Database, question: Question): Promise<Told<CheckoutRow>> {
  const rows = await askRollups<CheckoutRow>(
    db,
    { question, steps: [] },
    (partsOf) => Prisma.sql`
    with parts as (
      select place, bucket, sum(reached) as reached, sum(skipped) as skipped, sum(ended) as ended,
             sum(went_on) as went_on
      from ${partsOf(CHECKOUT_ROLLUP)} as part group by place, bucket
    ), medians as (
      ${percentilesOf(
        Prisma.sql`
          select place, ${middleOf(Prisma.raw("bucket"))} as value, went_on as weight
          from parts where bucket >= 0`,
        { keys: ["place"], shares: { median: 0.5 } },
      )}
    ), open as (${openCheckouts(question)}), steps as (
      select each.place, step, parts.reached, parts.skipped, open.checkouts as open,
             greatest(0, parts.ended - coalesce(open.checkouts, 0)) as gone, median
      from unnest(${CHECKOUT_STEPS}::text[]) with ordinality as each(step, place)
      left join parts on parts.place = each.place and parts.bucket = -1
      left join medians on medians.place = each.place
      left join open on open.place = each.place
    )
    select step, coalesce(round(reached), 0)::int as reached,
           reached / first_value(reached) over (order by place) as "reachedShare",
           coalesce(round(skipped), 0)::int as skipped, coalesce(round(open), 0)::int as open,
           coalesce(round(gone), 0)::int as left,
           coalesce(gone, 0) / nullif(reached - coalesce(open, 0), 0) as "leftShare",
           median as "medianToNext"
    from steps order by place`,
  );
  return { rows };
}

/** Those that are still at their last step: a pause as long as a cart's is not over. */
const openCheckouts = (question: Question): Prisma.Sql => Prisma.sql`
  select ${FURTHEST} as place, sum(${WEIGHT}) as checkouts
  from checkouts f
  where ${checkoutsIn(stretchOf(question))} and f.completed_at is null
    and f.last_at > ${question.now}::timestamptz
      - (select cart_quiet_minutes from shops where id = ${question.shopId}::int) * interval '1 minute'
  group by 1`;

export const CHECKOUT_REPORTS = [serve(CHECKOUT, {}, checkoutSteps)];
