import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import { groupOf, type By } from "../groups.server";
import type { Question, RowOf, Told } from "../report";
import { askBy } from "../rollups/by.server";
import { middleOf, percentilesOf } from "../rollups/percentiles.server";
import { serve } from "../serve";
import { IS_LEFT, isOpen, stretchOf } from "./chosen.server";
import { CART_ABANDONMENT } from "./definitions";
import { CARTS_PARAMETERS, complete } from "./groups.server";
import { begunCarts, cartRollupOf, USED_FOR } from "./rollup.server";

export type CartNumbers = RowOf<typeof CART_ABANDONMENT.columns>;

/** What became of carts. A series has a row for each step, the oldest first; other rows come by their
 * carts, most first. */
export async function cartNumbers(
  db: Db,
  question: Question,
  { by }: { by: By },
): Promise<Told<CartNumbers>> {
  const { view } = question;
  const rollup = cartRollupOf(by !== "all" && by !== "step");
  const found = await askBy<CartNumbers>(db, { question, by }, (partsOf) =>
    told(partsOf(rollup), openCarts(question, by)),
  );
  return { rows: complete(found, { view, by }, withoutCarts) };
}

/** Of the carts that were left, those that are open still. */
const openCarts = (question: Question, by: By): Prisma.Sql => {
  const names = {
    of: (at: Prisma.Sql) => groupOf(question.view, by, at),
    withSession: by !== "all" && by !== "step",
  };
  return Prisma.sql`
    select k.of, ${USED_FOR} as bucket, sum(k.weight) as carts,
           coalesce(sum(k.weight) filter (where k.recovered_at is null), 0) as not_left_once
    from (${begunCarts(stretchOf(question), names)}) as k
    where ${IS_LEFT} and ${isOpen(question.now)} group by 1, 2`;
};

const told = (parts: Prisma.Sql, open: Prisma.Sql): Prisma.Sql => Prisma.sql`
  with begun as (
    select of, state, bucket, sum(carts) as carts, sum(left_once) as left_once,
           sum(recovered) as recovered
    from (
      select of, state, bucket, carts, left_once, recovered from ${parts} as part
      union all
      select of, state, bucket, carts * sign, -not_left_once * (sign < 0)::int, 0
      from (${open}) as still cross join (values ('open', 1), ('left', -1)) as as_of(state, sign)
    ) as each group by of, state, bucket
  ), medians as (
    ${percentilesOf(
      Prisma.sql`
        select of, ${middleOf(Prisma.raw("bucket"))} as value, carts as weight
        from begun where state = 'left'`,
      { keys: ["of"], shares: { median: 0.5 } },
    )}
  ), sums as (
    select of, sum(carts) as carts,
           coalesce(sum(carts) filter (where state = 'open'), 0) as open,
           coalesce(sum(carts) filter (where state = 'emptied'), 0) as emptied,
           coalesce(sum(carts) filter (where state = 'left'), 0) as abandoned,
           coalesce(sum(carts) filter (where state = 'converted'), 0) as converted,
           sum(left_once) as left_once, sum(recovered) as recovered
    from begun group by of
  )
  select of, round(carts)::int as carts, round(open)::int as open, round(emptied)::int as emptied,
         round(abandoned)::int as abandoned, round(converted)::int as converted,
         abandoned / nullif(abandoned + converted, 0) as "abandonmentRate",
         round(left_once)::int as "wasAbandoned", round(recovered)::int as recovered,
         recovered / nullif(left_once, 0) as "recoveryRate", median as "medianToAbandon"
  from sums left join medians using (of) order by sums.carts desc, of`;

const withoutCarts = (of: string): CartNumbers => ({
  ...{ of, carts: 0, open: 0, emptied: 0, abandoned: 0, converted: 0, abandonmentRate: null },
  ...{ wasAbandoned: 0, recovered: 0, recoveryRate: null, medianToAbandon: null },
});

export const ABANDONMENT = serve(CART_ABANDONMENT, CARTS_PARAMETERS, cartNumbers);
