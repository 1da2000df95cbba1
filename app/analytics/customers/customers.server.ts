import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { FILTER_NAMES } from "../filters";
import { startsOf } from "../groups.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import { IS_EARLIER, ordersIn } from "../revenue/orders.server";
import { BUCKETS, percentilesOfRows } from "../rollups/histogram.server";
import { askRollups } from "../rollups/reading.server";
import type { View } from "../view";
import type { CUSTOMERS } from "./definitions";
import { CUSTOMER_ORDERS, ORDER_GAPS } from "./rollup.server";

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
  db: Database,
  question: Question,
  { by }: { by: CustomersBy },
): Promise<Told<Customers>> {
  const found = isKept(question, by)
    ? await keptCustomers(db, question, by)
    : await db.$queryRaw<Customers[]>(countedCustomers(question, by));
  const known = new Map(found.map((row) => [row.of, row]));
  return { rows: groupsOf(question.view, by).map((of) => known.get(of) ?? withoutCustomers(of)) };
}

/** What is kept tells customers apart by the day of their order before, and by no session. */
const isKept = ({ view: { filters, unit } }: Question, by: CustomersBy): boolean =>
  FILTER_NAMES.every((name) => filters[name] === undefined) && (by === "all" || unit !== "hour");

/** From rows of rollups: the numbers that counting gives, but that a median is within 2.5 %. */
function keptCustomers(db: Database, question: Question, by: CustomersBy): Promise<Customers[]> {
  const { view } = question;
  const steps = by === "step" ? stepsOf(view.period, view.unit) : [];
  const starts = (by === "step" ? steps : [view.period.from]).map((at) => at.toISOString());
  return askRollups<Customers>(
    db,
    { question, steps },
    (partsOf) => Prisma.sql`
    with sums as (
      select of, sum(orders) as orders, sum(orders) filter (where is_first_of) as customers,
             coalesce(sum(orders) filter (where place = 1), 0) as new,
             coalesce(sum(orders) filter (where place = 2 or place > 2 and is_first_of), 0) as repeated
      from (
        select part.of, place, orders,
               previous_day < (began.at at time zone ${view.period.timeZone}::text)::date as is_first_of
        from ${partsOf(CUSTOMER_ORDERS)} as part
        join unnest(${groupsOf(view, by)}::text[], ${starts}::timestamptz[]) as began(of, at)
          on began.of = part.of
      ) as placed group by of
    ), medians as (${percentilesOfRows(
      Prisma.sql`select of, first_bucket, ${BUCKETS} from ${partsOf(ORDER_GAPS)} as part`,
      { keys: ["of"], shares: { median: 0.5 } },
    )})
    select of, customers::int as customers, new::int as "newCustomers",
           (customers - new)::int as "returningCustomers", repeated / customers as "repeatRate",
           orders::int as orders, orders / customers as "ordersPerCustomer",
           median as "medianBetween"
    from sums left join medians using (of)`,
  );
}

/** From facts. */
function countedCustomers({ shopId, view }: Question, by: CustomersBy): Prisma.Sql {
  const groups = groupsOf(view, by);
  return Prisma.sql`
    with placed as materialized (
      select ${placeOf(groups, by)} as place, f.shop_id, f.order_id, f.customer_id, f.placed_at
      from orders f
      where ${ordersIn(shopId, view.period, view.filters)} and f.customer_id is not null
    ), later as materialized (
      select f.place, f.order_id,
             extract(epoch from f.placed_at - max(earlier.placed_at)) * 1000 as gap
      from placed f join orders earlier on ${IS_EARLIER}
      group by f.order_id, f.place, f.placed_at
    ), people as (
      select placed.place, count(*) as orders, bool_or(later.order_id is null) as is_new,
             bool_or(later.order_id is not null) as has_repeated
      from placed left join later using (order_id) group by placed.place, customer_id
    ), gaps as (
      select place, percentile_cont(0.5) within group (order by gap) as median
      from later group by place
    )
    select (${groups}::text[])[place] as of, count(*)::int as customers,
           (count(*) filter (where is_new))::int as "newCustomers",
           (count(*) filter (where not is_new))::int as "returningCustomers",
           (count(*) filter (where has_repeated))::float8 / count(*) as "repeatRate",
           sum(orders)::int as orders, sum(orders)::float8 / count(*) as "ordersPerCustomer",
           min(median)::float8 as "medianBetween"
    from people left join gaps using (place)
    group by place`;
}

const groupsOf = (view: View, by: CustomersBy): string[] =>
  by === "all" ? ["all"] : startsOf(view);

/** The place of order `f` among the groups, from 1. */
const placeOf = (groups: readonly string[], by: CustomersBy): Prisma.Sql =>
  by === "all" ? Prisma.sql`1` : Prisma.sql`width_bucket(f.placed_at, ${groups}::timestamptz[])`;

const withoutCustomers = (of: string): Customers => ({
  ...{ of, customers: 0, newCustomers: 0, returningCustomers: 0, orders: 0 },
  ...{ repeatRate: null, ordersPerCustomer: null, medianBetween: null },
});
