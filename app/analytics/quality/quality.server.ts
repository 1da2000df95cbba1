import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import { serve } from "../serve";
import { BUCKETS, percentilesOfRows } from "../rollups/histogram.server";
import { askRollups, type PartsOf } from "../rollups/reading.server";
import type { View } from "../view";
import { DATA_QUALITY } from "./definitions";
import { LOSSES_SERVED } from "./losses.server";
import { KNOWN, WEBHOOK_DELAYS } from "./rollup.server";

export type Quality = RowOf<typeof DATA_QUALITY.columns>;

const PARAMETERS = {
  by: z.enum(["all", "step"]).default("all").describe("All of the period, or each step of it."),
};

type By = "all" | "step";

const startsOf = ({ period, unit }: View, by: By): Date[] =>
  by === "all" ? [period.from] : stepsOf(period, unit);

/** Since when sessions are known: orders from before are out of reach. */
async function reachOf(db: Database, shopId: number): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ since: Date | null }[]>`
    select min(started_at) as since from sessions where shop_id = ${shopId}::int`;
  return row?.since ?? null;
}

type Asked = {
  partsOf: PartsOf;
  /** Of `starts`, from 1, that in which a moment is. */
  stepOf: (at: Prisma.Sql) => Prisma.Sql;
  since: Date | null;
};

/** Asks with what is kept of each step. No span reaches over the moment since which sessions are known. */
async function askSteps<Row extends object>(
  db: Database,
  { question, by }: { question: Question; by: By },
  ask: (told: Asked) => Prisma.Sql,
): Promise<Row[]> {
  const { view, shopId } = question;
  const since = await reachOf(db, shopId);
  const starts = startsOf(view, by);
  const isWithin = since !== null && since > view.period.from && since < view.period.to;
  const steps = isWithin && !starts.some((at) => +at === +since) ? [...starts, since] : starts;
  const unfiltered = { ...question, view: { ...view, filters: {} } };
  const rolled = { question: unfiltered, steps: steps.sort((one, other) => +one - +other) };
  const names = starts.map((start) => start.toISOString());
  const stepOf = (at: Prisma.Sql) => Prisma.sql`width_bucket(${at}, ${names}::timestamptz[])`;
  return askRollups<Row>(db, rolled, (partsOf) => ask({ partsOf, stepOf, since }));
}

const BEGAN = Prisma.sql`of::timestamptz`;

/** The cte `known`: verified orders and sessions of bots by step. */
const knownOf = ({ partsOf, stepOf, since }: Asked): Prisma.Sql => Prisma.sql`
  known as (
    select ${stepOf(BEGAN)} as step, sum(amount) filter (where what = 'seen')::int as seen,
           sum(amount) filter (where what = 'bots') as bots,
           sum(amount) filter (where what = 'orders' and ${BEGAN} >= ${since}::timestamptz)::int as orders
    from ${partsOf(KNOWN)} as part group by 1
  )`;

/** The steps as `steps`: their place and when they begin, as text. */
const stepsTold = (view: View, by: By): Prisma.Sql => {
  const starts = startsOf(view, by).map((start) => start.toISOString());
  return Prisma.sql`unnest(${starts}::text[]) with ordinality as steps (start, step)`;
};

const CAPTURED = Prisma.sql`
  coalesce(orders, 0) as orders, coalesce(seen, 0) as "ordersSeen",
  coalesce(seen, 0)::float8 / nullif(orders, 0) as "captureRate"`;

/** Of what is told of a shop's data, how many of its orders were seen. */
export const orderCapture = (
  db: Database,
  question: Question,
  by: By,
): Promise<Pick<Quality, "orders" | "ordersSeen" | "captureRate">[]> =>
  askSteps(
    db,
    { question, by },
    (told) => Prisma.sql`
    with ${knownOf(told)}
    select ${CAPTURED} from ${stepsTold(question.view, by)} left join known using (step) order by step`,
  );

/** How much of what happened is known, of the whole period or of each of its steps. What came through the
 * door is counted by whole hours of UTC. */
export async function dataQuality(
  db: Database,
  question: Question,
  { by }: { by: By },
): Promise<Told<Quality>> {
  const { shopId, view } = question;
  const { from, to } = view.period;
  const rows = await askSteps<Quality>(
    db,
    { question, by },
    (told) => Prisma.sql`
    with ${knownOf(told)}, delays as (${percentilesOfRows(
      Prisma.sql`
        select ${told.stepOf(BEGAN)} as step, first_bucket, ${BUCKETS}
        from ${told.partsOf(WEBHOOK_DELAYS)} as part`,
      { keys: ["step"], shares: { delay: 0.5 } },
    )}), came as (
      select ${told.stepOf(Prisma.sql`hour`)} as step,
             sum(events) filter (where outcome = 'accepted') as accepted,
             sum(events) filter (where outcome = 'duplicate') as duplicates,
             sum(events) filter (where outcome = 'dropped_by_browser') as dropped,
             sum(events) filter (
               where outcome not in ('accepted', 'duplicate', 'dropped_by_browser')) as refused
      from ingest_counts
      where shop_id = ${shopId}::int and hour >= ${from}::timestamptz and hour < ${to}::timestamptz
      group by 1
    )
    select case when ${by}::text = 'all' then 'all' else start end as of,
           ${CAPTURED}, delay as "webhookDelay",
           coalesce(accepted, 0)::float8 as accepted, coalesce(duplicates, 0)::float8 as duplicates,
           coalesce(refused, 0)::float8 as refused, coalesce(dropped, 0)::float8 as dropped,
           coalesce(round(bots), 0)::int as "botSessions"
    from ${stepsTold(view, by)}
    left join known using (step) left join came using (step) left join delays using (step)
    order by step`,
  );
  return { rows };
}

export const QUALITY_REPORTS = [serve(DATA_QUALITY, PARAMETERS, dataQuality), LOSSES_SERVED];
