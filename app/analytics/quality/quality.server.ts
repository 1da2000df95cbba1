import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import { serve } from "../serve";
import type { View } from "../view";
import { WEIGHT } from "../weighing.server";
import { DATA_QUALITY } from "./definitions";
import { LOSSES_SERVED } from "./losses.server";

export type Quality = RowOf<typeof DATA_QUALITY.columns>;

const PARAMETERS = {
  by: z.enum(["all", "step"]).default("all").describe("All of the period, or each step of it."),
};

type By = "all" | "step";

/** The steps that something is told of, and which of them a moment is in. */
function stepsTold({ period, unit }: View, by: By) {
  const { from, to } = period;
  const starts = (by === "all" ? [from] : stepsOf(period, unit)).map((start) =>
    start.toISOString(),
  );
  return {
    starts,
    stepOf: (at: string) => Prisma.sql`width_bucket(${Prisma.raw(at)}, ${starts}::timestamptz[])`,
    within: (at: string) =>
      Prisma.sql`${Prisma.raw(at)} >= ${from}::timestamptz and ${Prisma.raw(at)} < ${to}::timestamptz`,
  };
}

/** Verified orders by step, with more that is told of them. */
function placedOrders({ shopId, view }: Question, by: By, more: Prisma.Sql): Prisma.Sql {
  const { stepOf, within } = stepsTold(view, by);
  return Prisma.sql`
    reach as (
      select min(started_at) as since from sessions where shop_id = ${shopId}::int
    ), placed as (
      select ${stepOf("placed_at")} as step, count(*) filter (where placed_at >= since)::int as orders,
             count(*) filter (where completed_at is not null)::int as seen ${more}
      from orders cross join reach
      where shop_id = ${shopId}::int and ${within("placed_at")} and not is_test
      group by 1
    )`;
}

const CAPTURED = Prisma.sql`
  coalesce(orders, 0) as orders, coalesce(seen, 0) as "ordersSeen",
  seen::float8 / nullif(orders, 0) as "captureRate"`;

/** Of what is told of a shop's data, how many of its orders were seen. */
export const orderCapture = (
  db: Db,
  question: Question,
  by: By,
): Promise<Pick<Quality, "orders" | "ordersSeen" | "captureRate">[]> =>
  db.$queryRaw`
    with ${placedOrders(question, by, Prisma.empty)}
    select ${CAPTURED}
    from unnest(${stepsTold(question.view, by).starts}::text[]) with ordinality as steps (start, step)
    left join placed using (step) order by step`;

/** How much of what happened is known, of the whole period or of each of its steps. What came through the
 * door is counted by whole hours of UTC. */
export async function dataQuality(
  db: Db,
  question: Question,
  { by }: { by: By },
): Promise<Told<Quality>> {
  const { shopId, view } = question;
  const { starts, stepOf, within } = stepsTold(view, by);
  const delay = Prisma.sql`,
    percentile_cont(0.5) within group (
      order by extract(epoch from greatest(first_received_at - placed_at, interval '0')) * 1000
    ) filter (where source = 'webhook') as delay`;
  const rows = await db.$queryRaw<Quality[]>`
    with ${placedOrders(question, by, delay)}, came as (
      select ${stepOf("hour")} as step,
             sum(events) filter (where outcome = 'accepted') as accepted,
             sum(events) filter (where outcome = 'duplicate') as duplicates,
             sum(events) filter (where outcome = 'dropped_by_browser') as dropped,
             sum(events) filter (
               where outcome not in ('accepted', 'duplicate', 'dropped_by_browser')) as refused
      from ingest_counts
      where shop_id = ${shopId}::int and ${within("hour")}
      group by 1
    ), bots as (
      select ${stepOf("started_at")} as step, sum(${WEIGHT}) as sessions
      from sessions
      where shop_id = ${shopId}::int and ${within("started_at")} and bot_rule is not null
      group by 1
    )
    select case when ${by}::text = 'all' then 'all' else start end as of,
           ${CAPTURED}, delay as "webhookDelay",
           coalesce(accepted, 0)::float8 as accepted, coalesce(duplicates, 0)::float8 as duplicates,
           coalesce(refused, 0)::float8 as refused, coalesce(dropped, 0)::float8 as dropped,
           coalesce(round(bots.sessions), 0)::int as "botSessions"
    from unnest(${starts}::text[]) with ordinality as steps (start, step)
    left join placed using (step) left join came using (step) left join bots using (step)
    order by step`;
  return { rows };
}

export const QUALITY_REPORTS = [serve(DATA_QUALITY, PARAMETERS, dataQuality), LOSSES_SERVED];
