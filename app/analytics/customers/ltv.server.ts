import { Prisma } from "@prisma/client";
import { dayAt } from "~/platform/calendar";
import type { Database } from "~/platform/db.server";
import { askKept } from "../cohorts/kept.server";
import { SINCE } from "../cohorts/steps.server";
import { stepsOf } from "../period";
import type { Question, Told } from "../report";
import { COUNTS, IS_FIRST, ordersIn } from "../revenue/orders.server";
import { toLifetimeValues, type Brought, type LifetimeValue } from "./ltv";

/** Of customers whose first order is in the period, followed until now. A cohort without customers has
 * no rows. */
export async function lifetimeValues(
  db: Database,
  question: Question,
): Promise<Told<LifetimeValue>> {
  const { period } = question.view;
  const months = stepsOf(period, "month");
  const days = months.map((start) => dayAt(start, period.timeZone));
  const brought = await askKept<Brought>(
    db,
    { question, asked: { first: "order", split: "none" }, unit: "month" },
    {
      kept: (parts) => keptValues(parts, question, days),
      counted: countedValues(question, months),
    },
  );
  return { rows: toLifetimeValues(days, brought) };
}

const todayOf = ({ view, now }: Question): Prisma.Sql =>
  Prisma.sql`${dayAt(now, view.period.timeZone)}::text::date`;

/** As `Brought`, from facts. */
function countedValues(question: Question, months: readonly Date[]): Prisma.Sql {
  const { shopId, view, now } = question;
  const { period, filters } = view;
  const starts = months.map((start) => start.toISOString());
  const monthOf = (day: Prisma.Sql) => SINCE.month(Prisma.raw("first.day"), day);
  return Prisma.sql`
    with firsts as materialized (
      select f.customer_id, f.order_id, f.placed_at,
             (f.placed_at at time zone ${period.timeZone}::text)::date as day
      from orders f
      where ${ordersIn(shopId, period, filters)} and f.placed_at <= ${now}::timestamptz
        and ${IS_FIRST}
    ), followed as (
      select width_bucket(first.placed_at, ${starts}::timestamptz[]) - 1 as cohort,
             ${monthOf(todayOf(question))} as passed, f.revenue_minor,
             case when f.order_id = first.order_id then 0 else 1 + ${monthOf(
               Prisma.sql`(f.placed_at at time zone ${period.timeZone}::text)::date`,
             )} end as month
      from firsts first
      join orders f on f.shop_id = ${shopId}::int and f.customer_id = first.customer_id
      where ${COUNTS} and f.placed_at <= ${now}::timestamptz
    )
    select cohort, passed, month, (count(*) filter (where month = 0))::int as customers,
           sum(revenue_minor)::float8 as "revenueMinor"
    from followed group by 1, 2, 3`;
}

/** As `Brought`, from rows of a rollup.
 * @param days of cohorts */
function keptValues(parts: Prisma.Sql, question: Question, days: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    with placed as materialized (
      select width_bucket(first_day, ${days}::date[]) - 1 as cohort,
             ${SINCE.month(Prisma.raw("first_day"), todayOf(question))} as passed,
             step, people, first_minor, later_minor
      from ${parts} as part
    )
    select cohort, passed, 0 as month, sum(people)::int as customers,
           sum(first_minor)::float8 as "revenueMinor"
    from placed where step = 0 group by 1, 2
    union all
    select cohort, passed, step + 1, 0, sum(later_minor)::float8
    from placed group by 1, 2, 3 having sum(later_minor) <> 0`;
}
