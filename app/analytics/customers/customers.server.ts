import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import { ordersIn } from "../revenue/orders.server";
import type { View } from "../view";
import type { CUSTOMERS } from "./definitions";

export const CUSTOMERS_PARAMETERS = {
  by: z
    .enum(["all", "step"])
    .default("all")
    .describe("What the rows are of: the whole period, or a step of time."),
};
export type CustomersBy = "all" | "step";

export type Customers = RowOf<typeof CUSTOMERS.columns>;

/** A series has a row for each step, the oldest first. Who is new in a step ordered for the first time
 * in it. */
export async function customers(
  db: Db,
  { shopId, view }: Question,
  { by }: { by: CustomersBy },
): Promise<Told<Customers>> {
  const found = await db.$queryRaw<Customers[]>`
    with placed as materialized (
      select ${groupOf(view, by)} as of, f.customer_id, earlier.orders as earlier,
             extract(epoch from f.placed_at - earlier.last_at) * 1000 as gap
      from orders f left join lateral (
        select count(*) as orders, max(e.placed_at) as last_at from orders e
        where e.shop_id = f.shop_id and e.customer_id = f.customer_id
          and not e.is_test and e.cancelled_at is null
          and (e.placed_at, e.order_id) < (f.placed_at, f.order_id)) as earlier on true
      where ${ordersIn(shopId, view.period, view.filters)} and f.customer_id is not null
    ), people as (
      select of, count(*) as orders, min(earlier) = 0 as is_new, max(earlier) > 0 as has_repeated
      from placed group by of, customer_id
    ), gaps as (
      select of, percentile_cont(0.5) within group (order by gap) as median
      from placed group by of
    )
    select of, count(*)::int as customers, (count(*) filter (where is_new))::int as "newCustomers",
           (count(*) filter (where not is_new))::int as "returningCustomers",
           (count(*) filter (where has_repeated))::float8 / count(*) as "repeatRate",
           sum(orders)::int as orders, sum(orders)::float8 / count(*) as "ordersPerCustomer",
           min(median)::float8 as "medianBetween"
    from people join gaps using (of)
    group by of`;
  const known = new Map(found.map((row) => [row.of, row]));
  const all = by === "all" ? ["all"] : startsOf(view);
  return { rows: all.map((of) => known.get(of) ?? withoutCustomers(of)) };
}

const startsOf = (view: View): string[] =>
  stepsOf(view.period, view.unit).map((start) => start.toISOString());

function groupOf(view: View, by: CustomersBy): Prisma.Sql {
  if (by === "all") return Prisma.sql`'all'::text`;
  const starts = startsOf(view);
  return Prisma.sql`(${starts}::text[])[width_bucket(f.placed_at, ${starts}::timestamptz[])]`;
}

const withoutCustomers = (of: string): Customers => ({
  ...{ of, customers: 0, newCustomers: 0, returningCustomers: 0, orders: 0 },
  ...{ repeatRate: null, ordersPerCustomer: null, medianBetween: null },
});
