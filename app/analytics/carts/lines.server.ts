import { Prisma } from "@prisma/client";
import type { Question } from "../report";
import { WEIGHT } from "../weighing.server";
import { cartsIn, stateAt } from "./chosen.server";

/** What lies in the abandoned carts of a period: a row for each variant of each cart. A line never has
 * less than nothing, so it holds the sum of its changes above the lowest that they came to; app/projections
 * /visitors/cart-lines.ts has the rule. */
export const abandonedLines = (question: Question): Prisma.Sql => Prisma.sql`
  select shop_id, cart_id, product_id, variant_id, null as vendor, null as product_type,
         min(weight) as weight, min(started_at) as at
  from (
    select a.shop_id, k.cart_id, k.started_at, k.weight, a.product_id, a.variant_id, a.change,
           sum(a.change) over (
             partition by k.cart_id, a.variant_id, case when a.variant_id is null then a.product_id end
             order by a.acted_at, a.event_id collate "C") as running
    from (
      select k.cart_id, k.client_id, k.started_at, k.last_action_at, ${WEIGHT} as weight
      from carts k where ${cartsIn(question)} and ${stateAt(question.now)} = 'abandoned'
    ) as k
    join (
      select a.*, greatest(a.quantity, 0) * case a.kind when 'added' then 1 else -1 end as change
      from cart_actions a where a.shop_id = ${question.shopId}::int
    ) as a on a.client_id = k.client_id and a.acted_at between k.started_at and k.last_action_at
    where a.product_id is not null
  ) as moves
  group by shop_id, cart_id, product_id, variant_id
  having sum(change) - least(0, min(running)) > 0`;
