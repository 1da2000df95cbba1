import type { Db } from "~/platform/db.server";
import type { By } from "../groups.server";
import type { Question, RowOf, Told } from "../report";
import { serve } from "../serve";
import { WEIGHT } from "../weighing.server";
import { stateAt } from "./chosen.server";
import { CART_ABANDONMENT } from "./definitions";
import { CARTS_PARAMETERS, complete, groupedCarts } from "./groups.server";

export type CartNumbers = RowOf<typeof CART_ABANDONMENT.columns>;

/** What became of carts. A series has a row for each step, the oldest first; other rows come by their
 * carts, most first. */
export async function cartNumbers(
  db: Db,
  question: Question,
  { by }: { by: By },
): Promise<Told<CartNumbers>> {
  const { now, view } = question;
  const found = await db.$queryRaw<CartNumbers[]>`
    with begun as (
      select k.of, ${WEIGHT} as weight, ${stateAt(now)} as state,
             k.recovered_at is not null as recovered,
             k.recovered_at is not null or coalesce(k.abandoned_at <= ${now}::timestamptz, false)
               as left_once,
             extract(epoch from k.last_action_at - k.started_at) * 1000 as kept_at
      from (${groupedCarts(question, by)}) as k
    ), sums as (
      select of, sum(weight) as carts,
             coalesce(sum(weight) filter (where state = 'open'), 0) as open,
             coalesce(sum(weight) filter (where state = 'emptied'), 0) as emptied,
             coalesce(sum(weight) filter (where state = 'abandoned'), 0) as abandoned,
             coalesce(sum(weight) filter (where state = 'converted'), 0) as converted,
             coalesce(sum(weight) filter (where left_once), 0) as left_once,
             coalesce(sum(weight) filter (where recovered), 0) as recovered,
             percentile_cont(0.5) within group (order by kept_at)
               filter (where state = 'abandoned') as median
      from begun group by of
    )
    select of, round(carts)::int as carts, round(open)::int as open, round(emptied)::int as emptied,
           round(abandoned)::int as abandoned, round(converted)::int as converted,
           abandoned / nullif(abandoned + converted, 0) as "abandonmentRate",
           round(left_once)::int as "wasAbandoned", round(recovered)::int as recovered,
           recovered / nullif(left_once, 0) as "recoveryRate", median as "medianToAbandon"
    from sums order by sums.carts desc, of`;
  return { rows: complete(found, { view, by }, withoutCarts) };
}

const withoutCarts = (of: string): CartNumbers => ({
  ...{ of, carts: 0, open: 0, emptied: 0, abandoned: 0, converted: 0, abandonmentRate: null },
  ...{ wasAbandoned: 0, recovered: 0, recoveryRate: null, medianToAbandon: null },
});

export const ABANDONMENT = serve(CART_ABANDONMENT, CARTS_PARAMETERS, cartNumbers);
