import { Prisma } from "@prisma/client";
import type { Rollup } from "../rollups/rollup";
import { IS_EARLIER } from "./orders.server";
import { BOOKED, bookingsIn, SUMMED } from "./rollup.server";

/** What orders brought by whether each was its customer's first, which earlier orders decide. */
export const CUSTOMER_REVENUE_ROLLUP: Rollup = {
  ...{ basis: "visitors", table: "customer_revenue_rollups", keys: ["customer"], sums: BOOKED },
  facts: (asked, of) => Prisma.sql`
    with booked as materialized (${bookingsIn(asked, of)}), later as (
      select distinct f.order_id from booked f
      where exists (select from orders earlier where ${IS_EARLIER})
    )
    select of, customer, ${SUMMED}
    from (
      select booked.*,
             case when customer_id is null then 'unknown' when later.order_id is null then 'new'
                  else 'returning' end collate "C" as customer
      from booked left join later using (order_id)
    ) as booking group by of, customer`,
};
